/**
 * Things that come and go by the thousand a second, each under a number of its own while it is here.
 *
 * A Map or a Set would do but for the garbage collector: V8 links the table that a Map has outgrown to the one that
 * follows. Once one such table is in the old generation, all later ones, and whatever they held, stay in memory until
 * the next full collection: ten times the work at each scavenge, a fifth of the server's throughput, a p99 of 5 ms.
 */
export class Slots<T> {
  readonly #slots: (T | undefined)[] = [];
  /** How often each slot was used, to tell its members apart. */
  readonly #uses: number[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#slots.length - this.#free.length;
  }

  /** @returns its number: from 1 to 2^32 - 1, and not that of a member that left its slot a short while ago */
  add(member: T): number {
    const slot = this.#free.pop() ?? this.#slots.length;
    this.#slots[slot] = member;
    const uses = ((this.#uses[slot] ?? 0) % mostUses) + 1;
    this.#uses[slot] = uses;
    return slot * (mostUses + 1) + uses;
  }

  get(number: number): T | undefined {
    const slot = slotOf(number);
    return this.#uses[slot] === number % (mostUses + 1) ? this.#slots[slot] : undefined;
  }

  delete(number: number): void {
    if (this.get(number) === undefined) return;
    this.#slots[slotOf(number)] = undefined;
    this.#free.push(slotOf(number));
  }

  /** The members as they are now: it does no harm when they come and go meanwhile. */
  values(): T[] {
    return this.#slots.filter((member) => member !== undefined);
  }

  /** The members as they are now, each with its number. */
  entries(): [number, T][] {
    return this.#slots.flatMap((member, slot): [number, T][] =>
      member === undefined ? [] : [[slot * (mostUses + 1) + (this.#uses[slot] ?? 0), member]],
    );
  }

  /** All members; none is left. */
  take(): T[] {
    const members = this.values();
    this.#slots.forEach((member, slot) => {
      if (member === undefined) return;
      this.#slots[slot] = undefined;
      this.#free.push(slot);
    });
    return members;
  }
}

function slotOf(number: number): number {
  return Math.floor(number / (mostUses + 1));
}

/** With 65,536 members at a time, a number still fits into 32 bits. */
const mostUses = 0xffff;
