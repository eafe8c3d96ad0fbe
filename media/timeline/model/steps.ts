import type { Viewport } from '../viewport';

/**
 * A count that changes by steps over time: running app calls, say. Changes arrive nearly in order of time, so a late
 * one is sorted in from the end; the value after each change is kept beside its time.
 *
 * Bounded: beyond `capacity` changes the older half is folded into the value that stands before the first. And however
 * many there are, a pixel column is as much work: of each 16 values the highest is kept, of each 16 of these, and so on.
 */
export class Steps {
  readonly #capacity: number;
  #times = new Float64Array(1024);
  #values = new Int32Array(1024);
  #highest: readonly Int32Array[] = pyramid(1024);
  #length = 0;
  #before = 0;
  #most = 0;

  constructor(capacity: number) {
    this.#capacity = Math.max(1024, capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The value after the last change. */
  get current(): number {
    return this.#length > 0 ? (this.#values[this.#length - 1] ?? 0) : this.#before;
  }

  /** The highest value there ever was. */
  get most(): number {
    return this.#most;
  }

  /** Takes the instants, in any order, from which there is one more, and those from which there is one less. */
  add(ups: readonly number[], downs: readonly number[]): void {
    const count = ups.length + downs.length;
    if (count === 0) return;
    const [up, down] = [Float64Array.from(ups).sort(), Float64Array.from(downs).sort()];
    this.#reserve(this.#length + count);
    let from = this.#length;
    let to = this.#length + count;
    let [nextUp, nextDown] = [up.length - 1, down.length - 1];
    // Merge from the back: what stands already moves up until the new change fits.
    while (nextUp >= 0 || nextDown >= 0) {
      // Of the same instant, what ends stands before what begins: who takes over a slot is not one more.
      const isDown = nextUp < 0 || (nextDown >= 0 && (down[nextDown] ?? 0) > (up[nextUp] ?? 0));
      const time = (isDown ? down[nextDown--] : up[nextUp--]) ?? 0;
      while (from > 0 && (this.#times[from - 1] ?? 0) > time) {
        from--;
        to--;
        this.#times[to] = this.#times[from] ?? 0;
        this.#values[to] = this.#stepAt(from);
      }
      to--;
      this.#times[to] = time;
      this.#values[to] = isDown ? -1 : 1;
    }
    // From `from` on, `values` holds steps; sum them up again.
    this.#length += count;
    let value = from > 0 ? (this.#values[from - 1] ?? 0) : this.#before;
    for (let index = from; index < this.#length; index++) {
      value += this.#values[index] ?? 0;
      this.#values[index] = value;
      if (value > this.#most) this.#most = value;
    }
    this.#summarize(from);
    if (this.#length > this.#capacity) this.#forgetHalf();
  }

  valueAt(time: number): number {
    const index = this.#firstAfter(time);
    return index > 0 ? (this.#values[index - 1] ?? 0) : this.#before;
  }

  /** The highest value within each pixel column of the plot. */
  maxima(viewport: Viewport): Int32Array {
    const columns = new Int32Array(Math.ceil(viewport.width));
    let from = this.#firstAfter(viewport.start);
    for (let column = 0; column < columns.length; column++) {
      const to = this.#firstFrom(viewport.time(column + 1), from);
      const before = from > 0 ? (this.#values[from - 1] ?? 0) : this.#before;
      columns[column] = Math.max(before, this.#highestOf(from, to));
      from = to;
    }
    return columns;
  }

  /** The highest of the values from one position up to another: what stands at the edges, and of the rest the level above. */
  #highestOf(first: number, end: number): number {
    let [from, to, most] = [first, end, -Infinity];
    let values: Int32Array = this.#values;
    for (let level = 0; from < to; level++) {
      for (; from < to && (from % factor !== 0 || level === levels); from++) most = Math.max(most, values[from] ?? 0);
      for (; from < to && to % factor !== 0; to--) most = Math.max(most, values[to - 1] ?? 0);
      [from, to] = [from / factor, to / factor];
      values = this.#highest[level] ?? values;
    }
    return most;
  }

  #stepAt(index: number): number {
    return (this.#values[index] ?? 0) - (index > 0 ? (this.#values[index - 1] ?? 0) : this.#before);
  }

  #summarize(from: number): void {
    let below: Int32Array = this.#values;
    let [first, length] = [from, this.#length];
    for (const highest of this.#highest) {
      first = Math.floor(first / factor);
      const blocks = Math.ceil(length / factor);
      for (let block = first; block < blocks; block++) {
        let most = -Infinity;
        const end = Math.min(length, (block + 1) * factor);
        for (let index = block * factor; index < end; index++) most = Math.max(most, below[index] ?? 0);
        highest[block] = most;
      }
      [below, length] = [highest, blocks];
    }
  }

  #firstAfter(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first position that is not before an instant: near the one from which it is looked for. */
  #firstFrom(time: number, from: number): number {
    let reach = 1;
    while (from + reach < this.#length && (this.#times[from + reach] ?? 0) < time) reach *= 2;
    let low = from + (reach >> 1);
    let high = Math.min(this.#length, from + reach);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #reserve(length: number): void {
    if (length <= this.#times.length) return;
    let size = this.#times.length;
    while (size < length) size *= 2;
    const times = new Float64Array(size);
    const values = new Int32Array(size);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
    const before = this.#highest;
    this.#highest = pyramid(size);
    this.#highest.forEach((highest, level) => highest.set(before[level] ?? []));
  }

  #forgetHalf(): void {
    const gone = this.#length >> 1;
    this.#before = this.#values[gone - 1] ?? 0;
    this.#times.copyWithin(0, gone, this.#length);
    this.#values.copyWithin(0, gone, this.#length);
    this.#length -= gone;
    this.#summarize(0);
  }
}

const factor = 16;
const levels = 5;

/** @param size how many values there is room for */
function pyramid(size: number): Int32Array[] {
  return Array.from({ length: levels }, (_, level) => new Int32Array(Math.ceil(size / factor ** (level + 1))));
}
