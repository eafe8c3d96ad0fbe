import type { Viewport } from '../viewport';

/**
 * A count that changes by steps over time: running app calls, say. Changes arrive nearly in order of time, so a late
 * one is sorted in from the end; the value after each change is kept beside its time.
 *
 * Bounded: beyond `capacity` changes the oldest are folded into the value that stands before the first. They stand in
 * blocks, so that neither growing nor forgetting copies what is there. And however many there are, a pixel column is as
 * much work: of each 16 values of a block the highest is kept, of each 16 of these, and so on.
 */
export class Steps {
  readonly #capacity: number;
  readonly #blocks: Block[] = [];
  #length = 0;
  #before = 0;
  #most = 0;

  constructor(capacity: number) {
    this.#capacity = Math.max(2 * blockSize, capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The value after the last change. */
  get current(): number {
    return this.#valueBefore(this.#length);
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
    while (this.#blocks.length * blockSize < this.#length + count) this.#blocks.push(new Block());
    let from = this.#length;
    let to = this.#length + count;
    let [nextUp, nextDown] = [up.length - 1, down.length - 1];
    // Merge from the back: what stands already moves up until the new change fits.
    while (nextUp >= 0 || nextDown >= 0) {
      // Of the same instant, what ends stands before what begins: who takes over a slot is not one more.
      const isDown = nextUp < 0 || (nextDown >= 0 && (down[nextDown] ?? 0) > (up[nextUp] ?? 0));
      const time = (isDown ? down[nextDown--] : up[nextUp--]) ?? 0;
      while (from > 0 && this.#timeAt(from - 1) > time) {
        from--;
        to--;
        this.#put(to, this.#timeAt(from), this.#valueAt(from) - this.#valueBefore(from));
      }
      to--;
      this.#put(to, time, isDown ? -1 : 1);
    }
    this.#length += count;
    this.#sumUp(from);
    this.#forget();
  }

  valueAt(time: number): number {
    return this.#valueBefore(this.#firstAfter(time));
  }

  /** The highest value within each pixel column of the plot. */
  maxima(viewport: Viewport): Int32Array {
    const columns = new Int32Array(Math.ceil(viewport.width));
    const first = this.#firstAfter(viewport.start);
    let [number, at, value] = [Math.floor(first / blockSize), first % blockSize, this.#valueBefore(first)];
    for (let column = 0; column < columns.length; column++) {
      const end = viewport.time(column + 1);
      let most = value;
      for (let block = this.#blocks[number]; block; block = this.#blocks[number]) {
        const filled = Math.min(blockSize, this.#length - number * blockSize);
        const to = block.firstFrom(end, at, filled);
        if (to > at) {
          most = Math.max(most, block.highestOf(at, to));
          value = block.values[to - 1] ?? 0;
        }
        at = to;
        if (to < blockSize) break;
        number++;
        at = 0;
      }
      columns[column] = most;
    }
    return columns;
  }

  #timeAt(index: number): number {
    return this.#blocks[Math.floor(index / blockSize)]?.times[index % blockSize] ?? 0;
  }

  #valueAt(index: number): number {
    return this.#blocks[Math.floor(index / blockSize)]?.values[index % blockSize] ?? 0;
  }

  #valueBefore(index: number): number {
    return index > 0 ? this.#valueAt(index - 1) : this.#before;
  }

  #put(index: number, time: number, step: number): void {
    const block = this.#blocks[Math.floor(index / blockSize)];
    if (!block) return;
    block.times[index % blockSize] = time;
    block.values[index % blockSize] = step;
  }

  /** From an index on, values are steps: sums them up again. */
  #sumUp(from: number): void {
    let value = this.#valueBefore(from);
    for (let at = from; at < this.#length;) {
      const block = Math.floor(at / blockSize);
      const start = block * blockSize;
      const end = Math.min(this.#length, start + blockSize);
      value = this.#blocks[block]?.sumUp(at - start, end - start, value) ?? value;
      this.#most = Math.max(this.#most, this.#blocks[block]?.highestOf(at - start, end - start) ?? 0);
      at = end;
    }
  }

  #forget(): void {
    while (this.#length > this.#capacity) {
      this.#before = this.#valueAt(blockSize - 1);
      this.#blocks.shift();
      this.#length -= blockSize;
    }
  }

  #firstAfter(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#timeAt(middle) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const factor = 16;
const levels = 3;
const blockSize = factor ** levels;

class Block {
  readonly times = new Float64Array(blockSize);
  readonly values = new Int32Array(blockSize);
  /** Of each 16 values the highest, of each 16 of these, and so on. */
  readonly #highest = Array.from({ length: levels }, (_, level) => new Int32Array(blockSize / factor ** (level + 1)));

  /** The first position, of those from one up to another, that is not before an instant: near the first one, as a rule. */
  firstFrom(time: number, from: number, to: number): number {
    const { times } = this;
    let reach = 1;
    while (from + reach < to && (times[from + reach] ?? 0) < time) reach *= 2;
    let low = from + (reach >> 1);
    let high = Math.min(to, from + reach);
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((times[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What stands at the edges, and of the rest the level above. */
  highestOf(first: number, end: number): number {
    let [from, to, most] = [first, end, -Infinity];
    let values = this.values;
    for (let level = 0; from < to; level++) {
      for (; from < to && (from % factor !== 0 || level === levels); from++) most = Math.max(most, values[from] ?? 0);
      for (; from < to && to % factor !== 0; to--) most = Math.max(most, values[to - 1] ?? 0);
      [from, to] = [from / factor, to / factor];
      values = this.#highest[level] ?? values;
    }
    return most;
  }

  /**
   * Steps become sums.
   *
   * @param value before the first of them
   * @returns the last sum
   */
  sumUp(from: number, to: number, value: number): number {
    for (let index = from; index < to; index++) {
      value += this.values[index] ?? 0;
      this.values[index] = value;
    }
    let below = this.values;
    let [first, length] = [from, to];
    for (const highest of this.#highest) {
      first = Math.floor(first / factor);
      const groups = Math.ceil(length / factor);
      for (let group = first; group < groups; group++) {
        let most = -Infinity;
        const end = Math.min(length, (group + 1) * factor);
        for (let index = group * factor; index < end; index++) most = Math.max(most, below[index] ?? 0);
        highest[group] = most;
      }
      [below, length] = [highest, groups];
    }
    return value;
  }
}
