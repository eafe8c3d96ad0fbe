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

/** Writes the fields of an item, in the order of `BlockItem`, into an array at a place; NaN where it is unknown. */
export type WriteItem = (position: number, into: Float64Array, at: number) => void;

const factor = 8;
const levels = 4;
/** The number of exchanges of the largest block. */
export const largestBlock = factor ** levels;

const fields = 6;

export class Blocks {
  readonly #levels: Float64Array[] = [];
  /** Items before this one are summed up. */
  #clean = 0;
  /** Which answers of the filter they count, but for those between two positions. */
  #round = -1;
  #staleFrom = 0;
  #staleTo = 0;

  /** The item at a position has changed, or is new. */
  changed(position: number): void {
    if (position < this.#clean) this.#clean = position;
  }

  /** The list has lost its first items: a multiple of the largest block. */
  dropped(count: number): void {
    this.#clean = Math.max(0, this.#clean - count);
    this.#staleFrom = Math.max(0, this.#staleFrom - count);
    this.#staleTo = Math.max(0, this.#staleTo - count);
    this.#levels.forEach((data, level) => data.copyWithin(0, (count / factor ** (level + 1)) * fields));
  }

  /** How many items are summed up; what is at the end of the list is, when somebody asks. */
  get summed(): number {
    return this.#clean;
  }

  /**
   * Sums up what has changed. An item that is unknown, or goes on, makes its blocks unusable.
   *
   * @param round changes with the filter
   */
  update(length: number, round: number, write: WriteItem): void {
    if (this.#round < 0) this.#round = round;
    if (this.#clean >= length) return;
    this.#sum(this.#clean, length, write);
    this.#clean = length;
  }

  /**
   * Counts anew what other answers of the filter have changed, but not more than some items: very many take longer than a
   * frame may. Until then, what they counted before stands.
   *
   * @returns how many items it took
   */
  recount(round: number, most: number, write: WriteItem): number {
    if (round !== this.#round) [this.#staleFrom, this.#staleTo] = [0, this.#clean];
    this.#round = round;
    const from = this.#staleFrom;
    const to = Math.min(this.#staleTo, from + Math.ceil(most / largestBlock) * largestBlock);
    if (from >= to || most <= 0) return 0;
    this.#sum(from, Math.min(to, this.#clean), write);
    this.#staleFrom = to;
    return to - from;
  }

  /** Some of it still counts what the filter before has answered. */
  get stale(): boolean {
    return this.#staleFrom < this.#staleTo;
  }

  #sum(from: number, to: number, write: WriteItem): void {
    for (let level = 0; level < levels; level++) {
      const size = factor ** (level + 1);
      const count = Math.floor(to / size);
      if (count === 0) return;
      const data = this.#reserve(level, count);
      for (let block = Math.floor(from / size); block < count; block++) {
        if (level === 0) for (let part = 0; part < factor; part++) write(block * factor + part, items, part * fields);
        const below = level === 0 ? items : (this.#levels[level - 1] ?? items);
        sumUp(below, level === 0 ? 0 : block * factor * fields, data, block * fields);
      }
    }
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

  /**
   * Tells of the items before a position, from the last to that at `least`; but not of whole blocks in which everything
   * is over before a time.
   */
  back(position: number, least: number, time: number, tell: (position: number) => void): void {
    let at = position;
    while (at > least) {
      const level = this.#overBefore(at, time);
      if (level === 0) tell(at - 1);
      at -= factor ** level;
    }
  }

  /** How high the largest block stands that ends with the item before a position, and is over before a time; 0 for none. */
  #overBefore(position: number, time: number): number {
    for (let level = levels; level > 0; level--) {
      const block = position / factor ** level - 1;
      const end = Number.isInteger(block) ? (this.#levels[level - 1]?.[block * fields + 1] ?? NaN) : NaN;
      if (end < time && position <= this.#clean) return level;
    }
    return 0;
  }

  /** @param matches whether the item at a position does: asked for those that no block counts */
  someMatch(length: number, matches: (position: number) => boolean): boolean {
    for (let at = 0; at < length;) {
      let level = this.#counts(at) ? levels : 0;
      while (level > 0 && (at % factor ** level !== 0 || at + factor ** level > Math.min(length, this.#clean))) level--;
      const size = factor ** level;
      const some = level === 0 ? matches(at) : (this.#levels[level - 1]?.[(at / size) * fields + 5] ?? 0) > 0;
      if (some) return true;
      at += size;
    }
    return false;
  }

  #counts(position: number): boolean {
    return position < this.#staleFrom || position >= this.#staleTo;
  }

  #reserve(level: number, blocks: number): Float64Array {
    const old = this.#levels[level] ?? empty;
    if (blocks * fields <= old.length) return old;
    const data = new Float64Array(Math.max(blocks * fields, old.length * 2));
    data.set(old);
    this.#levels[level] = data;
    return data;
  }
}

/** Items of one block, before they are summed up. */
const items = new Float64Array(factor * fields);
const empty = new Float64Array(0);

function sumUp(from: Float64Array, first: number, to: Float64Array, at: number): void {
  let end = -Infinity;
  let [waited, total, errors, matches] = [0, 0, 0, 0];
  for (let part = 0, item = first; part < factor; part++, item += fields) {
    const over = from[item + 1] ?? NaN;
    // NaN stays: what goes on, or is unknown, is no part of a block.
    end = over > end || Number.isNaN(over) ? over : end;
    waited += from[item + 2] ?? 0;
    total += from[item + 3] ?? 0;
    errors += from[item + 4] ?? 0;
    matches += from[item + 5] ?? 0;
  }
  to[at] = from[first] ?? NaN;
  to[at + 1] = end;
  to[at + 2] = waited;
  to[at + 3] = total;
  to[at + 4] = errors;
  to[at + 5] = matches;
}
