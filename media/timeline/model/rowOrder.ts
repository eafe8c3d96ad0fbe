import { compareTexts, ranksOf, sortedByNumber } from './sorting';
import { columnOf, type ColumnName, type SortKey } from './tableColumns';
import type { Trace } from './trace';

export interface Sorting {
  readonly column: ColumnName;
  readonly descending: boolean;
}

/** As they came. */
export const unsorted: Sorting = { column: 'start', descending: false };

/**
 * Which exchanges the table lists, and in which order: those that match the filter, sorted by a column.
 *
 * As they came, and without a filter, it is no more than the range of ids. Else it keeps a list of ids, always from the
 * lowest to the highest: made anew, in steps, for another filter or column; then kept up with what is new or has changed,
 * which is taken out, sorted by itself and merged in.
 */
export class RowOrder {
  readonly #trace: Trace;
  #sorting: Sorting = unsorted;
  #key: SortKey = { kind: 'id' };
  /** None where the range of ids says it all. */
  #ids: Uint32Array | undefined;
  #length = 0;
  #work: Generator<void, void> | undefined;
  /** By the id's place in a ring: whether it is in the list, and whether its row has changed since. */
  #marks: Uint8Array | undefined;
  /** The lowest id that has a place in the ring. */
  #oldest = 0;
  #noted: number[] = [];
  #matchesSeen = -1;
  #round: number;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#round = trace.matches.round;
    if (trace.matches.active) this.#begin();
    trace.changed = (id) => this.#note(id);
  }

  dispose(): void {
    this.#trace.changed = undefined;
  }

  /** Its list is being made: until then the one before stands. */
  get busy(): boolean {
    return this.#work !== undefined;
  }

  get length(): number {
    return this.#ids ? this.#length : this.#trace.store.exchanges.length;
  }

  /** The id of a row of the table. */
  at(index: number): number {
    const place = this.#sorting.descending ? this.length - 1 - index : index;
    return this.#ids ? (this.#ids[place] ?? 0) : this.#trace.store.exchanges.first + place;
  }

  /** The row of an id in the table, or -1. */
  indexOf(id: number): number {
    const { length } = this;
    const place = this.#ids ? this.#ids.subarray(0, length).indexOf(id) : this.#placeInRange(id);
    if (place < 0) return -1;
    return this.#sorting.descending ? length - 1 - place : place;
  }

  sortBy(sorting: Sorting): void {
    const before = this.#sorting;
    this.#sorting = sorting;
    if (before.column === sorting.column) return;
    this.#key = columnOf(sorting.column).key;
    this.#begin();
  }

  /**
   * Brings the list up to date with the trace.
   *
   * @param enough whether to leave the rest for the next time
   */
  update(enough: () => boolean): void {
    const { round } = this.#trace.matches;
    // Very many are sorted faster anew than one by one.
    if (round !== this.#round || (!this.#work && this.#noted.length > mostSingly)) {
      this.#round = round;
      this.#begin();
    }
    if (!this.#work && this.#ids) this.#keepUp(this.#ids);
    while (this.#work) {
      if (this.#work.next().done) this.#work = undefined;
      else if (enough()) return;
    }
  }

  #placeInRange(id: number): number {
    const { first, last } = this.#trace.store.exchanges;
    return id < first || id > last ? -1 : id - first;
  }

  #begin(): void {
    this.#noted = [];
    this.#marks = undefined;
    this.#work = undefined;
    if (this.#key.kind === 'id' && !this.#trace.matches.active) this.#ids = undefined;
    else this.#work = this.#make(this.#key);
  }

  *#make(key: SortKey): Generator<void, void> {
    const { store, matches } = this.#trace;
    const { first, last } = store.exchanges;
    // What changes from here on is noted, and put right when the list is there.
    this.#marks = new Uint8Array(ringSize(last - first + 1));
    this.#oldest = first;
    this.#matchesSeen = matches.version;
    const ids = new Uint32Array(Math.max(0, last - first + 1));
    let length = 0;
    for (let id = first; id <= last; id++) {
      if (this.#belongs(id)) ids[length++] = id;
      if (id % stride === 0) yield;
    }
    const found = ids.subarray(0, length);
    const order = key.kind === 'id' ? undefined : yield* this.#sorted(key, found);
    const sorted = new Uint32Array(roomFor(length));
    for (let place = 0; place < length; place++) sorted[place] = found[order ? (order[place] ?? 0) : place] ?? 0;
    for (const id of found) this.#mark(id, listed, true);
    this.#ids = sorted;
    this.#length = length;
  }

  *#sorted(key: Exclude<SortKey, { kind: 'id' }>, ids: Uint32Array): Generator<void, Uint32Array> {
    const { store } = this.#trace;
    const keys = new Float64Array(ids.length);
    for (let place = 0; place < ids.length; place++) {
      keys[place] = key.of(store, store.exchanges.rowOf(ids[place] ?? 0));
      if (place % stride === stride - 1) yield;
    }
    if (key.kind === 'text') {
      const places = new Map<number, number>();
      const texts: string[] = [];
      for (let at = 0; at < keys.length; at++) {
        const text = keys[at] ?? 0;
        const place = places.get(text) ?? texts.push(key.text(store, text)) - 1;
        places.set(text, place);
        keys[at] = place;
        if (at % stride === stride - 1) yield;
      }
      const ranks = yield* ranksOf(texts);
      for (let at = 0; at < keys.length; at++) keys[at] = ranks[keys[at] ?? 0] ?? 0;
    }
    return yield* sortedByNumber(keys);
  }

  #note(id: number): void {
    if (!this.#marks) return;
    this.#oldest = Math.min(this.#oldest, id);
    if (id - this.#oldest >= this.#marks.length || this.#trace.store.exchanges.last - id >= this.#marks.length) {
      this.#widen();
    }
    if (this.#is(id, dirty)) return;
    this.#mark(id, dirty, true);
    this.#noted.push(id);
  }

  /** Takes out what is forgotten, matches no longer or has changed, and merges in what matches now or has changed. */
  #keepUp(ids: Uint32Array): void {
    const { matches, store } = this.#trace;
    const { first, last } = store.exchanges;
    const rematched = matches.active && matches.version !== this.#matchesSeen;
    if (this.#noted.length === 0 && !rematched && first <= this.#oldest) return;
    this.#matchesSeen = matches.version;
    const added = this.#noted.filter((id) => this.#belongs(id));
    if (rematched) {
      for (let id = first; id <= last; id++) {
        if (!this.#is(id, listed) && !this.#is(id, dirty) && this.#belongs(id)) added.push(id);
      }
    }
    let kept = 0;
    for (let place = 0; place < this.#length; place++) {
      const id = ids[place] ?? 0;
      if (id >= first && !this.#is(id, dirty) && (!rematched || matches.has(id))) ids[kept++] = id;
      else this.#mark(id, listed, false);
    }
    for (const id of this.#noted) this.#mark(id, dirty, false);
    this.#noted = [];
    this.#oldest = first;
    this.#merge(ids, kept, added);
  }

  #merge(ids: Uint32Array, kept: number, added: number[]): void {
    const length = kept + added.length;
    let into = ids;
    if (length > ids.length) {
      into = new Uint32Array(roomFor(length));
      into.set(ids.subarray(0, kept));
    }
    added.sort((a, b) => this.#compare(a, b));
    // From the back: what stands behind the place of each moves up in one piece.
    let end = kept;
    for (let index = added.length - 1; index >= 0; index--) {
      const id = added[index] ?? 0;
      const place = this.#placeFor(into, end, id);
      into.copyWithin(place + index + 1, place, end);
      into[place + index] = id;
      end = place;
      this.#mark(id, listed, true);
    }
    this.#ids = into;
    this.#length = length;
  }

  /** Where an id would stand among the first of the list. */
  #placeFor(ids: Uint32Array, length: number, id: number): number {
    // Nearly always the last where they stand as they came.
    if (length > 0 && this.#compare(ids[length - 1] ?? 0, id) < 0) return length;
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(ids[middle] ?? 0, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: number, b: number): number {
    const key = this.#key;
    if (key.kind === 'id') return a - b;
    const { store } = this.#trace;
    const [one, other] = [key.of(store, store.exchanges.rowOf(a)), key.of(store, store.exchanges.rowOf(b))];
    // Equal ones stand as they came. Two that go on are both infinite: there is no difference to take.
    if (one === other) return a - b;
    return key.kind === 'number' ? one - other : compareTexts(key.text(store, one), key.text(store, other)) || a - b;
  }

  #belongs(id: number): boolean {
    const { store, matches } = this.#trace;
    return store.exchanges.rowOf(id) >= 0 && (!matches.active || matches.has(id));
  }

  #is(id: number, mark: number): boolean {
    return this.#marks !== undefined && ((this.#marks[id % this.#marks.length] ?? 0) & mark) !== 0;
  }

  #mark(id: number, mark: number, set: boolean): void {
    if (!this.#marks) return;
    const place = id % this.#marks.length;
    const before = this.#marks[place] ?? 0;
    this.#marks[place] = set ? before | mark : before & ~mark;
  }

  /** More ids have come than there are places in the ring. */
  #widen(): void {
    const before = this.#noted;
    this.#marks = new Uint8Array(ringSize(this.#trace.store.exchanges.last - this.#oldest + 1));
    if (!this.#work) for (const id of this.#ids?.subarray(0, this.#length) ?? []) this.#mark(id, listed, true);
    for (const id of before) this.#mark(id, dirty, true);
  }
}

const listed = 1;
const dirty = 2;
const stride = 32_768;
const mostSingly = 8192;

function roomFor(length: number): number {
  return Math.max(1024, Math.ceil(length * 1.5));
}

/** Twice as many as there are, so that it seldom has to grow. */
function ringSize(length: number): number {
  return Math.max(1024, 2 * length);
}
