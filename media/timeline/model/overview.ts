import { exchangeFlags, type ExchangeRow } from '../../../src/core/trace/columns';

/**
 * The whole recording in a fixed number of bins: how much was in flight, how much of that waited for a slot, where
 * requests failed and how long the longest took. Each row is added once when it begins and once when it ends, in
 * constant time; when the recording outgrows the bins, each two neighbours become one of double the width. So to show
 * it costs the same however long it is.
 */
export class Overview {
  #origin = NaN;
  #width = firstWidth;
  /** Bins from here on are empty. */
  #used = 0;
  readonly #begun = new Uint32Array(binCount);
  readonly #failed = new Uint32Array(binCount);
  readonly #longest = new Float32Array(binCount);
  readonly #inFlight = new Load();
  readonly #waiting = new Load();

  /** Where the bins begin; NaN while there are none. */
  get from(): number {
    return this.#origin;
  }

  /** ms that a bin stands for */
  get binWidth(): number {
    return this.#width;
  }

  /** An exchange is new or has changed. @param old its row before */
  put(row: OverviewFields, old: OverviewFields | undefined): void {
    const { start } = row;
    if (!Number.isFinite(start)) return;
    if (!old) this.#count(this.#begun, start);
    if (!Number.isFinite(row.end) || (old && !Number.isNaN(old.end))) return;
    const end = start + row.end;
    // Both have room before either is written: to make room moves what is there.
    this.#binOf(start);
    this.#binOf(end);
    const first = this.#indexOf(start);
    this.#longest[first] = Math.max(this.#longest[first] ?? 0, row.end);
    this.#add(this.#inFlight, start, end);
    if (row.failed) this.#count(this.#failed, end);
    if ((row.flags & exchangeFlags.queued) === 0) return;
    const [from, to] = [start + row.ready, start + (Number.isNaN(row.appStart) ? row.end : row.appStart)];
    if (from < to) this.#add(this.#waiting, from, to);
  }

  /** Drops the bins that lie before an instant: the trace has forgotten what was there. */
  forgetBefore(time: number): void {
    const gone = Math.min(this.#used, Math.floor((time - this.#origin) / this.#width));
    if (!(gone > 0)) return;
    for (const column of [this.#begun, this.#failed, this.#longest]) {
      column.copyWithin(0, gone, this.#used).fill(0, this.#used - gone, this.#used);
    }
    this.#inFlight.drop(gone, this.#used);
    this.#waiting.drop(gone, this.#used);
    this.#origin += gone * this.#width;
    this.#used -= gone;
  }

  /**
   * What each of `columns` columns of equal width stands for.
   *
   * @param open instants at which exchanges began that go on
   * @param now until when they do
   */
  columns(from: number, to: number, columns: number, open: Iterable<number>, now: number): OverviewColumns {
    const shown: OverviewColumns = {
      begun: new Uint32Array(columns),
      failed: new Uint32Array(columns),
      longest: new Float32Array(columns),
      inFlight: new Float32Array(columns),
      waiting: new Float32Array(columns),
    };
    if (Number.isNaN(this.#origin) || !(to > from)) return shown;
    const goingOn = new Load();
    for (const start of open) {
      if (!(start >= this.#origin) || !(now > start)) continue;
      this.#add(goingOn, start, now);
    }
    const inFlight = this.#inFlight.means(binCount, this.#width);
    const more = goingOn.means(binCount, this.#width);
    const waiting = this.#waiting.means(binCount, this.#width);
    const perColumn = (to - from) / columns;
    for (let column = 0; column < columns; column++) {
      const first = Math.floor((from + column * perColumn - this.#origin) / this.#width);
      const last = Math.ceil((from + (column + 1) * perColumn - this.#origin) / this.#width);
      for (let bin = Math.max(0, first); bin < Math.min(binCount, last); bin++) {
        shown.begun[column] = (shown.begun[column] ?? 0) + (this.#begun[bin] ?? 0);
        shown.failed[column] = (shown.failed[column] ?? 0) + (this.#failed[bin] ?? 0);
        shown.longest[column] = Math.max(shown.longest[column] ?? 0, this.#longest[bin] ?? 0);
        const here = (inFlight[bin] ?? 0) + (more[bin] ?? 0);
        shown.inFlight[column] = Math.max(shown.inFlight[column] ?? 0, here);
        shown.waiting[column] = Math.max(shown.waiting[column] ?? 0, waiting[bin] ?? 0);
      }
    }
    return shown;
  }

  #add(load: Load, from: number, to: number): void {
    load.add(this.#indexOf(from), this.#indexOf(to), this.#shareOf(from), this.#shareOf(to), this.#width);
  }

  #count(counts: Uint32Array, time: number): void {
    const bin = this.#binOf(time);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }

  #indexOf(time: number): number {
    return Math.min(binCount - 1, Math.max(0, Math.floor((time - this.#origin) / this.#width)));
  }

  /** How much of its bin lies before an instant, from 0 to 1. */
  #shareOf(time: number): number {
    return Math.min(1, Math.max(0, (time - this.#origin) / this.#width - this.#indexOf(time)));
  }

  /** The bin of an instant; makes room for it. */
  #binOf(time: number): number {
    if (Number.isNaN(this.#origin)) this.#origin = Math.floor(time / this.#width) * this.#width;
    while (time < this.#origin || time >= this.#origin + binCount * this.#width) {
      const earlier = Math.ceil((this.#origin - time) / this.#width);
      if (earlier > 0 && earlier + this.#used <= binCount) this.#moveUp(earlier);
      else this.#widen();
    }
    const bin = this.#indexOf(time);
    this.#used = Math.max(this.#used, bin + 1);
    return bin;
  }

  /** Rows nearly come in order: seldom does one begin before the first. */
  #moveUp(by: number): void {
    for (const column of [this.#begun, this.#failed, this.#longest])
      column.copyWithin(by, 0, this.#used).fill(0, 0, by);
    this.#inFlight.moveUp(by, this.#used);
    this.#waiting.moveUp(by, this.#used);
    this.#origin -= by * this.#width;
    this.#used += by;
  }

  #widen(): void {
    const origin = Math.floor(this.#origin / (this.#width * 2)) * this.#width * 2;
    // A bin at an odd place has no neighbour before it.
    const odd = Math.round((this.#origin - origin) / this.#width);
    const add = (a: number, b: number): number => a + b;
    halve(this.#begun, odd, add);
    halve(this.#failed, odd, add);
    halve(this.#longest, odd, Math.max);
    this.#inFlight.widen(odd, this.#width);
    this.#waiting.widen(odd, this.#width);
    this.#origin = origin;
    this.#width *= 2;
    this.#used = Math.ceil((this.#used + odd) / 2);
  }
}

/** What the overview needs of an exchange. Times but `start` are offsets. */
export interface OverviewFields extends Pick<ExchangeRow, 'flags' | 'start' | 'ready' | 'appStart' | 'end'> {
  readonly failed: boolean;
}

export interface OverviewColumns {
  /** Exchanges that began, and that failed, within the column. */
  readonly begun: Uint32Array;
  readonly failed: Uint32Array;
  /** ms that the longest of those that began there took */
  readonly longest: Float32Array;
  /** The most exchanges in flight, and of those the most that waited for a slot, in the mean of a bin. */
  readonly inFlight: Float32Array;
  readonly waiting: Float32Array;
}

/**
 * How much goes on in each bin, as ms. What covers whole bins is kept as the step by which their number changes, so
 * that a long exchange costs no more than a short one.
 */
class Load {
  readonly #parts = new Float64Array(binCount);
  readonly #steps = new Int32Array(binCount + 1);

  /** @param fromShare how much of the first bin lies before the beginning, and of the last one before the end */
  add(first: number, last: number, fromShare: number, toShare: number, width: number): void {
    if (first >= last) {
      this.#parts[first] = (this.#parts[first] ?? 0) + Math.max(0, toShare - fromShare) * width;
      return;
    }
    this.#parts[first] = (this.#parts[first] ?? 0) + (1 - fromShare) * width;
    this.#parts[last] = (this.#parts[last] ?? 0) + toShare * width;
    this.#steps[first + 1] = (this.#steps[first + 1] ?? 0) + 1;
    this.#steps[last] = (this.#steps[last] ?? 0) - 1;
  }

  /** How many went on in each bin, in the mean. */
  means(bins: number, width: number): Float64Array {
    const means = new Float64Array(bins);
    let whole = 0;
    for (let bin = 0; bin < bins; bin++) {
      whole += this.#steps[bin] ?? 0;
      means[bin] = whole + (this.#parts[bin] ?? 0) / width;
    }
    return means;
  }

  drop(gone: number, used: number): void {
    let whole = 0;
    for (let bin = 0; bin < gone; bin++) whole += this.#steps[bin] ?? 0;
    this.#parts.copyWithin(0, gone, used).fill(0, used - gone, used);
    this.#steps.copyWithin(0, gone, used + 1).fill(0, used + 1 - gone, used + 1);
    this.#steps[0] = (this.#steps[0] ?? 0) + whole;
  }

  moveUp(by: number, used: number): void {
    this.#parts.copyWithin(by, 0, used).fill(0, 0, by);
    this.#steps.copyWithin(by, 0, Math.min(used + 1, binCount + 1 - by)).fill(0, 0, by);
  }

  widen(odd: number, width: number): void {
    let whole = 0;
    for (let bin = 0; bin < binCount; bin++) {
      whole += this.#steps[bin] ?? 0;
      this.#parts[bin] = (this.#parts[bin] ?? 0) + whole * width;
    }
    this.#steps.fill(0);
    halve(this.#parts, odd, (a, b) => a + b);
  }
}

/** Each two neighbours become one; the first has none before it where it is odd. */
function halve(
  column: Uint32Array | Float32Array | Float64Array,
  odd: number,
  join: (a: number, b: number) => number,
): void {
  for (let bin = 0; bin < binCount; bin++) {
    const [a, b] = [column[2 * bin - odd] ?? 0, column[2 * bin + 1 - odd] ?? 0];
    column[bin] = join(a, b);
  }
}

const binCount = 2048;
/** ms; a power of two, so that doubling stays exact */
const firstWidth = 0.25;
