import { Buffer } from 'node:buffer';
import type { WireBytes } from '../core/trace/detail';

/**
 * The beginning of a body, as it goes over the wire. While the exchange goes on the first pieces are views of what was
 * received, so keeping them copies nothing; many small ones are gathered, so that a long stream holds no more than its
 * bytes.
 */
export class KeptBody {
  /** Bytes, and the text of framing. */
  #pieces: (Uint8Array | string)[] = [];
  /** Takes the place of the pieces when there are many. */
  #gathered: Buffer | undefined;
  #length = 0;
  #size = 0;
  #complete = false;

  /** What was kept before. */
  static of(bytes: Uint8Array, size: number, complete: boolean): KeptBody {
    const body = new KeptBody();
    body.add(bytes);
    body.#size = size;
    body.#complete = complete;
    return body;
  }

  /** @param piece bytes, or text of them in latin-1 */
  add(piece: Uint8Array | string): void {
    this.#size += piece.length;
    const room = mostKept - this.#length;
    if (room === 0 || piece.length === 0) return;
    const kept = piece.length <= room ? piece : shortened(piece, room);
    const length = this.#length + kept.length;
    if (this.#gathered) put(kept, this.#roomFor(length, this.#gathered), this.#length);
    else if (this.#pieces.push(kept) > mostPieces) this.#gather(length);
    this.#length = length;
  }

  /** Nothing follows. */
  end(): void {
    this.#complete = true;
  }

  /** Bytes that are kept. */
  get length(): number {
    return this.#length;
  }

  /** Bytes that there were. */
  get size(): number {
    return this.#size;
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** Puts the bytes in place, from `at` on; returns how many. */
  write(target: Buffer, at: number): number {
    if (this.#gathered) this.#gathered.copy(target, at, 0, this.#length);
    else for (const piece of this.#pieces) at = put(piece, target, at);
    return this.#length;
  }

  /** In memory of its own: what goes to another thread takes the whole memory of a view along. */
  copy(): WireBytes {
    const bytes = new Uint8Array(this.#length);
    this.write(Buffer.from(bytes.buffer), 0);
    return { bytes, truncated: !this.#complete || this.#size > this.#length, size: this.#size };
  }

  /** @param length of all pieces */
  #gather(length: number): void {
    const gathered = Buffer.allocUnsafeSlow(Math.min(mostKept, 2 * length));
    let at = 0;
    for (const piece of this.#pieces) at = put(piece, gathered, at);
    this.#pieces = [];
    this.#gathered = gathered;
  }

  #roomFor(length: number, gathered: Buffer): Buffer {
    if (length <= gathered.length) return gathered;
    const larger = Buffer.allocUnsafeSlow(Math.min(mostKept, 2 * length));
    gathered.copy(larger, 0, 0, this.#length);
    this.#gathered = larger;
    return larger;
  }
}

/** @returns where it ends */
function put(piece: Uint8Array | string, target: Buffer, at: number): number {
  if (typeof piece === 'string') target.write(piece, at, 'latin1');
  else target.set(piece, at);
  return at + piece.length;
}

function shortened(piece: Uint8Array | string, length: number): Uint8Array | string {
  return typeof piece === 'string' ? piece.slice(0, length) : piece.subarray(0, length);
}

const mostKept = 64 * 1024;
const mostPieces = 24;
