import * as grammar from './grammar';
import type { HttpError } from './httpError';
import { refusal } from './httpError';
import type { Input, Latin1Decoder } from './input';
import type { Limits } from './limits';
import { Lines } from './lines';

/** Reads one request body out of the input. */
export interface BodyReader {
  /**
   * The next block (a view of the received bytes), 'more' where bytes are missing, or 'end'.
   * @throws {HttpError} 400 or 413
   */
  next(): Uint8Array | 'more' | 'end';
}

export class LengthReader implements BodyReader {
  readonly #input: Input;
  #left: number;

  constructor(input: Input, length: number) {
    this.#input = input;
    this.#left = length;
  }

  next(): Uint8Array | 'more' | 'end' {
    if (this.#left === 0) return 'end';
    const block = this.#input.take(this.#left);
    this.#left -= block.length;
    return block.length > 0 ? block : 'more';
  }
}

/**
 * chunked-body = *chunk last-chunk trailer-section CRLF (RFC 9112 section 7.1).
 * Extensions are read over; trailer fields are checked and dropped, as PEP 3333 has no place for them.
 */
export class ChunkedReader implements BodyReader {
  readonly #input: Input;
  readonly #lines: Lines;
  readonly #limits: Limits;
  #state: 'size' | 'data' | 'dataEnd' | 'trailer' | 'end' = 'size';
  /** Bytes left of the chunk. */
  #left = 0;
  #total = 0;
  #trailers = 0;

  constructor(input: Input, decode: Latin1Decoder, limits: Limits) {
    this.#input = input;
    this.#lines = new Lines(input, decode);
    this.#limits = limits;
  }

  next(): Uint8Array | 'more' | 'end' {
    for (;;) {
      switch (this.#state) {
        case 'size': {
          const line = this.#lines.next(longestSizeLine, badChunk);
          if (line === undefined) return 'more';
          this.#left = this.#size(line);
          this.#state = this.#left === 0 ? 'trailer' : 'data';
          if (this.#left > 0) this.#lines.end();
          break;
        }
        case 'data': {
          const block = this.#input.take(this.#left);
          this.#left -= block.length;
          if (this.#left === 0) this.#state = 'dataEnd';
          return block.length > 0 ? block : 'more';
        }
        case 'dataEnd': {
          // Exactly CRLF: a longer line is data beyond the declared size.
          const line = this.#lines.next(2, badChunk);
          if (line === undefined) return 'more';
          this.#state = 'size';
          break;
        }
        case 'trailer': {
          const line = this.#lines.next(this.#limits.requestLine, trailersTooLarge);
          if (line === undefined) return 'more';
          if (line === '') {
            this.#lines.end();
            this.#state = 'end';
          } else {
            if (++this.#trailers > this.#limits.fields) throw trailersTooLarge();
            if (!grammar.fieldLine.test(line)) throw refusal(400, 'bad-trailer', 'A trailer field is malformed.');
          }
          break;
        }
        case 'end':
          return 'end';
      }
    }
  }

  #size(line: string): number {
    const digits = grammar.chunkSize.exec(line)?.[1];
    if (digits === undefined) throw badChunk();
    const size = parseInt(digits, 16);
    this.#total += size;
    // A size beyond 2^53 lands here too: it is larger than any limit.
    if (this.#total > this.#limits.body) throw bodyTooLarge(this.#limits.body);
    return size;
  }
}

export function bodyTooLarge(limit: number): HttpError {
  return refusal(413, 'body-too-large', `The request body is larger than the limit of ${limit} bytes.`);
}

/** A size of 16 digits and a generous extension. */
const longestSizeLine = 1024;

function badChunk(): HttpError {
  return refusal(400, 'bad-chunk', 'A chunk of the request body is malformed (RFC 9112, 7.1).');
}

function trailersTooLarge(): HttpError {
  return refusal(431, 'trailers-too-large', 'The trailer section of the request body is too large.');
}
