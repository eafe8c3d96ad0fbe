/** Bytes that arrived and are not consumed yet. */
export class Input {
  #bytes: Uint8Array = empty;
  #at = 0;

  get length(): number {
    return this.#bytes.length - this.#at;
  }

  /** All that is there is CR and LF. */
  get blank(): boolean {
    for (let at = this.#at; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte !== 13 && byte !== 10) return false;
    }
    return true;
  }

  append(bytes: Uint8Array): void {
    if (this.length === 0) {
      this.#bytes = bytes;
      this.#at = 0;
      return;
    }
    const joined = new Uint8Array(this.length + bytes.length);
    joined.set(this.#bytes.subarray(this.#at));
    joined.set(bytes, this.length);
    this.#bytes = joined;
    this.#at = 0;
  }

  /** Consumes up to `most` bytes; a view, not a copy. */
  take(most: number): Uint8Array {
    const end = Math.min(this.#bytes.length, this.#at + most);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** Consumes up to `most` bytes as latin-1 text. */
  takeText(most: number, decode: Latin1Decoder): string {
    const start = this.#at;
    this.#at = Math.min(this.#bytes.length, start + most);
    return decode(this.#bytes, start, this.#at);
  }

  /** Up to `most` bytes as latin-1 text, which are not consumed by it. */
  peekText(most: number, decode: Latin1Decoder): string {
    return decode(this.#bytes, this.#at, Math.min(this.#bytes.length, this.#at + most));
  }

  /** Where the next byte is consumed, until more are appended. */
  get position(): number {
    return this.#at;
  }

  /** What was consumed since a position: a view. */
  since(position: number): Uint8Array {
    return this.#bytes.subarray(position, this.#at);
  }

  /** Gives the last `count` consumed bytes back. Only what the last `take` or `takeText` consumed may be given back. */
  giveBack(count: number): void {
    this.#at -= count;
  }
}

/** `bytes[start, end)` as text, one character a byte. */
export type Latin1Decoder = (bytes: Uint8Array, start: number, end: number) => string;

const empty = new Uint8Array(0);
