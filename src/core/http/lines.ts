import { refusal, type HttpError } from './httpError';
import type { Input, Latin1Decoder } from './input';

/**
 * Cuts input into the CRLF-ended lines of a head, a chunk size or a trailer section, however the bytes were split on
 * their way. A line longer than its limit is refused as soon as that is certain, whether or not its end has arrived,
 * so that every split of the same bytes gives the same result.
 */
export class Lines {
  readonly #input: Input;
  readonly #decode: Latin1Decoder;
  #text = '';
  #at = 0;

  constructor(input: Input, decode: Latin1Decoder) {
    this.#input = input;
    this.#decode = decode;
  }

  /** True when a line has begun and not ended. */
  get partial(): boolean {
    return this.#at < this.#text.length;
  }

  /**
   * The next line without its CRLF; undefined while its end has not arrived.
   *
   * @param most longest line, its CRLF included, in bytes
   * @param tooLong what to refuse a longer one with
   * @throws {HttpError} for a line that is too long or ends in a bare LF
   */
  next(most: number, tooLong: () => HttpError): string | undefined {
    let feed = this.#text.indexOf('\n', this.#at);
    while (feed < 0 && this.#input.length > 0 && this.#text.length - this.#at <= most) {
      const before = this.#text.length - this.#at;
      this.#text = this.#text.slice(this.#at) + this.#input.takeText(readAhead, this.#decode);
      this.#at = 0;
      feed = this.#text.indexOf('\n', before);
    }
    const length = (feed < 0 ? this.#text.length : feed + 1) - this.#at;
    if (length > most) throw tooLong();
    if (feed < 0) return undefined;
    if (feed === this.#at || this.#text.charCodeAt(feed - 1) !== carriageReturn) {
      // RFC 9112 section 2.2 lets a server accept a bare LF; two servers that differ in it can be played off.
      throw refusal(400, 'bare-lf', 'A line ends in LF without CR (RFC 9112, 2.2).');
    }
    const line = this.#text.slice(this.#at, feed - 1);
    this.#at = feed + 1;
    return line;
  }

  /** Gives what was read ahead back to the input: the lines are over, other bytes follow. */
  end(): void {
    this.#input.giveBack(this.#text.length - this.#at);
    this.#text = '';
    this.#at = 0;
  }
}

const carriageReturn = 13;
/** Bytes decoded at a time: more than nearly all heads, and little to give back where a large body follows. */
const readAhead = 4096;
