import type { Viewport } from '../viewport';

/**
 * A count that changes by steps over time: running app calls, say. Changes arrive nearly in order of time, so a late
 * one is sorted in from the end; the value after each change is kept beside its time.
 *
 * Bounded: beyond `capacity` changes the older half is folded into the value that stands before the first.
 */
export class Steps {
  readonly #capacity: number;
  #times = new Float64Array(1024);
  #values = new Int32Array(1024);
  /** The highest of each 64 values, so that a long stretch need not be walked step by step. */
  #highest = new Int32Array(1024 / blockSize);
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

  /** Takes changes as pairs of a time and +1 or -1, in any order. */
  add(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const sorted = [...changes].sort((a, b) => a.time - b.time);
    this.#reserve(this.#length + sorted.length);
    let from = this.#length;
    let to = this.#length + sorted.length;
    // Merge from the back: what stands already moves up until the new change fits.
    for (let index = sorted.length - 1; index >= 0; index--) {
      const { time, by } = sorted[index] ?? { time: 0, by: 0 };
      while (from > 0 && (this.#times[from - 1] ?? 0) > time) {
        from--;
        to--;
        this.#times[to] = this.#times[from] ?? 0;
        this.#values[to] = this.#stepAt(from);
      }
      to--;
      this.#times[to] = time;
      this.#values[to] = by;
    }
    // From `from` on, `values` holds steps; sum them up again.
    this.#length += sorted.length;
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
    let index = this.#firstAfter(viewport.start);
    let value = index > 0 ? (this.#values[index - 1] ?? 0) : this.#before;
    for (let column = 0; column < columns.length; column++) {
      const end = viewport.time(column + 1);
      let most = value;
      while (index < this.#length && (this.#times[index] ?? 0) < end) {
        const whole = index % blockSize === 0 && (this.#times[index + blockSize - 1] ?? Infinity) < end;
        const inBlock = whole && index + blockSize <= this.#length;
        const highest = (inBlock ? this.#highest[index / blockSize] : this.#values[index]) ?? 0;
        if (highest > most) most = highest;
        index += inBlock ? blockSize : 1;
        value = this.#values[index - 1] ?? 0;
      }
      columns[column] = most;
    }
    return columns;
  }

  #stepAt(index: number): number {
    return (this.#values[index] ?? 0) - (index > 0 ? (this.#values[index - 1] ?? 0) : this.#before);
  }

  #summarize(from: number): void {
    for (let block = Math.floor(from / blockSize); block * blockSize < this.#length; block++) {
      let most = -Infinity;
      const end = Math.min(this.#length, (block + 1) * blockSize);
      for (let index = block * blockSize; index < end; index++) most = Math.max(most, this.#values[index] ?? 0);
      this.#highest[block] = most;
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

  #reserve(length: number): void {
    if (length <= this.#times.length) return;
    let size = this.#times.length;
    while (size < length) size *= 2;
    const times = new Float64Array(size);
    const values = new Int32Array(size);
    times.set(this.#times);
    values.set(this.#values);
    const highest = new Int32Array(size / blockSize);
    highest.set(this.#highest);
    this.#highest = highest;
    this.#times = times;
    this.#values = values;
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

const blockSize = 64;

export interface Change {
  /** ms on the trace's clock */
  readonly time: number;
  readonly by: 1 | -1;
}
