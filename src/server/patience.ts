/** The calls of one worker, as far as one has to be patient with them. */
export interface WatchedCalls {
  /** Some calls may wait behind one that lasts: not everything that can run is known to run. */
  due(): boolean;
  /** Calls that were sent and are not over; those of them that are known to run; those that ended so far. */
  counts(): { readonly outstanding: number; readonly running: number; readonly ended: number };
  /**
   * Some calls probably run of which nothing is known.
   *
   * @param stuck no call has ended since the last look
   */
  silent(stuck: boolean): boolean;
  /** Asks the worker which calls run, which wakes its other threads. */
  nudge(): void;
}

/**
 * Looks now and then whether the calls of a worker end, while some of them may wait behind one that lasts.
 *
 * One timer runs, and only while its owner says `watch`.
 */
export class Patience {
  readonly #calls: WatchedCalls;
  #ended = 0;
  #running = 0;
  #timer: NodeJS.Timeout | undefined;
  #ms = shortestMs;
  #stuck = false;
  #stopped = false;

  constructor(calls: WatchedCalls) {
    this.#calls = calls;
  }

  /** No call has ended for a while although some are outstanding. */
  get stuck(): boolean {
    return this.#stuck;
  }

  /** A call has ended. */
  progress(): void {
    this.#stuck = false;
  }

  watch(): void {
    if (this.#calls.due()) this.#timer ??= setTimeout(this.#whenRead, this.#ms);
  }

  /** The worker is gone. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Timers come before pipes: when this thread was held up, the answers that lie there are to be read first. */
  readonly #whenRead = (): void => {
    setImmediate(this.#look);
  };

  readonly #look = (): void => {
    this.#timer = undefined;
    if (this.#stopped) return;
    const { outstanding, running, ended } = this.#calls.counts();
    const stuck = ended === this.#ended && outstanding > 0;
    const silent = this.#calls.silent(stuck);
    if (!stuck) {
      this.#ended = ended;
      this.#ms = shortestMs;
      if (silent) this.#calls.nudge();
    } else {
      this.#stuck = true;
      this.#calls.nudge();
      // A worker that cannot answer, as C code holds its interpreter, is not asked in vain all the time.
      const answered = running > this.#running;
      this.#ms = answered ? shortestMs : Math.min(2 * this.#ms, longestMs);
    }
    this.#running = running;
    this.watch();
  };
}

/** How long no call may end before the worker's other threads are woken. A thread that is woken costs about 20 us. */
const shortestMs = 2;
const longestMs = 64;
