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
 * which is taken out, sorted by itself and merged in. Where it stands is found by the key that it was put there by, so
 * that a long list costs no more than moving what stands behind.
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
  /** In the same ring: the key by which it was put into the list. */
  #keys: Float64Array | undefined;
  /** The lowest id that has a place in the ring. */
  #oldest = 0;
  #noted: number[] = [];
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
    const place = this.#ids ? this.#placeInList(this.#ids, id) : this.#placeInRange(id);
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

  #placeInList(ids: Uint32Array, id: number): number {
    // While it is made anew the keys are not those of the list that stands.
    if (this.#work) return ids.subarray(0, this.#length).indexOf(id);
    return this.#is(id, listed) ? this.#placeFor(ids, this.#length, id) : -1;
  }

  #begin(): void {
    this.#noted = [];
    this.#marks = undefined;
    this.#keys = undefined;
    this.#work = undefined;
    if (this.#key.kind === 'id' && !this.#trace.matches.active) this.#ids = undefined;
    else this.#work = this.#make(this.#key);
  }

  *#make(key: SortKey): Generator<void, void> {
    const { first, last } = this.#trace.store.exchanges;
    // What changes from here on is noted, and put right when the list is there.
    this.#marks = new Uint8Array(ringSize(last - first + 1));
    this.#oldest = first;
    const ids = new Uint32Array(Math.max(0, last - first + 1));
    let length = 0;
    for (let id = first; id <= last; id++) {
      if (this.#belongs(id)) ids[length++] = id;
      if (id % stride === 0) yield;
    }
    const found = ids.subarray(0, length);
    const keys = key.kind === 'id' ? undefined : yield* this.#keysOf(key, found);
    const order = keys && (yield* this.#sorted(key, keys));
    const sorted = new Uint32Array(roomFor(length));
    for (let place = 0; place < length; place++) sorted[place] = found[order ? (order[place] ?? 0) : place] ?? 0;
    yield;
    const { length: places } = this.#marks;
    if (keys) this.#keys = new Float64Array(places);
    for (let place = 0; place < length; place++) {
      const id = found[place] ?? 0;
      this.#mark(id, listed, true);
      if (keys && this.#keys) this.#keys[id % places] = keys[place] ?? 0;
    }
    this.#ids = sorted;
    this.#length = length;
  }

  *#keysOf(key: Exclude<SortKey, { kind: 'id' }>, ids: Uint32Array): Generator<void, Float64Array> {
    const { store } = this.#trace;
    const keys = new Float64Array(ids.length);
    for (let place = 0; place < ids.length; place++) {
      keys[place] = key.of(store, store.exchanges.rowOf(ids[place] ?? 0));
      if (place % stride === stride - 1) yield;
    }
    return keys;
  }

  *#sorted(key: SortKey, keys: Float64Array): Generator<void, Uint32Array> {
    if (key.kind !== 'text') return yield* sortedByNumber(keys);
    const { store } = this.#trace;
    const places = new Map<number, number>();
    const texts: string[] = [];
    const numbers = new Float64Array(keys.length);
    for (let at = 0; at < keys.length; at++) {
      const text = keys[at] ?? 0;
      const place = places.get(text) ?? texts.push(key.text(store, text)) - 1;
      places.set(text, place);
      numbers[at] = place;
      if (at % stride === stride - 1) yield;
    }
    const ranks = yield* ranksOf(texts);
    return yield* sortedByNumber(numbers.map((place) => ranks[place] ?? 0));
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

  /** Takes out what is forgotten or has changed, and merges in what has changed and matches. */
  #keepUp(ids: Uint32Array): void {
    this.#takeOutForgotten(ids);
    this.#takeOut(
      ids,
      this.#noted.filter((id) => this.#is(id, listed)),
    );
    for (const id of this.#noted) this.#mark(id, dirty, false);
    const added = this.#noted.filter((id) => this.#belongs(id));
    this.#noted = [];
    this.#merge(ids, added);
  }

  #takeOutForgotten(ids: Uint32Array): void {
    const { first } = this.#trace.store.exchanges;
    if (first <= this.#oldest) return;
    for (let id = this.#oldest; id < first; id++) this.#mark(id, listed, false);
    this.#oldest = first;
    let kept = 0;
    for (let place = 0; place < this.#length; place++) {
      const id = ids[place] ?? 0;
      if (id >= first) ids[kept++] = id;
    }
    this.#length = kept;
  }

  #takeOut(ids: Uint32Array, gone: readonly number[]): void {
    const places = gone.map((id) => this.#placeFor(ids, this.#length, id)).sort((a, b) => a - b);
    // What stands behind each moves down in one piece.
    places.forEach((place, index) => {
      ids.copyWithin(place - index, place + 1, places[index + 1] ?? this.#length);
    });
    this.#length -= places.length;
    for (const id of gone) this.#mark(id, listed, false);
  }

  #merge(ids: Uint32Array, added: number[]): void {
    const length = this.#length + added.length;
    let into = ids;
    if (length > ids.length) {
      into = new Uint32Array(roomFor(length));
      into.set(ids.subarray(0, this.#length));
    }
    for (const id of added) this.#keep(id);
    added.sort((a, b) => this.#compare(a, b));
    // From the back: what stands behind the place of each moves up in one piece.
    let end = this.#length;
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

  /** Where an id stands among the first of the list, or would stand. */
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

  /** Keeps the key by which it goes into the list. */
  #keep(id: number): void {
    const [keys, key] = [this.#keys, this.#key];
    const { store } = this.#trace;
    if (keys && key.kind !== 'id') keys[id % keys.length] = key.of(store, store.exchanges.rowOf(id));
  }

  /** By the keys that were kept. */
  #compare(a: number, b: number): number {
    const [keys, key] = [this.#keys, this.#key];
    if (!keys) return a - b;
    const [one, other] = [keys[a % keys.length] ?? 0, keys[b % keys.length] ?? 0];
    // Equal ones stand as they came. Two that go on are both infinite: there is no difference to take.
    if (one === other) return a - b;
    if (key.kind !== 'text') return one - other;
    const { store } = this.#trace;
    return compareTexts(key.text(store, one), key.text(store, other)) || a - b;
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
    const [noted, keys] = [this.#noted, this.#keys];
    const places = ringSize(this.#trace.store.exchanges.last - this.#oldest + 1);
    this.#marks = new Uint8Array(places);
    for (const id of noted) this.#mark(id, dirty, true);
    // What is being made has neither marks nor keys until it is there.
    if (this.#work) return;
    if (keys) this.#keys = new Float64Array(places);
    for (const id of this.#ids?.subarray(0, this.#length) ?? []) {
      this.#mark(id, listed, true);
      if (keys && this.#keys) this.#keys[id % places] = keys[id % keys.length] ?? 0;
    }
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
