import { Buffer } from 'node:buffer';
import { headerSize, longestPayload } from '../core/wsgi/frames';

/** Takes a frame. The payload is `bytes[start, end)`, a view that is not to be kept without a copy of its own. */
export type FrameHandler = (type: number, call: number, bytes: Buffer, start: number, end: number) => void;

/** The other side sent what is no sound frame. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
  /** @param what completes "a frame ..." */
  constructor(what: string) {
    super(`a frame ${what}`);
  }
}

/** Cuts a byte stream into frames. */
export class FrameReader {
  readonly #handle: FrameHandler;
  #parts: Buffer[] = [];
  #length = 0;
  /** Bytes that must be there before the next frame can be complete. */
  #wanted = headerSize;

  constructor(handle: FrameHandler) {
    this.#handle = handle;
  }

  /** @throws {FrameError} for a payload that is longer than any sound one */
  receive(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    // A large frame comes in many parts: they are joined once, not at each arrival.
    if (this.#length < this.#wanted) return;
    const joined = this.#parts.length === 1 ? bytes : Buffer.concat(this.#parts);
    let at = 0;
    this.#wanted = headerSize;
    while (joined.length - at >= headerSize) {
      const payload = joined.readUInt32LE(at);
      if (payload > longestPayload) throw new FrameError(`of ${payload} bytes`);
      const end = at + headerSize + payload;
      if (end > joined.length) {
        this.#wanted = headerSize + payload;
        break;
      }
      this.#handle(joined.readUInt8(at + 4), joined.readUInt32LE(at + 5), joined, at + headerSize, end);
      at = end;
    }
    this.#parts = at === joined.length ? [] : [joined.subarray(at)];
    this.#length = joined.length - at;
  }
}
