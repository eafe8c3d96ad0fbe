import { Buffer } from 'node:buffer';
import type { ExchangeDetail } from '../core/trace/detail';
import { ColdData } from './coldData';

/**
 * Keeps the cold data of finished exchanges as bytes, under a byte budget: the oldest block is forgotten first.
 *
 * Bytes, because hundreds of thousands of small objects would keep the garbage collector busy while nobody looks at
 * them. The place of an exchange is found by its id, in a ring.
 */
export class DetailStore {
  readonly #mostBlocks: number;
  readonly #blocks = new Map<number, Buffer>();
  readonly #places = new Float64Array(places);
  #block = 0;
  #end = blockSize;

  /** @param budget bytes; at least one block of 1 MiB is kept */
  constructor(budget: number) {
    this.#mostBlocks = Math.max(1, Math.floor(budget / blockSize));
  }

  /** Keeps what no longer changes. */
  keep(exchange: number, cold: ColdData): void {
    const size = cold.size;
    if (this.#end + size > blockSize) this.#nextBlock(Math.max(size, blockSize));
    const block = this.#blocks.get(this.#block);
    if (!block) return;
    this.#places[exchange % places] = this.#block * blockSize + this.#end;
    this.#end = cold.write(block, this.#end);
  }

  get(exchange: number): ExchangeDetail | undefined {
    const place = this.#places[exchange % places] ?? 0;
    const block = this.#blocks.get(Math.floor(place / blockSize));
    return block && ColdData.read(block, place % blockSize, exchange);
  }

  /** @param size larger than usual for a detail that fills more than a block; it is then alone in it */
  #nextBlock(size: number): void {
    this.#block++;
    this.#end = 0;
    const reused = this.#blocks.get(this.#block - this.#mostBlocks);
    this.#blocks.delete(this.#block - this.#mostBlocks);
    this.#blocks.set(this.#block, reused?.length === size ? reused : Buffer.allocUnsafe(size));
  }
}

const blockSize = 1024 * 1024;
/** More exchanges than fit into the budget: the smallest detail has about 250 bytes. */
const places = 131_072;
