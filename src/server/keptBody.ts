import type { RequestBody } from '../core/trace/detail';

/**
 * The beginning of a request body, as it came over the wire. While the exchange goes on these are views of what was
 * received, so keeping them copies nothing.
 */
export class KeptBody {
  readonly #blocks: Uint8Array[] = [];
  #length = 0;
  #cut = false;
  #complete = false;

  /** @param last the body is complete */
  add(bytes: Uint8Array, last: boolean): void {
    const room = mostKept - this.#length;
    const kept = bytes.length > room ? bytes.subarray(0, room) : bytes;
    if (kept.length < bytes.length) this.#cut = true;
    if (kept.length > 0) this.#blocks.push(kept);
    this.#length += kept.length;
    this.#complete ||= last;
  }

  get length(): number {
    return this.#length;
  }

  /** More than this came, or was to come. */
  get truncated(): boolean {
    return this.#cut || !this.#complete;
  }

  /** Puts the bytes in place, from `at` on; returns how many. */
  write(target: Uint8Array, at: number): number {
    for (const block of this.#blocks) {
      target.set(block, at);
      at += block.length;
    }
    return this.#length;
  }

  /** In memory of its own: what goes to another thread takes the whole memory of a view along. */
  copy(): RequestBody {
    const bytes = new Uint8Array(this.#length);
    this.write(bytes, 0);
    return { bytes, truncated: this.truncated };
  }
}

const mostKept = 64 * 1024;
