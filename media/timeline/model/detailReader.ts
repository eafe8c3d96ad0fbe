import type { ExchangeDetail } from '../../../src/core/trace/detail';

/**
 * Keeps the cold data of one exchange at hand, or a part of it: fetched when it is wanted, and again when the exchange has
 * changed. One question is under way at a time; changes meanwhile lead to one more.
 */
export class DetailReader<Detail = ExchangeDetail> {
  readonly #fetch: (exchange: number) => Promise<Detail | undefined>;
  readonly #arrived: () => void;
  #wanted: number | undefined;
  #detail: Detail | undefined;
  #asking = false;
  #stale = false;

  constructor(fetch: (exchange: number) => Promise<Detail | undefined>, arrived: () => void) {
    this.#fetch = fetch;
    this.#arrived = arrived;
  }

  /** The exchange whose cold data is wanted. */
  get wanted(): number | undefined {
    return this.#wanted;
  }

  get detail(): Detail | undefined {
    return this.#detail;
  }

  /** The first answer for what is wanted is still under way. */
  get loading(): boolean {
    return this.#wanted !== undefined && this.#detail === undefined && this.#asking;
  }

  want(exchange: number | undefined): void {
    if (exchange === this.#wanted) return;
    this.#wanted = exchange;
    this.#detail = undefined;
    this.#stale = exchange !== undefined;
    this.#ask();
  }

  /** The wanted exchange has changed. */
  changed(): void {
    this.#stale = this.#wanted !== undefined;
    this.#ask();
  }

  #ask(): void {
    const wanted = this.#wanted;
    if (wanted === undefined || this.#asking || !this.#stale) return;
    this.#asking = true;
    this.#stale = false;
    const done = (detail: Detail | undefined): void => {
      this.#asking = false;
      if (wanted === this.#wanted) {
        this.#detail = detail ?? this.#detail;
        this.#arrived();
      }
      this.#ask();
    };
    // A host that cannot answer is as good as one that kept nothing: the inspector says so.
    this.#fetch(wanted).then(done, () => done(undefined));
  }
}
