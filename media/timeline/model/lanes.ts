/**
 * Which lanes there are, oldest first, and which exchanges stand in each: one lane a connection. Built row by row as
 * the trace grows; lists are in order of id, which within a connection is the order of time.
 */
export class Lanes {
  #ids: number[] = [];
  readonly #exchanges = new Map<number, number[]>();

  get length(): number {
    return this.#ids.length;
  }

  /** Takes note of a connection, whether or not it has exchanges yet. */
  addConnection(id: number): void {
    if (this.#exchanges.has(id)) return;
    this.#exchanges.set(id, []);
    insertSorted(this.#ids, id);
  }

  /** Takes note of an exchange; again is no harm. */
  addExchange(connection: number, id: number): void {
    this.addConnection(connection);
    const list = this.#exchanges.get(connection);
    if (list && list[indexOf(list, id)] !== id) insertSorted(list, id);
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

  /** Ids of the connection's exchanges, oldest first. */
  exchangesOf(connection: number): readonly number[] {
    return this.#exchanges.get(connection) ?? [];
  }

  /** Drops what the trace has forgotten: exchanges below one id, and connections below another that have none left. */
  forget(firstExchange: number, firstConnection: number): void {
    for (const [connection, list] of this.#exchanges) {
      const gone = indexOf(list, firstExchange);
      if (gone > 0) list.splice(0, gone);
      if (list.length === 0 && connection < firstConnection) this.#exchanges.delete(connection);
    }
    this.#ids = this.#ids.filter((id) => this.#exchanges.has(id));
  }
}

/** The first index whose value is not below `value`. */
export function indexOf(sorted: readonly number[], value: number): number {
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
  const last = sorted[sorted.length - 1];
  if (last === undefined || last < value) sorted.push(value);
  else sorted.splice(indexOf(sorted, value), 0, value);
}
