import type { Clock } from './clock';

/**
 * Relates the clock of an app worker to the trace's clock, as NTP does: the worker's reading lies between the sending
 * of a question and the arrival of its answer, so the shortest round trip gives the best estimate, and half of it
 * bounds the error. No timer: questions go out at the start and then beside traffic.
 */
export class ClockOffset {
  readonly #now: Clock;
  readonly #ask: (at: number) => void;
  #offset = 0;
  #error = Infinity;
  #measuredAt = -Infinity;
  #questionsLeft = 0;

  /** @param ask sends a question that carries the given time */
  constructor(now: Clock, ask: (at: number) => void) {
    this.#now = now;
    this.#ask = ask;
  }

  /** Bound of the error, in ms; infinite before the first answer. */
  get error(): number {
    return this.#error;
  }

  /** Answers are still to come. */
  get asking(): boolean {
    return this.#questionsLeft > 0;
  }

  /** A reading of the worker's clock, on the trace's clock. */
  toTrace(workerTime: number): number {
    return workerTime + this.#offset;
  }

  /** Asks a few times, where the last measurement is old. */
  refresh(): void {
    if (this.#questionsLeft > 0 || this.#now() - this.#measuredAt < freshMs) return;
    this.#questionsLeft = questions;
    this.#next();
  }

  /** @param asked the time that the question carried; @param read, @param answered on the worker's clock */
  answered(asked: number, read: number, answered: number): void {
    const now = this.#now();
    const error = (now - asked - (answered - read)) / 2;
    // Clocks may drift apart by 50 ppm: an old bound grows by as much.
    const aged = this.#error + (now - this.#measuredAt) * 50e-6;
    if (!(error >= aged)) {
      this.#error = error;
      this.#offset = (asked + now) / 2 - (read + answered) / 2;
      this.#measuredAt = now;
    }
    this.#questionsLeft--;
    if (this.#questionsLeft > 0) this.#next();
    else if (now - this.#measuredAt >= freshMs) {
      this.#error = aged;
      this.#measuredAt = now;
    }
  }

  #next(): void {
    this.#ask(this.#now());
  }
}

const questions = 8;
const freshMs = 10_000;
