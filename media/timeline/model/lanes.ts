import { LaneList } from './laneList';

/** Which connections there are, oldest first, and which exchanges stand in the lane of each: one lane a connection. */
export class Lanes {
  readonly #ids: number[] = [];
  readonly #lanes = new Map<number, LaneList>();
  /** The lane with which `forget` goes on. */
  #next = 0;

  get length(): number {
    return this.#ids.length;
  }

  /** Takes note of a connection, whether or not it has exchanges yet. */
  addConnection(id: number): LaneList {
    const known = this.#lanes.get(id);
    if (known) return known;
    const lane = new LaneList();
    this.#lanes.set(id, lane);
    this.#ids.splice(indexOf(this.#ids, id), 0, id);
    return lane;
  }

  /** Takes note of an exchange that is new or has changed. */
  addExchange(connection: number, id: number, start: number): void {
    this.addConnection(connection).put(id, start);
  }

  /** The connection of a lane, counted from the top. */
  connectionAt(lane: number): number | undefined {
    return this.#ids[lane];
  }

  /** The lane of a connection, or -1. */
  laneOf(connection: number): number {
    const lane = indexOf(this.#ids, connection);
    return this.#ids[lane] === connection ? lane : -1;
  }

  listOf(connection: number): LaneList | undefined {
    return this.#lanes.get(connection);
  }

  /** Ids of the connection's exchanges, oldest first. The oldest may be forgotten already. */
  exchangesOf(connection: number): readonly number[] {
    return this.#lanes.get(connection)?.ids ?? [];
  }

  /**
   * Drops what the trace has forgotten: exchanges below one id, and connections below another that have none left. There may
   * be very many lanes, so it looks at some of them; the next time it goes on with those that follow, and after the last
   * with the first.
   *
   * @returns the connections that are dropped, oldest first
   */
  forget(firstExchange: number, firstConnection: number, most: number): number[] {
    const ids = this.#ids;
    const from = this.#next;
    const to = Math.min(ids.length, from + most);
    const dropped: number[] = [];
    let kept = from;
    for (let at = from; at < to; at++) {
      const connection = ids[at] ?? 0;
      const lane = this.#lanes.get(connection);
      lane?.forget(firstExchange);
      if (lane?.length === 0 && connection < firstConnection) {
        this.#lanes.delete(connection);
        dropped.push(connection);
      } else ids[kept++] = connection;
    }
    ids.splice(kept, to - kept);
    this.#next = kept < ids.length ? kept : 0;
    return dropped;
  }
}

/** The first index whose value is not below `value`. */
export function indexOf(sorted: readonly number[], value: number): number {
  const last = sorted[sorted.length - 1];
  if (last === undefined || last < value) return sorted.length;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
