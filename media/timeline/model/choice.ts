import { assertNever } from '../../../src/core/assertNever';
import type { Selection } from '../selection';
import type { Trace } from './trace';

/** What a click or a key does to the choice of requests. */
export type ChoiceChange =
  /** A plain click: only what it selects is meant. */
  | { readonly kind: 'none' }
  /** One more, or one less. */
  | { readonly kind: 'toggle'; readonly id: number }
  /** From the selected one to this one, by time. */
  | { readonly kind: 'range'; readonly id: number }
  /** Those that stand together elsewhere than in the lanes. */
  | { readonly kind: 'these'; readonly ids: readonly number[] }
  /** All that show in a stretch of time, in every lane. */
  | { readonly kind: 'stretch'; readonly from: number; readonly to: number };

/** Ids of exchanges that are chosen together; none where the selected one alone is meant. */
export type Choice = ReadonlySet<number>;

export const nothingChosen: Choice = new Set();

export function changedChoice(choice: Choice, change: ChoiceChange, trace: Trace, selection: Selection): Choice {
  const selected = selection.kind === 'exchange' ? selection.id : undefined;
  switch (change.kind) {
    case 'none':
      return nothingChosen;
    case 'toggle': {
      const { id } = change;
      // The first click with a key held adds to what is selected, as in every list.
      const chosen = new Set(choice.size === 0 && selected !== undefined ? [selected] : choice);
      if (choice.size === 0 && id === selected) return chosen;
      if (!chosen.delete(id)) chosen.add(id);
      return chosen;
    }
    case 'range': {
      const anchor = selected ?? change.id;
      return new Set(known(trace, Math.min(anchor, change.id), Math.max(anchor, change.id)));
    }
    case 'these':
      return new Set(change.ids.filter((id) => trace.store.exchanges.rowOf(id) >= 0));
    case 'stretch': {
      const { first, last } = trace.store.exchanges;
      return new Set(known(trace, first, last).filter((id) => shows(trace, id, change.from, change.to)));
    }
    default:
      return assertNever(change);
  }
}

/** The exchanges that are meant: the chosen ones, else the selected one, else those of the selected connection. */
export function meantBy(trace: Trace, choice: Choice, selection: Selection): number[] {
  if (choice.size > 0) return [...choice].filter((id) => trace.store.exchanges.rowOf(id) >= 0).sort((a, b) => a - b);
  if (selection.kind === 'exchange') return [selection.id];
  if (selection.kind !== 'connection') return [];
  return (trace.lanes.listOf(selection.id)?.ids ?? []).filter((id) => !trace.matches.hides(id));
}

/** Those in between; not what the filter hides. */
function known({ store, matches }: Trace, from: number, to: number): number[] {
  const ids: number[] = [];
  for (let id = from; id <= to; id++) if (store.exchanges.rowOf(id) >= 0 && !matches.hides(id)) ids.push(id);
  return ids;
}

function shows({ store }: Trace, id: number, from: number, to: number): boolean {
  const { exchanges } = store;
  const row = exchanges.rowOf(id);
  const start = exchanges.columns.start[row] ?? NaN;
  const length = exchanges.columns.end[row] ?? NaN;
  return start <= to && (Number.isNaN(length) || start + length >= from);
}
