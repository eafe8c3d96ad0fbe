import type { ExchangeDetail } from '../core/trace/detail';
import type { ColdData } from './coldData';

/** Keeps the cold data of finished exchanges under a byte budget: the oldest is forgotten first. */
export class DetailStore {
  readonly #budget: number;
  readonly #kept = new Map<number, ColdData>();
  #size = 0;

  /** @param budget bytes, as `ColdData.size` estimates them */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Keeps what no longer changes. */
  keep(exchange: number, cold: ColdData): void {
    this.#kept.set(exchange, cold);
    this.#size += cold.size;
    if (this.#size > this.#budget) this.#forget();
  }

  get(exchange: number): ExchangeDetail | undefined {
    return this.#kept.get(exchange)?.detail;
  }

  #forget(): void {
    for (const [id, oldest] of this.#kept) {
      if (this.#size <= this.#budget) break;
      this.#kept.delete(id);
      this.#size -= oldest.size;
    }
  }
}
