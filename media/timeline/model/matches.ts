import type { TraceStore } from '../../../src/core/trace/traceStore';
import { dependsOnTime, testOf, type RowTest } from './filterTest';
import { noFilter, type Filter } from './filterText';

/**
 * Which exchanges of a trace match the filter. Each is asked once, and again when its row changes (or, where the filter
 * asks for a time, while it goes on); the picture only looks up what is known, by the id's place in a ring.
 */
export class Matches {
  readonly #store: TraceStore;
  readonly #capacity: number;
  #filter: Filter = noFilter;
  #hiding = false;
  #test: RowTest | undefined;
  /** 1 where the exchange matches, and its connection. */
  #states = new Uint8Array(0);
  #connections = new Uint32Array(0);
  /** Ids below are forgotten. */
  #first = 0;
  #count = 0;
  #version = 0;
  /** Matches of each connection that has any, and those connections in order of id. */
  readonly #byConnection = new Map<number, number>();
  #lanes: number[] = [];

  constructor(store: TraceStore, capacity: number) {
    this.#store = store;
    this.#capacity = Math.max(1, capacity);
  }

  /** There is a filter. */
  get active(): boolean {
    return this.#test !== undefined;
  }

  /** What does not match is not shown at all. */
  get hiding(): boolean {
    return this.active && this.#hiding;
  }

  get count(): number {
    return this.#count;
  }

  /** Changes whenever an exchange matches that did not, or the other way round. */
  get version(): number {
    return this.#version;
  }

  /** Connections with a match, in order of id. */
  get connections(): readonly number[] {
    return this.#lanes;
  }

  use(filter: Filter, hiding: boolean): void {
    if (hiding !== this.#hiding) this.#version++;
    this.#hiding = hiding;
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#test = filter.terms.length > 0 ? testOf(filter, this.#store) : undefined;
    this.#begin();
  }

  has(id: number): boolean {
    return this.#states[id % this.#capacity] === 1 && id >= this.#first;
  }

  /** It stands in no lane as long as others are hidden. */
  hides(id: number): boolean {
    return this.hiding && !this.has(id);
  }

  hasConnection(id: number): boolean {
    return this.#byConnection.has(id);
  }

  /** An exchange is new or has changed. @returns whether it matches now and did not, or the other way round */
  put(id: number, now: number): boolean {
    if (!this.#test) return false;
    const row = this.#store.exchanges.rowOf(id);
    return row >= 0 && this.#set(id, row, this.#test(row, now));
  }

  /** Time has gone on. @returns whether anything matches now and did not, or the other way round */
  refresh(open: Iterable<number>, now: number): boolean {
    let changed = false;
    if (!this.#test || !dependsOnTime(this.#filter)) return false;
    for (const id of open) changed = this.put(id, now) || changed;
    return changed;
  }

  /** To be called before rows are asked anew: those that the trace has forgotten match no longer. */
  forget(): void {
    const { first } = this.#store.exchanges;
    if (!this.#test || first <= this.#first) {
      this.#first = Math.min(this.#first, first);
      return;
    }
    const last = Math.min(first, this.#first + this.#capacity);
    for (let id = this.#first; id < last; id++) {
      const place = id % this.#capacity;
      if (this.#states[place] !== 1) continue;
      this.#states[place] = 0;
      this.#count--;
      this.#version++;
      this.#countIn(this.#connections[place] ?? 0, -1);
    }
    this.#first = first;
  }

  #begin(): void {
    this.#version++;
    this.#count = 0;
    this.#byConnection.clear();
    this.#lanes = [];
    const size = this.#test ? this.#capacity : 0;
    if (this.#states.length === size) this.#states.fill(0);
    else [this.#states, this.#connections] = [new Uint8Array(size), new Uint32Array(size)];
    const { first, last } = this.#store.exchanges;
    this.#first = first;
    if (!this.#test) return;
    for (let id = first; id <= last; id++) this.put(id, this.#store.now);
  }

  #set(id: number, row: number, matches: boolean): boolean {
    const place = id % this.#capacity;
    if ((this.#states[place] === 1) === matches) return false;
    const connection = this.#store.exchanges.columns.connection[row] ?? 0;
    this.#states[place] = matches ? 1 : 0;
    this.#connections[place] = connection;
    this.#count += matches ? 1 : -1;
    this.#version++;
    this.#countIn(connection, matches ? 1 : -1);
    return true;
  }

  #countIn(connection: number, by: 1 | -1): void {
    const before = this.#byConnection.get(connection) ?? 0;
    const after = before + by;
    if (after > 0) this.#byConnection.set(connection, after);
    else this.#byConnection.delete(connection);
    if (before > 0 && after > 0) return;
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
