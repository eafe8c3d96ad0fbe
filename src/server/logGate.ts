import type { ServerLog } from './protocol';

/**
 * Lines for the owner's log, no faster than the owner takes them: an app that floods its output must not fill the memory
 * with lines that nobody has read yet. What does not fit is left out and counted.
 *
 * The owner is asked now and then whether it has seen all lines so far, and not for each line.
 */
export class LogGate {
  readonly #tell: (line: ServerLog) => void;
  readonly #caughtUp: () => Promise<void>;
  /** Characters told since the owner was last known to have seen all. */
  #ahead = 0;
  #asking = false;
  #leftOut = 0;

  /** @param caughtUp resolves when the owner has seen all that was told before */
  constructor(tell: (line: ServerLog) => void, caughtUp: () => Promise<void>) {
    this.#tell = tell;
    this.#caughtUp = caughtUp;
  }

  line(line: ServerLog): void {
    if (this.#ahead > mostAhead) {
      this.#leftOut++;
      return;
    }
    this.#ahead += line.text.length + lineOverhead;
    this.#tell(line);
    if (this.#ahead > mostAhead / 2 && !this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    const asked = this.#ahead;
    try {
      await this.#caughtUp();
    } catch {
      return; // the owner is gone: nothing is to be told any more
    }
    this.#asking = false;
    this.#ahead -= asked;
    const leftOut = this.#leftOut;
    if (leftOut === 0) return;
    this.#leftOut = 0;
    const text = `${leftOut} lines are left out here: the app wrote faster than they can be shown.`;
    this.line({ level: 'warning', source: 'server', text });
  }
}

/** In characters. */
const mostAhead = 1024 * 1024;
/** A short line costs more than its characters. */
const lineOverhead = 100;
