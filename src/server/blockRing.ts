import { MemoryBlock } from './memoryBlock';

/**
 * Memory for what is kept of exchanges, under a budget: the oldest block is forgotten first. The place of an exchange is
 * found by its id, in a ring.
 *
 * Blocks, because hundreds of thousands of small objects would keep the garbage collector busy while nobody looks at them.
 */
export class BlockRing {
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

  /** The block in which something was reserved last. */
  get block(): MemoryBlock {
    return this.#block;
  }

  /** Makes room for what is kept of an exchange, in units of 8 bytes; returns where in `block` it begins. */
  reserve(exchange: number, size: number): number {
    if (this.#end + size > blockSize) this.#nextBlock(Math.max(size, blockSize));
    const at = this.#end;
    this.#places[exchange % places] = this.#number * blockSize + at;
    this.#end += size;
    return at;
  }

  /** Where something may be written for the exchange: it may also be of another one, whose id has the same place. */
  find(exchange: number): { readonly block: MemoryBlock; readonly at: number } | undefined {
    const place = this.#places[exchange % places] ?? 0;
    const block = this.#blocks.get(Math.floor(place / blockSize));
    return block && { block, at: place % blockSize };
  }

  /** @param size larger than usual for something that fills more than a block; it is then alone in it */
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
