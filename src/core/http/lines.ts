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
  /** Where the last line began, and where the lines began that are to be kept; -1 where none are. */
  #lineStart = 0;
  #keptFrom = -1;

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
    if (feed < 0) this.#forget();
    while (feed < 0 && this.#input.length > 0 && this.#text.length - this.#at <= most) {
      const searched = this.#text.length;
      this.#text += this.#input.takeText(readAhead, this.#decode);
      feed = this.#text.indexOf('\n', searched);
    }
    const length = (feed < 0 ? this.#text.length : feed + 1) - this.#at;
    if (length > most) throw tooLong();
    if (feed < 0) return undefined;
    if (feed === this.#at || this.#text.charCodeAt(feed - 1) !== carriageReturn) {
      // RFC 9112 section 2.2 lets a server accept a bare LF; two servers that differ in it can be played off.
      throw refusal(400, 'bare-lf', 'A line ends in LF without CR (RFC 9112, 2.2).');
    }
    const line = this.#text.slice(this.#at, feed - 1);
    this.#lineStart = this.#at;
    this.#at = feed + 1;
    return line;
  }

  /** The text from the last line on is wanted as a whole, by `kept`. */
  keep(): void {
    this.#keptFrom = this.#lineStart;
  }

  /** The text since `keep`, without the last line and the CRLF before it. */
  kept(): string {
    const text = this.#text.slice(this.#keptFrom, this.#lineStart - 2);
    this.#keptFrom = -1;
    return text;
  }

  /** What was read since `keep`, or else since the last line, with what was read ahead. */
  get unfinished(): string {
    return this.#text.slice(this.#keptFrom < 0 ? this.#at : this.#keptFrom);
  }

  /** Gives what was read ahead back to the input: the lines are over, other bytes follow. */
  end(): void {
    this.#input.giveBack(this.#text.length - this.#at);
    this.#text = '';
    this.#at = 0;
  }

  /** Lets go of lines that were handed out. */
  #forget(): void {
    const done = this.#keptFrom < 0 ? this.#at : this.#keptFrom;
    if (done === 0) return;
    this.#text = this.#text.slice(done);
    this.#at -= done;
    this.#lineStart -= done;
    if (this.#keptFrom > 0) this.#keptFrom = 0;
  }
}

const carriageReturn = 13;
/** Bytes decoded at a time: more than nearly all heads, and little to give back where a large body follows. */
const readAhead = 4096;
