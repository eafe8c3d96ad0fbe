import type { ExchangeDetail } from '../core/trace/detail';
import { ColdData } from './coldData';
import { MemoryBlock } from './memoryBlock';

/**
 * Keeps the cold data of finished exchanges as bytes, under a budget: the oldest block is forgotten first.
 *
 * Bytes, because hundreds of thousands of small objects would keep the garbage collector busy while nobody looks at
 * them. The place of an exchange is found by its id, in a ring.
 */
export class DetailStore {
  readonly #mostBlocks: number;
  readonly #blocks = new Map<number, MemoryBlock>();
  readonly #places = new Float64Array(places);
  #block: MemoryBlock;
  #number = 1;
  #end = 0;

  /** @param budget bytes; at least one block of 1 MiB is kept */
  constructor(budget: number) {
    this.#mostBlocks = Math.max(1, Math.floor(budget / 8 / blockSize));
    this.#block = new MemoryBlock(blockSize);
    this.#blocks.set(this.#number, this.#block);
  }

  /** Keeps what no longer changes. */
  keep(exchange: number, cold: ColdData): void {
    const size = cold.size;
    if (this.#end + size > blockSize) this.#nextBlock(Math.max(size, blockSize));
    this.#places[exchange % places] = this.#number * blockSize + this.#end;
    this.#end = cold.write(this.#block, this.#end);
  }

  get(exchange: number): ExchangeDetail | undefined {
    const place = this.#places[exchange % places] ?? 0;
    const block = this.#blocks.get(Math.floor(place / blockSize));
    return block && ColdData.read(block, place % blockSize, exchange);
  }

  /** @param size larger than usual for a detail that fills more than a block; it is then alone in it */
  #nextBlock(size: number): void {
    this.#number++;
    this.#end = 0;
    const oldest = this.#blocks.get(this.#number - this.#mostBlocks);
    this.#blocks.delete(this.#number - this.#mostBlocks);
    this.#block = oldest?.numbers.length === size ? oldest : new MemoryBlock(size);
    this.#blocks.set(this.#number, this.#block);
  }
}

/** In units of 8 bytes, as all sizes and places here: 1 MiB. */
const blockSize = 131_072;
/** More exchanges than fit into a usual budget: the smallest detail has about 250 bytes. */
const places = 131_072;
