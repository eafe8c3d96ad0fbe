import { ChunkedReader, LengthReader, type BodyReader } from './bodyReader';
import * as grammar from './grammar';
import { HttpError } from './httpError';
import { Input, type Latin1Decoder } from './input';
import { defaultLimits, type Limits } from './limits';
import { Lines } from './lines';

/** A response that is over. */
export interface ResponseEnd {
  readonly status: number;
  /** Another request may follow on the connection (RFC 9112 section 9.3). */
  readonly keepAlive: boolean;
}

/**
 * Finds the ends of the responses on one connection, from the client's side and without any I/O: what the bodies say is
 * thrown away. Interim responses (1xx) are read over. A response without an end of its own ends with the connection.
 */
export class ResponseReader {
  readonly #decode: Latin1Decoder;
  readonly #input = new Input();
  readonly #lines: Lines;
  #method = '';
  #inputEnded = false;
  #head: Head | undefined;
  #body: BodyReader | undefined;

  constructor(decode: Latin1Decoder) {
    this.#decode = decode;
    this.#lines = new Lines(this.#input, decode);
  }

  /** The method of the request whose response comes next: that of HEAD has no body, whatever it says. */
  expect(method: string): void {
    this.#method = method;
  }

  receive(bytes: Uint8Array): void {
    this.#input.append(bytes);
  }

  /** The server sends no more (FIN). */
  receiveEnd(): void {
    this.#inputEnded = true;
  }

  /**
   * The end of the response, or 'cut short' where the connection ended before it.
   *
   * @throws {HttpError} for what is no response
   */
  next(): ResponseEnd | 'need data' | 'cut short' {
    while (!this.#body) {
      const line = this.#lines.next(limits.head, headTooLarge);
      if (line === undefined) return this.#inputEnded ? 'cut short' : 'need data';
      if (!this.#head) this.#head = { status: statusOf(line), keepAlive: true, length: undefined, chunked: false };
      else if (line !== '') readField(this.#head, line);
      else if (this.#head.status < 200) this.#head = undefined;
      else this.#beginBody(this.#head);
    }
    for (;;) {
      const block = this.#body.next();
      if (block === 'end') return this.#over();
      if (block === 'more') return this.#inputEnded ? this.#endOfInput() : 'need data';
    }
  }

  /** RFC 9112 section 6.3, as far as it is about responses. */
  #beginBody(head: Head): void {
    this.#lines.end();
    const none = this.#method === 'HEAD' || head.status === 204 || head.status === 304;
    if (none) this.#body = new LengthReader(this.#input, 0);
    else if (head.chunked) this.#body = new ChunkedReader(this.#input, this.#decode, limits);
    else {
      head.untilClose = head.length === undefined;
      this.#body = new LengthReader(this.#input, head.length ?? Infinity);
    }
  }

  #endOfInput(): ResponseEnd | 'cut short' {
    return this.#head?.untilClose === true ? this.#over() : 'cut short';
  }

  #over(): ResponseEnd {
    const { status = 0, keepAlive = false, untilClose = false } = this.#head ?? {};
    this.#head = undefined;
    this.#body = undefined;
    return { status, keepAlive: keepAlive && !untilClose };
  }
}

interface Head {
  readonly status: number;
  keepAlive: boolean;
  length: number | undefined;
  chunked: boolean;
  untilClose?: boolean;
}

function statusOf(line: string): number {
  const [, minor, status] = /^HTTP\/1\.(\d) (\d{3})(?: |$)/.exec(line) ?? [];
  if (minor === undefined) throw new HttpError(502, 'bad-status-line', 'server', 'This is no response of HTTP/1.1.');
  return Number(status);
}

function readField(head: Head, line: string): void {
  const [, name = '', value = ''] = grammar.fieldLine.exec(line) ?? [];
  const text = value.toLowerCase();
  switch (name.toLowerCase()) {
    case 'content-length':
      head.length = Number(text);
      break;
    case 'transfer-encoding':
      head.chunked = text === 'chunked';
      break;
    case 'connection':
      if (grammar.listElements(text).includes('close')) head.keepAlive = false;
      break;
  }
}

/** A client takes what its server sends: nothing here is a limit but those of lines. */
const limits: Limits = { ...defaultLimits, head: 1024 * 1024, body: Infinity };

function headTooLarge(): HttpError {
  return new HttpError(502, 'head-too-large', 'server', 'The head of the response has a line of more than 1 MiB.');
}
