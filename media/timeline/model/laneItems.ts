import { exchangeFlags, type ExchangeColumns } from '../../../src/core/trace/columns';
import type { BlockItem, WriteItem } from './blocks';
import type { LaneRef } from './grouping';
import type { LaneList } from './laneList';
import type { Trace } from './trace';
import { toneOf, type Tone } from './words';

/** What a picture needs of the exchanges of one lane, read without copying their rows. */
export class LaneItems {
  readonly list: LaneList;
  readonly #trace: Trace;
  readonly #kind: LaneRef['kind'];
  readonly #item = new Float64Array(6);

  constructor(trace: Trace, kind: LaneRef['kind'], list: LaneList) {
    this.list = list;
    this.#trace = trace;
    this.#kind = kind;
    list.blocks.update(list.length, trace.matches.round, this.#write);
  }

  /** Counts matches anew where there is another filter, of some items. @returns of how many */
  recount(most: number): number {
    return this.list.blocks.recount(this.#trace.matches.round, most, this.#write);
  }

  /** Undefined where the trace has forgotten it. */
  at(position: number): (BlockItem & { readonly tone: Tone }) | undefined {
    this.#write(position, this.#item, 0);
    const [start = NaN, end = NaN, waited = 0, total = 0, errors = 0, matches = 0] = this.#item;
    return Number.isNaN(start) ? undefined : { start, end, waited, total, errors, matches, tone: this.#tone(position) };
  }

  /** From when to when an exchange stands in the lane: with all of it, with its app call, or with its wait for a slot. */
  extent(position: number): readonly [start: number, end: number] {
    const table = this.#trace.store.exchanges;
    const row = table.rowOf(this.list.ids[position] ?? 0);
    return row < 0 ? [NaN, NaN] : [startOf(table.columns, row, this.#kind), endOf(table.columns, row, this.#kind)];
  }

  /** Where an exchange stands in the lane, or -1. */
  positionOf(id: number): number {
    const table = this.#trace.store.exchanges;
    const row = table.rowOf(id);
    return row < 0 ? -1 : this.list.positionOf(id, startOf(table.columns, row, this.#kind));
  }

  /** Whether any of them matches the filter. */
  someMatch(): boolean {
    const { ids, blocks } = this.list;
    return blocks.someMatch(ids.length, (position) => this.#trace.matches.has(ids[position] ?? 0));
  }

  #tone(position: number): Tone {
    const table = this.#trace.store.exchanges;
    const row = table.rowOf(this.list.ids[position] ?? 0);
    return row < 0 ? 'plain' : tone(table.columns, row, this.#kind);
  }

  readonly #write: WriteItem = (position, into, at) => {
    const { store, matches } = this.#trace;
    const { columns } = store.exchanges;
    const id = this.list.ids[position] ?? 0;
    const row = store.exchanges.rowOf(id);
    if (row < 0) {
      into.fill(NaN, at, at + 2);
      into.fill(0, at + 2, at + 6);
      return;
    }
    const kind = this.#kind;
    const start = startOf(columns, row, kind);
    const end = endOf(columns, row, kind);
    const queued = ((columns.flags[row] ?? 0) & exchangeFlags.queued) !== 0;
    const waited =
      kind === 'waiting' ? end - start : queued ? (columns.appStart[row] ?? 0) - (columns.ready[row] ?? 0) : 0;
    const isMatch = !matches.active || matches.has(id);
    into[at] = start;
    into[at + 1] = end;
    into[at + 2] = Number.isNaN(waited) || kind === 'slot' ? 0 : waited;
    into[at + 3] = end - start;
    into[at + 4] = isMatch && tone(columns, row, kind) === 'error' ? 1 : 0;
    into[at + 5] = isMatch ? 1 : 0;
  };
}

/** How it ended says nothing of its wait. */
function tone({ status, outcome }: ExchangeColumns, row: number, kind: LaneRef['kind']): Tone {
  return kind === 'waiting' ? 'plain' : toneOf({ status: status[row] ?? 0, outcome: outcome[row] ?? 0 });
}

function startOf(columns: ExchangeColumns, row: number, kind: LaneRef['kind']): number {
  const start = columns.start[row] ?? 0;
  if (kind === 'slot') return start + (columns.appStart[row] ?? NaN);
  return kind === 'waiting' ? start + (columns.ready[row] ?? NaN) : start;
}

function endOf(columns: ExchangeColumns, row: number, kind: LaneRef['kind']): number {
  const end = columns.end[row] ?? NaN;
  const own = kind === 'slot' ? columns.appEnd[row] : kind === 'waiting' ? columns.appStart[row] : end;
  return (columns.start[row] ?? 0) + (own === undefined || Number.isNaN(own) ? end : own);
}
