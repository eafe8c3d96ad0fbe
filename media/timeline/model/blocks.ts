/**
 * The exchanges of one lane in summary: blocks of 8, of 64 and so on, so that a picture of a long time need not look
 * at each. A block says when its exchanges began and ended, how much of that was waiting, how many
 * failed and how many match the filter.
 *
 * Blocks are made from the position in the lane's list, and only where all of it is there. What changes is mostly the
 * end of the list; from the first change on they are made anew when somebody asks.
 */
export interface BlockItem {
  /** ms on the trace's clock */
  readonly start: number;
  /** NaN while it goes on. */
  readonly end: number;
  /** ms of waiting for a slot, and of everything */
  readonly waited: number;
  readonly total: number;
  /** How many exchanges failed; where there is a filter, of those that match. */
  readonly errors: number;
  /** How many match the filter; all where there is none. */
  readonly matches: number;
}

const factor = 8;
const levels = 4;
/** The number of exchanges of the largest block. */
export const largestBlock = factor ** levels;

const fields = 6;

export class Blocks {
  readonly #levels: Float64Array[] = Array.from({ length: levels }, () => new Float64Array(0));
  /** Items before this one are summed up. */
  #clean = 0;

  /** The item at a position has changed, or is new. */
  changed(position: number): void {
    if (position < this.#clean) this.#clean = position;
  }

  /** The list has lost its first items: a multiple of the largest block. */
  dropped(count: number): void {
    this.#clean = Math.max(0, this.#clean - count);
    for (let level = 0; level < levels; level++) {
      const data = this.#levels[level];
      data?.copyWithin(0, (count / factor ** (level + 1)) * fields);
    }
  }

  /** Sums up what has changed. An item that is unknown makes its blocks unusable. */
  update(length: number, read: (position: number) => BlockItem | undefined): void {
    if (this.#clean >= length) return;
    for (let level = 0; level < levels; level++) {
      const size = factor ** (level + 1);
      const first = Math.floor(this.#clean / size);
      const count = Math.floor(length / size);
      this.#reserve(level, count);
      for (let block = first; block < count; block++) {
        this.#write(level, block, (part) => (level === 0 ? read(part) : this.#read(level - 1, part)));
      }
    }
    this.#clean = length;
  }

  /**
   * The largest block that begins at a position, ends before `length` and lasts at most `longest` ms; undefined where
   * there is none.
   */
  blockAt(position: number, length: number, longest: number): (BlockItem & { readonly count: number }) | undefined {
    for (let level = levels - 1; level >= 0; level--) {
      const size = factor ** (level + 1);
      if (position % size !== 0 || position + size > length) continue;
      const data = this.#levels[level] ?? empty;
      const at = (position / size) * fields;
      // Looked at most often of all: an object is made only of the one that fits.
      if ((data[at + 1] ?? NaN) - (data[at] ?? NaN) <= longest) {
        return {
          start: data[at] ?? NaN,
          end: data[at + 1] ?? NaN,
          waited: data[at + 2] ?? 0,
          total: data[at + 3] ?? 0,
          errors: data[at + 4] ?? 0,
          matches: data[at + 5] ?? 0,
          count: size,
        };
      }
    }
    return undefined;
  }

  #read(level: number, block: number): BlockItem {
    const data = this.#levels[level] ?? empty;
    const at = block * fields;
    return {
      start: data[at] ?? NaN,
      end: data[at + 1] ?? NaN,
      waited: data[at + 2] ?? 0,
      total: data[at + 3] ?? 0,
      errors: data[at + 4] ?? 0,
      matches: data[at + 5] ?? 0,
    };
  }

  #write(level: number, block: number, partAt: (part: number) => BlockItem | undefined): void {
    let start = NaN;
    let end = -Infinity;
    let [waited, total, errors, matches] = [0, 0, 0, 0];
    for (let part = block * factor; part < (block + 1) * factor; part++) {
      const item = partAt(part);
      if (part === block * factor) start = item?.start ?? NaN;
      end = item ? Math.max(end, item.end) : NaN;
      waited += item?.waited ?? 0;
      total += item?.total ?? 0;
      errors += item?.errors ?? 0;
      matches += item?.matches ?? 0;
      if (Number.isNaN(end)) break;
    }
    this.#levels[level]?.set([start, end, waited, total, errors, matches], block * fields);
  }

  #reserve(level: number, blocks: number): void {
    const old = this.#levels[level] ?? empty;
    if (blocks * fields <= old.length) return;
    const data = new Float64Array(Math.max(blocks * fields, old.length * 2));
    data.set(old);
    this.#levels[level] = data;
  }
}

const empty = new Float64Array(0);
