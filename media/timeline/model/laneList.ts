import { Blocks, largestBlock } from './blocks';

/**
 * The exchanges of one lane in order of the instant at which each begins there: with its first byte in the lane of its
 * connection, with its app call in that of a slot. That instant never changes, so what changes of an exchange later
 * leaves its place alone.
 */
export class LaneList {
  readonly #ids: number[] = [];
  readonly #starts: number[] = [];
  #blocks: Blocks | undefined;
  #gone = 0;

  /** Ids of exchanges. The oldest may be forgotten by the store already. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The same in summary. Most lanes are too short to need one. */
  get blocks(): Blocks {
    return (this.#blocks ??= new Blocks());
  }

  get length(): number {
    return this.#ids.length;
  }

  /** How many at its beginning the trace had forgotten when it looked last. */
  get gone(): number {
    return this.#gone;
  }

  /** How many of them are summed up so far. */
  get summed(): number {
    return this.#blocks?.summed ?? 0;
  }

  /** The instant at which the first of them begins here; undefined where there is none. */
  get first(): number | undefined {
    return this.#starts[0];
  }

  /** An exchange is new here, or has changed. */
  put(id: number, start: number): void {
    const position = this.#search(start, id);
    if (position < this.#gone) this.#gone = position;
    if (position === this.#ids.length) {
      this.#ids.push(id);
      this.#starts.push(start);
    } else if (this.#ids[position] !== id) {
      this.#ids.splice(position, 0, id);
      this.#starts.splice(position, 0, start);
    }
    this.#blocks?.changed(position);
  }

  remove(id: number, start: number): void {
    const position = this.positionOf(id, start);
    if (position < 0) return;
    if (position < this.#gone) this.#gone = position;
    this.#ids.splice(position, 1);
    this.#starts.splice(position, 1);
    this.#blocks?.changed(position);
  }

  /** Where an exchange stands that begins at an instant; -1 where it does not. */
  positionOf(id: number, start: number): number {
    const position = this.#search(start, id);
    return this.#ids[position] === id ? position : -1;
  }

  /** The first position that does not begin before an instant. */
  from(time: number): number {
    return this.#search(time, 0);
  }

  /** The exchange that begins nearest to an instant. */
  nearest(time: number): number | undefined {
    const position = this.from(time);
    const before = time - (this.#starts[position - 1] ?? -Infinity);
    const after = (this.#starts[position] ?? Infinity) - time;
    return this.#ids[before < after ? position - 1 : position];
  }

  /** Drops the oldest that the trace has forgotten: those below an id. */
  forget(firstExchange: number): void {
    let gone = 0;
    while (gone < this.#ids.length && (this.#ids[gone] ?? 0) < firstExchange) gone++;
    // Whole blocks only, so that those that stay keep their place.
    const dropped = gone === this.#ids.length ? gone : gone - (gone % largestBlock);
    this.#ids.splice(0, dropped);
    this.#starts.splice(0, dropped);
    this.#gone = gone - dropped;
    if (this.#ids.length > 0) this.#blocks?.dropped(dropped);
    else this.#blocks = undefined;
  }

  /** The first position that is not before an instant and, at that instant, an id. */
  #search(time: number, id: number): number {
    let high = this.#ids.length;
    // What is new belongs at the end, as a rule.
    if (high === 0 || this.#isBefore(high - 1, time, id)) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBefore(middle, time, id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isBefore(position: number, time: number, id: number): boolean {
    const start = this.#starts[position] ?? 0;
    return start < time || (start === time && (this.#ids[position] ?? 0) < id);
  }
}
