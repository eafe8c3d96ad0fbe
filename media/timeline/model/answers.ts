import type { TraceStore } from '../../../src/core/trace/traceStore';
import { dependsOnTime, testOf, type RowTest } from './filterTest';
import type { Filter } from './filterText';

/** What one filter has answered, by the place of an exchange's id in a ring, and summed up by connection. */
export class Answers {
  readonly #store: TraceStore;
  readonly #capacity: number;
  readonly #test: RowTest;
  /** Time alone may change an answer. */
  readonly dependOnTime: boolean;
  /** 1 where the exchange matches, and its connection. */
  readonly #states: Uint8Array;
  readonly #connections: Uint32Array;
  /** Ids below are forgotten. */
  #first: number;
  #count = 0;
  #changes = 0;
  #connectionChanges = 0;
  /** Matches of each connection that has any, and those connections in order of id. */
  readonly #byConnection = new Map<number, number>();
  readonly #lanes: number[] = [];

  constructor(filter: Filter, store: TraceStore, capacity: number) {
    this.#store = store;
    this.#capacity = capacity;
    this.#test = testOf(filter, store);
    this.dependOnTime = dependsOnTime(filter);
    this.#states = new Uint8Array(capacity);
    this.#connections = new Uint32Array(capacity);
    this.#first = store.exchanges.first;
  }

  get count(): number {
    return this.#count;
  }

  /** How often an exchange began to match, or ceased to. */
  get changes(): number {
    return this.#changes;
  }

  /** Connections with a match, in order of id. */
  get connections(): readonly number[] {
    return this.#lanes;
  }

  /** How often a connection got its first match, or lost its last one. */
  get connectionChanges(): number {
    return this.#connectionChanges;
  }

  has(id: number): boolean {
    return this.#states[id % this.#capacity] === 1 && id >= this.#first;
  }

  hasConnection(id: number): boolean {
    return this.#byConnection.has(id);
  }

  /** Asks for an exchange. @returns whether it matches now and did not, or the other way round */
  put(id: number, now: number): boolean {
    const row = this.#store.exchanges.rowOf(id);
    if (row < 0) return false;
    const place = id % this.#capacity;
    const matches = this.#test(row, now);
    this.#first = Math.min(this.#first, id);
    if ((this.#states[place] === 1) === matches) return false;
    const connection = this.#store.exchanges.columns.connection[row] ?? 0;
    this.#states[place] = matches ? 1 : 0;
    this.#connections[place] = connection;
    this.#count += matches ? 1 : -1;
    this.#changes++;
    this.#countIn(connection, matches ? 1 : -1);
    return true;
  }

  /** To be called before rows are asked anew: those that the trace has forgotten match no longer. */
  forget(): void {
    const { first } = this.#store.exchanges;
    const last = Math.min(first, this.#first + this.#capacity);
    for (let id = this.#first; id < last; id++) {
      const place = id % this.#capacity;
      if (this.#states[place] !== 1) continue;
      this.#states[place] = 0;
      this.#count--;
      this.#changes++;
      this.#countIn(this.#connections[place] ?? 0, -1);
    }
    this.#first = first;
  }

  #countIn(connection: number, by: 1 | -1): void {
    const before = this.#byConnection.get(connection) ?? 0;
    const after = before + by;
    if (after > 0) this.#byConnection.set(connection, after);
    else this.#byConnection.delete(connection);
    if (before > 0 && after > 0) return;
    this.#connectionChanges++;
    // Nearly always the newest, or the oldest.
    let at = this.#lanes.length;
    if (after > 0) {
      while (at > 0 && (this.#lanes[at - 1] ?? 0) > connection) at--;
      this.#lanes.splice(at, 0, connection);
    } else {
      at = this.#lanes.indexOf(connection);
      if (at >= 0) this.#lanes.splice(at, 1);
    }
  }
}
