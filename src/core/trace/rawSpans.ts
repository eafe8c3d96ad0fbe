import { isSecretField } from './secretFields';

/**
 * What the bytes of a message are, one after another: each byte belongs to one span. The reader takes what is there, sound
 * or not, for it also has to say what the bytes of a refused request were.
 */
export interface RawSpan {
  readonly kind: RawKind;
  readonly from: number;
  /** Where the next one begins. */
  readonly to: number;
  /** Position among the fields of the head, trailers after them; or among the chunks. -1: of neither. */
  readonly number: number;
  /** May let others in who see it. */
  readonly secret: boolean;
}

export type RawKind =
  | 'method'
  | 'target'
  | 'version'
  | 'status'
  | 'reason'
  | 'space'
  | 'lineEnd'
  | 'emptyLine'
  | 'fieldName'
  | 'colon'
  | 'margin'
  | 'fieldValue'
  | 'noField'
  | 'headEnd'
  | 'content'
  | 'chunkSize'
  | 'chunkExtension'
  | 'chunkData'
  | 'chunkEnd'
  | 'lastChunk'
  | 'trailerName'
  | 'trailerValue'
  | 'trailersEnd'
  | 'malformed'
  | 'rest';

/** @param refused what follows the head was not read: it is no body, whatever the head says */
export function rawSpans(bytes: Uint8Array, message: 'request' | 'response', refused = false): RawSpan[] {
  const reader = new RawReader(bytes);
  if (message === 'request') reader.request(refused);
  else reader.response();
  return reader.spans;
}

class RawReader {
  readonly spans: RawSpan[] = [];
  readonly #bytes: Uint8Array;
  #at = 0;
  #fields = 0;
  #chunked = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  request(refused: boolean): void {
    for (let line = this.#line(); line.end === this.#at && line.next > line.end; line = this.#line()) {
      this.#cut('emptyLine', line.next);
    }
    this.#requestLine();
    if (this.#fieldLines('fieldName', 'fieldValue', 'headEnd') && !refused) this.#body();
    this.#cut('rest', this.#bytes.length);
  }

  /** Interim responses may stand before it (RFC 9110 section 15.2). */
  response(): void {
    let interim: boolean;
    do {
      interim = this.#statusLine();
      if (!this.#fieldLines('fieldName', 'fieldValue', 'headEnd')) break;
      if (!interim) this.#body();
    } while (interim);
    this.#cut('rest', this.#bytes.length);
  }

  /** method SP request-target SP HTTP-version */
  #requestLine(): void {
    const { end, next } = this.#line();
    const first = this.#find(SP, this.#at, end);
    const last = this.#bytes.lastIndexOf(SP, end - 1);
    if (first === end || first === this.#at) this.#cut('malformed', end);
    else {
      this.#cut('method', first);
      this.#cut('space', first + 1);
      if (last > first) {
        this.#cut('target', last);
        this.#cut('space', last + 1);
        this.#cut('version', end);
      } else this.#cut('target', end);
    }
    this.#cut('lineEnd', next);
  }

  /** HTTP-version SP status-code SP [ reason-phrase ]; whether it is an interim one */
  #statusLine(): boolean {
    const { end, next } = this.#line();
    const first = this.#find(SP, this.#at, end);
    const second = this.#find(SP, first + 1, end);
    const interim = first < end && this.#bytes[first + 1] === ONE;
    this.#cut('version', first);
    this.#cut('space', Math.min(end, first + 1));
    this.#cut('status', second);
    this.#cut('space', Math.min(end, second + 1));
    this.#cut('reason', end);
    this.#cut('lineEnd', next);
    return interim;
  }

  /** *( field-line CRLF ) and the empty line; whether that is there */
  #fieldLines(nameKind: RawKind, valueKind: RawKind, endKind: RawKind): boolean {
    while (this.#at < this.#bytes.length) {
      const { end, next } = this.#line();
      if (end === this.#at) {
        const whole = next > end;
        this.#cut(endKind, next);
        return whole;
      }
      this.#fieldLine(end, nameKind, valueKind, this.#fields++);
      this.#cut('lineEnd', next);
    }
    return false;
  }

  #fieldLine(end: number, nameKind: RawKind, valueKind: RawKind, number: number): void {
    const colon = this.#find(COLON, this.#at, end);
    if (colon === end || colon === this.#at || isBlank(this.#bytes[this.#at])) {
      this.#cut('noField', end, number);
      return;
    }
    const name = this.#text(this.#at, colon).trim().toLowerCase();
    if (name === 'transfer-encoding') this.#chunked = true;
    this.#cut(nameKind, colon, number);
    this.#cut('colon', colon + 1, number);
    let [from, to] = [colon + 1, end];
    while (from < end && isBlank(this.#bytes[from])) from++;
    while (to > from && isBlank(this.#bytes[to - 1])) to--;
    this.#cut('margin', from, number);
    this.#cut(valueKind, to, number, isSecretField(name));
    this.#cut('margin', end, number);
  }

  #body(): void {
    if (!this.#chunked) this.#cut('content', this.#bytes.length);
    for (let number = 0; this.#at < this.#bytes.length; number++) {
      const { end, next } = this.#line();
      const [digits] = /^[0-9A-Fa-f]+/.exec(this.#text(this.#at, Math.min(end, this.#at + longestSize))) ?? [];
      if (digits === undefined) {
        this.#cut('malformed', this.#bytes.length);
        return;
      }
      const size = Number.parseInt(digits, 16);
      this.#cut(size === 0 ? 'lastChunk' : 'chunkSize', this.#at + digits.length, number);
      this.#cut('chunkExtension', end, number);
      this.#cut('lineEnd', next);
      if (size === 0) {
        this.#fieldLines('trailerName', 'trailerValue', 'trailersEnd');
        return;
      }
      this.#cut('chunkData', Math.min(this.#bytes.length, this.#at + size), number);
      this.#chunkEnd(number);
    }
  }

  #chunkEnd(number: number): void {
    const [first, second] = this.#bytes.subarray(this.#at, this.#at + 2);
    if (first === undefined) return;
    const sound = first === CR && (second === LF || second === undefined);
    if (sound) this.#cut('chunkEnd', Math.min(this.#bytes.length, this.#at + 2), number);
    else this.#cut('malformed', this.#bytes.length);
  }

  /** Where the line ends that begins here, and where the next one begins: at the end of the bytes, the same. */
  #line(): { end: number; next: number } {
    const feed = this.#bytes.indexOf(LF, this.#at);
    if (feed < 0) return { end: this.#bytes.length, next: this.#bytes.length };
    const end = feed > this.#at && this.#bytes[feed - 1] === CR ? feed - 1 : feed;
    return { end, next: feed + 1 };
  }

  /** Where a byte is first, or else the end. */
  #find(byte: number, from: number, end: number): number {
    const at = this.#bytes.subarray(from, end).indexOf(byte);
    return at < 0 ? end : from + at;
  }

  #text(from: number, to: number): string {
    return String.fromCharCode(...this.#bytes.subarray(from, Math.min(to, from + longestName)));
  }

  /** The bytes up to there are of that kind; nothing where there are none. */
  #cut(kind: RawKind, to: number, number = -1, secret = false): void {
    if (to <= this.#at) return;
    this.spans.push({ kind, from: this.#at, to, number, secret });
    this.#at = to;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SP || byte === TAB;
}

/** The position of the span that a byte belongs to; -1 where there is none. */
export function spanAt(spans: readonly RawSpan[], byte: number): number {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span || byte < span.from) high = middle - 1;
    else if (byte >= span.to) low = middle + 1;
    else return middle;
  }
  return -1;
}

const [TAB, LF, CR, SP, ONE, COLON] = [9, 10, 13, 32, 49, 58];
/** Characters of a chunk size, and of a field name, beyond which nothing is known by its name. */
const longestSize = 32;
const longestName = 256;
