import type { Selection } from '../selection';
import { earlierWorkers, groupsOf, laneKey, laneOf, type Group, type GroupBy, type LaneRef } from './grouping';
import type { Trace } from './trace';

export type Row = HeaderRow | LaneRow;

export interface HeaderRow extends Place {
  readonly kind: 'header';
  readonly group: Group;
  readonly collapsed: boolean;
}

export interface LaneRow extends Place {
  readonly kind: 'lane';
  readonly lane: LaneRef;
  /** Of a worker that is gone. */
  readonly past: boolean;
}

interface Place {
  readonly key: string;
  /** In pixels from the top of the first row. */
  readonly top: number;
  readonly height: number;
}

export interface RowHeights {
  readonly lane: number;
  readonly header: number;
}

/**
 * Where each lane and header stands, from top to bottom. Lanes are not listed, however many there are: a row is found
 * by arithmetic within its group.
 */
export class Arrangement {
  readonly by: GroupBy;
  readonly height: number;
  readonly #trace: Trace;
  readonly #heights: RowHeights;
  readonly #groups: readonly PlacedGroup[];

  /**
   * @param collapsed keys of the groups whose lanes are hidden
   * @param living numbers of the workers that there are now; undefined where nobody knows
   */
  constructor(
    trace: Trace,
    by: GroupBy,
    collapsed: readonly string[],
    heights: RowHeights,
    living?: readonly number[],
  ) {
    this.by = by;
    this.#trace = trace;
    this.#heights = heights;
    let [top, first] = [0, 0];
    this.#groups = groupsOf(trace, by, living).map((group) => {
      const hidden = group.key !== '' && collapsed.includes(group.key);
      const header = group.key === '' ? 0 : heights.header;
      const placed = { group, top, first, hidden, header };
      top += header + (hidden ? 0 : group.length * heights.lane);
      first += group.length;
      return placed;
    });
    this.height = top;
  }

  /** How many lanes there are, hidden ones among them. */
  get length(): number {
    const last = this.#groups.at(-1);
    return last ? last.first + last.group.length : 0;
  }

  /** The rows that a stretch touches, from top to bottom. */
  rows(from: number, to: number): Row[] {
    const rows: Row[] = [];
    for (const placed of this.#groups) {
      const { group, top, header, hidden } = placed;
      if (top >= to) break;
      if (header > 0 && top + header > from) rows.push(this.#headerRow(placed));
      if (hidden) continue;
      const lanes = top + header;
      const begin = Math.max(0, Math.floor((from - lanes) / this.#heights.lane));
      const end = Math.min(group.length, Math.ceil((to - lanes) / this.#heights.lane));
      for (let index = begin; index < end; index++) {
        const row = this.#laneRow(placed, index);
        if (row) rows.push(row);
      }
    }
    return rows;
  }

  rowAt(y: number): Row | undefined {
    return y < 0 ? undefined : this.rows(y, y + 0.01)[0];
  }

  /** The row of a selection: its lane, or the header that hides it; none of what the filter hides. */
  rowOf(selection: Selection): Row | undefined {
    const found = this.#hides(selection) ? undefined : this.#find(selection);
    if (!found) return undefined;
    return found.placed.hidden ? this.#headerRow(found.placed) : this.#laneRow(found.placed, found.index);
  }

  /** The row in which an exchange waits, or waited, for a slot: grouped by slots it has one of its own. */
  rowOfWait(id: number): Row | undefined {
    const exchange = this.#trace.exchange(id);
    if (!exchange || this.by !== 'slot' || this.#trace.matches.hides(id)) return this.rowOf({ kind: 'exchange', id });
    const lane = this.#trace.slotLanes.waiting.laneOf(id, exchange.start + exchange.ready);
    const placed = this.#groups.find(({ group }) => group.key === 'waiting');
    const index = placed ? this.#indexIn(placed.group, { kind: 'waiting', lane }) : -1;
    if (index < 0 || !placed) return undefined;
    return placed.hidden ? this.#headerRow(placed) : this.#laneRow(placed, index);
  }

  /** The group that a selection stands in. */
  groupOf(selection: Selection): Group | undefined {
    return this.#find(selection)?.placed.group;
  }

  /** The lane of a selection, counted from the top, hidden ones among them; -1 where it has none. */
  indexOf(selection: Selection): number {
    const found = this.#find(selection);
    return found ? found.placed.first + found.index : -1;
  }

  laneAt(index: number): LaneRef | undefined {
    const placed = this.#groups.find(({ first, group }) => index >= first && index < first + group.length);
    return placed?.group.laneAt(index - placed.first);
  }

  #hides(selection: Selection): boolean {
    return selection.kind === 'exchange' && this.#trace.matches.hides(selection.id);
  }

  #find(selection: Selection): { placed: PlacedGroup; index: number } | undefined {
    const lane = laneOf(this.#trace, this.by, selection);
    if (!lane) return undefined;
    for (const placed of this.#groupsWith(lane)) {
      const index = this.#indexIn(placed.group, lane);
      if (index >= 0) return { placed, index };
    }
    return undefined;
  }

  /** Spares the search in every client: there may be many. */
  #groupsWith(lane: LaneRef): readonly PlacedGroup[] {
    if (this.by !== 'client' || lane.kind !== 'connection') return this.#groups;
    const client = this.#trace.clients.of(lane.connection);
    return this.#groups.filter(({ group }) => group.key === client?.address);
  }

  /** Connections stand in order of id, slots in that of worker and slot. */
  #indexIn(group: Group, lane: LaneRef): number {
    if ((lane.kind === 'waiting' || lane.kind === 'without') && group.key !== lane.kind) return -1;
    let low = 0;
    let high = group.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = group.laneAt(middle);
      if (other && rank(other) < rank(lane)) low = middle + 1;
      else high = middle;
    }
    const found = group.laneAt(low);
    return found && laneKey(found) === laneKey(lane) ? low : -1;
  }

  #headerRow({ group, top, header, hidden }: PlacedGroup): HeaderRow {
    return { kind: 'header', key: `group ${group.key}`, top, height: header, group, collapsed: hidden };
  }

  #laneRow({ group, top, header }: PlacedGroup, index: number): LaneRow | undefined {
    const lane = group.laneAt(index);
    const { lane: height } = this.#heights;
    const past = group.key === earlierWorkers;
    return lane && { kind: 'lane', key: laneKey(lane), top: top + header + index * height, height, lane, past };
  }
}

interface PlacedGroup {
  readonly group: Group;
  readonly top: number;
  /** How many lanes stand above it. */
  readonly first: number;
  readonly hidden: boolean;
  /** Height of its header; 0 where it has none. */
  readonly header: number;
}

function rank(lane: LaneRef): number {
  if (lane.kind === 'connection') return lane.connection;
  return lane.kind === 'slot' ? lane.worker * 256 + lane.slot : lane.lane;
}
