import { Blocks, largestBlock } from './blocks';

/**
 * Which lanes there are, oldest first, and which exchanges stand in each: one lane a connection. Built row by row as
 * the trace grows; lists are in order of id, which within a connection is the order of time.
 */
export class Lanes {
  #ids: number[] = [];
  readonly #lanes = new Map<number, Lane>();

  get length(): number {
    return this.#ids.length;
  }

  /** Takes note of a connection, whether or not it has exchanges yet. */
  addConnection(id: number): void {
    if (this.#lanes.has(id)) return;
    this.#lanes.set(id, { exchanges: [], blocks: new Blocks() });
    insertSorted(this.#ids, id);
  }

  /** Takes note of an exchange that is new or has changed. */
  addExchange(connection: number, id: number): void {
    this.addConnection(connection);
    const lane = this.#lanes.get(connection);
    if (!lane) return;
    const { exchanges, blocks } = lane;
    const position = indexOf(exchanges, id);
    if (exchanges[position] !== id) exchanges.splice(position, 0, id);
    blocks.changed(position);
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

  /** Ids of the connection's exchanges, oldest first. The oldest may be forgotten already. */
  exchangesOf(connection: number): readonly number[] {
    return this.#lanes.get(connection)?.exchanges ?? [];
  }

  /** The same in summary. */
  blocksOf(connection: number): Blocks | undefined {
    return this.#lanes.get(connection)?.blocks;
  }

  /** Drops what the trace has forgotten: exchanges below one id, and connections below another that have none left. */
  forget(firstExchange: number, firstConnection: number): void {
    for (const [connection, { exchanges, blocks }] of this.#lanes) {
      const gone = indexOf(exchanges, firstExchange);
      // Whole blocks only, so that those that stay keep their place.
      const dropped = gone === exchanges.length ? gone : gone - (gone % largestBlock);
      exchanges.splice(0, dropped);
      if (exchanges.length > 0) blocks.dropped(dropped);
      else this.#lanes.set(connection, { exchanges, blocks: new Blocks() });
      if (exchanges.length === 0 && connection < firstConnection) this.#lanes.delete(connection);
    }
    this.#ids = this.#ids.filter((id) => this.#lanes.has(id));
  }
}

interface Lane {
  readonly exchanges: number[];
  readonly blocks: Blocks;
}

/** The first index whose value is not below `value`. */
function indexOf(sorted: readonly number[], value: number): number {
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

function insertSorted(sorted: number[], value: number): void {
  sorted.splice(indexOf(sorted, value), 0, value);
}
