import type { Slots } from './slots';

/** What has a deadline: ms on `performance.now`'s clock, Infinity where there is none. */
export interface Timed {
  readonly deadline: number;
  /** The deadline has passed. */
  expired(): void;
}

/**
 * Deadlines of many connections with one timer, set for the earliest. To move a deadline costs an assignment: the
 * timer looks again when it fires. No deadline, no timer.
 */
export class Deadlines {
  readonly #members: Slots<Timed>;
  #timer: NodeJS.Timeout | undefined;
  #firesAt = Infinity;

  /** @param members whose deadlines these are; with the last of them gone, `stop` is to be called */
  constructor(members: Slots<Timed>) {
    this.#members = members;
  }

  /** To be called after a member's deadline was set. */
  watch(member: Timed): void {
    if (member.deadline < this.#firesAt) this.#arm(member.deadline);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#firesAt = Infinity;
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#firesAt = at;
    this.#timer = setTimeout(() => this.#fire(), Math.min(longestMs, Math.max(1, Math.ceil(at - performance.now()))));
  }

  #fire(): void {
    this.#firesAt = Infinity;
    const now = performance.now();
    let next = Infinity;
    for (const member of this.#members.values()) {
      if (member.deadline <= now) member.expired();
      next = Math.min(next, member.deadline);
    }
    if (next < Infinity) this.#arm(next);
  }
}

/** Node takes a longer time for none at all. */
const longestMs = 2 ** 31 - 1;
