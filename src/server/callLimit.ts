import type { Call } from './call';
import { Deadlines, type Timed } from './deadlines';
import type { Slots } from './slots';

/** A call that was sent to a worker and is not over. */
export class Outstanding implements Timed {
  readonly call: Call;
  /** Counts up: its place in the order in which calls were sent. */
  readonly turn: number;
  /** It is known to run. */
  runs = false;
  /** It was asked back, for another worker. */
  recalled = false;
  /** It has taken longer than an app call may. */
  overdue = false;
  /** 0: none. A deadline of Infinity would be an allocation of its own for every call. */
  due = 0;
  readonly #limit: CallLimit;

  constructor(call: Call, turn: number, limit: CallLimit) {
    this.call = call;
    this.turn = turn;
    this.#limit = limit;
  }

  get deadline(): number {
    return this.due === 0 ? Infinity : this.due;
  }

  /** Perhaps no slot has taken it, and another worker could have it instead. */
  get mayReturn(): boolean {
    return !this.runs && !this.recalled && this.call.repeatable;
  }

  expired(): void {
    this.#limit.passed(this);
  }
}

/**
 * How long the app calls of one worker may take.
 *
 * Their time counts from their beginning, which the worker tells of those that last. A worker that cannot tell, as C
 * code holds its interpreter, is taken to run the calls that it was sent first, from when its silence was noticed. To
 * wait for a slot does not count. One timer is set, for the earliest, while a call is known or taken to run for long.
 */
export class CallLimit {
  readonly #calls: Slots<Outstanding>;
  readonly #ms: number;
  readonly #tell: (outstanding: Outstanding) => void;
  readonly #deadlines: Deadlines;
  /** Calls that have a deadline. */
  #timed = 0;
  #overdue = 0;
  #lookedAt = 0;
  #seen = 0;

  /**
   * @param ms Infinity: no limit
   * @param tell is told of each call whose time is over
   */
  constructor(calls: Slots<Outstanding>, ms: number, tell: (outstanding: Outstanding) => void) {
    this.#calls = calls;
    this.#ms = ms;
    this.#tell = tell;
    this.#deadlines = new Deadlines(calls);
  }

  /** Calls that are over time and not over. */
  get overdue(): number {
    return this.#overdue;
  }

  /** The call is known to run, since `ago` ms. */
  begun(outstanding: Outstanding, ago: number): void {
    if (this.#ms < Infinity && !outstanding.overdue) this.#set(outstanding, this.#ms - ago);
  }

  /**
   * Looks for calls that probably run and of which nothing is known.
   *
   * @param turn of the call that was sent last
   * @param free slots that no call is known to have
   * @param stuck no call has ended for a moment; else those are meant that were here at an earlier look
   * @returns whether there are any: the worker had better be asked
   */
  look(turn: number, free: number, stuck: boolean): boolean {
    if (this.#ms === Infinity) return false;
    const now = performance.now();
    if (!stuck && now - this.#lookedAt < lookMs) return false;
    const newest = stuck ? turn : this.#seen;
    const silent = this.#calls.values().filter((each) => !each.runs && !each.overdue && each.turn <= newest);
    silent.sort((a, b) => a.turn - b.turn);
    silent.length = Math.min(silent.length, free);
    for (const each of silent) {
      if (each.due === 0) this.#set(each, this.#ms);
    }
    this.#lookedAt = now;
    this.#seen = turn;
    return silent.length > 0;
  }

  /** The call's time is over. */
  passed(outstanding: Outstanding): void {
    this.#untime(outstanding);
    outstanding.overdue = true;
    this.#overdue++;
    this.#tell(outstanding);
  }

  /** The call has ended. */
  over(outstanding: Outstanding): void {
    if (outstanding.overdue) this.#overdue--;
    this.#untime(outstanding);
  }

  /** The worker is gone. */
  stop(): void {
    this.#deadlines.stop();
  }

  #set(outstanding: Outstanding, ms: number): void {
    if (outstanding.due === 0) this.#timed++;
    outstanding.due = performance.now() + ms;
    this.#deadlines.watch(outstanding);
  }

  #untime(outstanding: Outstanding): void {
    if (outstanding.due === 0) return;
    outstanding.due = 0;
    this.#timed--;
    if (this.#timed === 0) this.#deadlines.stop();
  }
}

/** While calls end all the time, one that lasts is found at the second of these looks. */
const lookMs = 100;
