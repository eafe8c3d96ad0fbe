import { LaneList } from './laneList';

/**
 * Stretches that overlap, laid into as few lanes as it takes, so that none covers another: each goes into the first lane
 * that is free when it begins, and stays there. Beyond a bound of lanes they share the one that is free next.
 */
export class PackedLanes {
  readonly #lanes: PackedLane[] = [];

  get length(): number {
    return this.#lanes.length;
  }

  listAt(lane: number): LaneList | undefined {
    return this.#lanes[lane]?.list;
  }

  /** How many exchanges stand here, and how many of them go on. */
  get count(): number {
    return this.#lanes.reduce((sum, { list }) => sum + list.length, 0);
  }

  get open(): number {
    return this.#lanes.reduce((sum, { open }) => sum + open.size, 0);
  }

  /** The lane of an exchange that begins at an instant, or -1. */
  laneOf(id: number, start: number): number {
    return this.#lanes.findIndex(({ list }) => list.positionOf(id, start) >= 0);
  }

  /** @param end NaN while it goes on */
  put(id: number, start: number, end: number): void {
    const lane = this.#lanes[this.laneOf(id, start)] ?? this.#freeAt(start);
    lane.list.put(id, start);
    if (Number.isNaN(end)) {
      lane.open.add(id);
    } else {
      lane.open.delete(id);
      lane.end = Math.max(lane.end, end);
    }
  }

  remove(id: number, start: number): void {
    const lane = this.#lanes[this.laneOf(id, start)];
    lane?.list.remove(id, start);
    lane?.open.delete(id);
  }

  forget(firstExchange: number): void {
    for (const { list, open } of this.#lanes) {
      list.forget(firstExchange);
      for (const id of open) if (id < firstExchange) open.delete(id);
    }
    while (this.#lanes.at(-1)?.list.length === 0) this.#lanes.pop();
  }

  #freeAt(start: number): PackedLane {
    const free = this.#lanes.find(({ open, end }) => open.size === 0 && end <= start);
    if (free) return free;
    if (this.#lanes.length < mostLanes) {
      const lane: PackedLane = { list: new LaneList(), open: new Set(), end: -Infinity };
      this.#lanes.push(lane);
      return lane;
    }
    return this.#lanes.reduce((best, lane) =>
      lane.open.size < best.open.size || (lane.open.size === best.open.size && lane.end < best.end) ? lane : best,
    );
  }
}

interface PackedLane {
  readonly list: LaneList;
  /** Those that go on. */
  readonly open: Set<number>;
  /** When the last of the others was over. */
  end: number;
}

const mostLanes = 12;
