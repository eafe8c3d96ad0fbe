/**
 * Values over time, of which the highest matter: a lag, the depth of a queue. Bounded without forgetting: when it is
 * full, each two neighbours become one that has the higher value, so what is older is told more coarsely.
 */
export class Series {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #length = 0;
  #worst = -1;

  /** @param capacity most values to keep, at least 2 */
  constructor(capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** The position of the highest value, the first of equals; -1 while there is none. */
  get worst(): number {
    return this.#worst;
  }

  /** ms on the trace's clock */
  timeAt(position: number): number {
    return this.#times[position] ?? NaN;
  }

  valueAt(position: number): number {
    return this.#values[position] ?? NaN;
  }

  /**
   * Takes a value. What comes late is sorted in; of one instant the higher value stays, so that what comes twice does
   * no harm.
   */
  add(time: number, value: number): void {
    let position = this.firstAfter(time);
    if (position > 0 && this.#times[position - 1] === time) {
      position--;
      if (value > this.valueAt(position)) this.#values[position] = value;
    } else {
      if (this.#length === this.#times.length) {
        this.#halve();
        position = this.firstAfter(time);
      }
      this.#times.copyWithin(position + 1, position, this.#length);
      this.#values.copyWithin(position + 1, position, this.#length);
      this.#times[position] = time;
      this.#values[position] = value;
      this.#length++;
      if (position <= this.#worst) this.#worst++;
    }
    if (this.#worst < 0 || value > this.valueAt(this.#worst)) this.#worst = position;
  }

  /** The position of the first value after an instant. */
  firstAfter(time: number): number {
    let low = 0;
    let high = this.#length;
    // Nearly all come in order.
    if (high > 0 && (this.#times[high - 1] ?? 0) <= time) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** All of it for another series: an instant and its value, in turns. */
  pack(): Float64Array {
    const packed = new Float64Array(this.#length * 2);
    for (let position = 0; position < this.#length; position++) {
      packed[position * 2] = this.timeAt(position);
      packed[position * 2 + 1] = this.valueAt(position);
    }
    return packed;
  }

  /** Takes what another has packed. */
  unpack(packed: Float64Array): void {
    for (let at = 0; at + 1 < packed.length; at += 2) this.add(packed[at] ?? NaN, packed[at + 1] ?? NaN);
  }

  clear(): void {
    this.#length = 0;
    this.#worst = -1;
  }

  #halve(): void {
    const half = Math.floor(this.#length / 2);
    for (let pair = 0; pair < half; pair++) {
      const [left, right] = [pair * 2, pair * 2 + 1];
      const from = this.valueAt(right) > this.valueAt(left) ? right : left;
      this.#times[pair] = this.timeAt(from);
      this.#values[pair] = this.valueAt(from);
    }
    // An odd one at the end stays as it is.
    if (this.#length % 2 === 1) {
      this.#times[half] = this.timeAt(this.#length - 1);
      this.#values[half] = this.valueAt(this.#length - 1);
    }
    this.#length -= half;
    this.#worst = 0;
    for (let position = 1; position < this.#length; position++) {
      if (this.valueAt(position) > this.valueAt(this.#worst)) this.#worst = position;
    }
  }
}
