import { Buffer } from 'node:buffer';

/** Memory that is read and written as numbers of 8 bytes and as text. */
export class MemoryBlock {
  readonly numbers: Float64Array;
  readonly bytes: Buffer;

  /** @param size in units of 8 bytes */
  constructor(size: number) {
    this.numbers = new Float64Array(size);
    this.bytes = Buffer.from(this.numbers.buffer);
  }
}
