/** What became of one request. */
export type Fate = 'answered' | 'failed at a kill' | 'lost' | 'crossed';

/**
 * Who asked, and what came. A request must be answered with its own token, unless the app worker was killed while it
 * was in flight, or it was handed to a worker that was dying, before the server could know.
 */
export class Ledger {
  readonly counts: Record<Fate, number> = { answered: 0, 'failed at a kill': 0, lost: 0, crossed: 0 };
  /** The first few requests that went wrong, for a person. */
  readonly wrongs: string[] = [];
  /** ms of the requests of which each is short, and of those among them that no kill touched. */
  readonly latencies: number[] = [];
  readonly calmLatencies: number[] = [];
  /** From the kill until the server had noticed. */
  readonly #kills: { readonly at: number; noticed: number }[] = [];

  killed(): void {
    this.#kills.push({ at: performance.now(), noticed: Infinity });
  }

  noticed(): void {
    const last = this.#kills.at(-1);
    if (last) last.noticed = performance.now();
  }

  /** How long it took the server to notice a kill, at most, in ms. */
  get longestUnnoticed(): number {
    return Math.max(0, ...this.#kills.map(({ at, noticed }) => noticed - at));
  }

  get kills(): number {
    return this.#kills.length;
  }

  /**
   * Notes a request that has ended just now.
   *
   * @param answer status and body; undefined where the connection broke
   * @param short its latency tells of the server, not of the request
   */
  note(began: number, what: string, expected: string, answer: Answer | undefined, short: boolean): void {
    const now = performance.now();
    const fate = this.#fate(began, expected, answer);
    this.counts[fate]++;
    if (fate === 'answered' && short) {
      this.latencies.push(now - began);
      if (!this.#kills.some(({ at }) => at >= began - recoveryMs)) this.calmLatencies.push(now - began);
    }
    if ((fate === 'lost' || fate === 'crossed') && this.wrongs.length < 10) {
      const came = answer ? `${answer.status} ${answer.body.slice(0, 100)}` : 'nothing';
      this.wrongs.push(`${fate}: ${what} after ${Math.round(now - began)} ms: ${came}`);
    }
  }

  #fate(began: number, expected: string, answer: Answer | undefined): Fate {
    if (answer?.status === 200) return answer.body === expected ? 'answered' : 'crossed';
    return this.#kills.some(({ noticed }) => noticed >= began) ? 'failed at a kill' : 'lost';
  }
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** So long after a kill a new worker may still be starting. */
const recoveryMs = 1000;

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}
