import type { Head } from '../../../src/core/trace/heads';
import { phases, type PhaseName } from '../../../src/core/trace/phases';
import type { Span } from '../../../src/core/trace/spans';
import type { Trace } from './trace';

/** A phase in two exchanges, as far as each went through it. */
export interface ComparedPhase {
  readonly phase: PhaseName;
  /** Their stretches, from the start of the exchange on. */
  readonly stretches: readonly [readonly Span[], readonly Span[]];
  /** Time in it altogether, in ms; undefined where it was not entered. */
  readonly times: readonly [number | undefined, number | undefined];
}

/** The phases that either has been through, in order of the first entry. */
export function comparedPhases(sides: readonly [SpansOfSide, SpansOfSide]): ComparedPhase[] {
  const shifted = sides.map(({ spans, start }) => spans.map((span) => ({ ...span, start: span.start - start })));
  return phases.flatMap(({ name }) => {
    const [was = [], is = []] = shifted.map((spans) => spans.filter(({ phase }) => phase === name));
    if (was.length === 0 && is.length === 0) return [];
    return [{ phase: name, stretches: [was, is], times: [timeIn(was), timeIn(is)] } as const];
  });
}

export interface SpansOfSide {
  readonly spans: readonly Span[];
  /** Of the exchange, on the trace's clock. */
  readonly start: number;
}

function timeIn(spans: readonly Span[]): number | undefined {
  return spans.length === 0 ? undefined : spans.reduce((sum, { duration }) => sum + duration, 0);
}

/** A field in two heads. */
export interface ComparedField {
  readonly name: string;
  /** Undefined where the head does not have it. */
  readonly values: readonly [string | undefined, string | undefined];
  readonly secret: boolean;
  readonly change: 'same' | 'added' | 'removed' | 'changed';
}

/** Fields of one name are paired in their order, whatever the case; those of the first head come first. */
export function comparedFields(was: Head, is: Head): ComparedField[] {
  const rest = [...is.fields];
  const compared = was.fields.map((field): ComparedField => {
    const at = rest.findIndex(({ name }) => name.toLowerCase() === field.name.toLowerCase());
    const [other] = at < 0 ? [] : rest.splice(at, 1);
    const { name, secret, value } = field;
    const change = !other ? 'removed' : other.value === value ? 'same' : 'changed';
    return { name, secret, values: [value, other?.value], change };
  });
  const added = rest.map(({ name, secret, value }) => {
    return { name, secret, values: [undefined, value], change: 'added' } as const;
  });
  return [...compared, ...added];
}

/** The newest exchange before another one that has its method and its path, whatever the query. */
export function previousAlike({ store }: Trace, id: number): number | undefined {
  const { exchanges } = store;
  const { method, target } = exchanges.columns;
  const row = exchanges.rowOf(id);
  if (row < 0) return undefined;
  const path = pathOf(store.text(target[row] ?? 0));
  // Strings are interned: each is looked at once.
  const alike = new Map<number, boolean>();
  for (let other = id - 1; other >= exchanges.first; other--) {
    const at = exchanges.rowOf(other);
    if (at < 0 || method[at] !== method[row]) continue;
    const text = target[at] ?? 0;
    let same = alike.get(text);
    if (same === undefined) alike.set(text, (same = pathOf(store.text(text)) === path));
    if (same) return other;
  }
  return undefined;
}

function pathOf(target: string): string {
  return target.replace(/\?.*/s, '');
}
