import type { EnvironVariable } from '../../../src/core/trace/shownEnviron';
import type { Trace } from './trace';

/** A variable of the environ, beside what it was in another request, where it is compared with one. */
export interface EnvironRow {
  readonly variable: EnvironVariable;
  readonly change: 'none' | 'changed' | 'added' | 'gone';
  /** The other value, where that was another one. */
  readonly before?: string;
}

/** @param before variables of the request to compare with; both in the order of their names */
export function environRows(
  variables: readonly EnvironVariable[],
  before: readonly EnvironVariable[] | undefined,
): EnvironRow[] {
  if (!before) return variables.map((variable) => ({ variable, change: 'none' }));
  const earlier = new Map(before.map((variable) => [variable.name, variable]));
  const rows = variables.map((variable): EnvironRow => {
    const other = earlier.get(variable.name);
    earlier.delete(variable.name);
    if (!other) return { variable, change: 'added' };
    return other.value === variable.value
      ? { variable, change: 'none' }
      : { variable, change: 'changed', before: other.value };
  });
  for (const variable of earlier.values()) rows.push({ variable, change: 'gone' });
  return rows.sort((a, b) => (a.variable.name < b.variable.name ? -1 : 1));
}

/**
 * Whether a row has a text, in any case.
 * @param shown its value may be seen: what is hidden is not found
 */
export function hasText({ variable, before }: EnvironRow, text: string, shown: boolean): boolean {
  const wanted = text.trim().toLowerCase();
  const values = shown ? [variable.value, before ?? ''] : [];
  return [variable.name, variable.origin, ...values].some((each) => each.toLowerCase().includes(wanted));
}

/** The requests before one: the last on its connection, and the last of all. Undefined where the trace has none. */
export function previousRequests(trace: Trace, id: number): { connection?: number; any?: number } {
  const exchange = trace.exchange(id);
  if (!exchange) return {};
  const reached = (each: number): boolean => !Number.isNaN(trace.exchange(each)?.ready ?? NaN);
  const list = trace.lanes.listOf(exchange.connection);
  const position = list?.positionOf(id, exchange.start) ?? 0;
  const before = list?.ids
    .slice(Math.max(0, position - farthest), position)
    .reverse()
    .find(reached);
  let any = id - 1;
  while (any >= Math.max(trace.store.exchanges.first, id - farthest) && !reached(any)) any--;
  return {
    ...(before === undefined ? {} : { connection: before }),
    ...(reached(any) ? { any } : {}),
  };
}

/** Requests that did not reach the app have no environ: so many are passed over. */
const farthest = 500;
