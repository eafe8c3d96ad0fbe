import { ChunkedReader, LengthReader, bodyTooLarge, type BodyReader } from './bodyReader';
import { responseFraming, type ResponseFraming } from './framing';
import * as grammar from './grammar';
import { HttpError, refusal } from './httpError';
import { Input, type Latin1Decoder } from './input';
import type { Limits } from './limits';
import { Lines } from './lines';
import { parseRequestLine, requestHead, type RequestHead, type RequestLine } from './requestHead';
import { responseHeadText, type ResponseHead } from './responseHead';

/**
 * HTTP/1.1 on one connection, from the server's side, without any I/O.
 *
 * Bytes go in by `receive`; `nextEvent` says what they mean; `send...` turn a response into bytes. One exchange is
 * handled at a time: when its request is complete, `nextEvent` says 'paused' until `startNext`, while the bytes of
 * pipelined requests wait. Every split of the same bytes gives the same events.
 */
export class HttpConnection {
  readonly #decode: Latin1Decoder;
  readonly #limits: Limits;
  readonly #onBodyBytes: BodyBytes | undefined;
  readonly #input = new Input();
  readonly #lines: Lines;
  #receiving: Receiving = 'requestLine';
  #sending: Sending = 'idle';
  #inputEnded = false;

  // The request.
  #line: RequestLine | undefined;
  #names: string[] = [];
  #values: string[] = [];
  #headBytes = 0;
  /** Of a head that is complete, and perhaps none that can be served. */
  #headText = '';
  #head: RequestHead | undefined;
  #body: BodyReader | undefined;

  // The response.
  #framing: ResponseFraming = 'none';
  #bodyLeft = 0;
  #keepAlive = false;
  #lengthFault: LengthFault | undefined;

  /** @param onBodyBytes is told what request bodies are on the wire, before `nextEvent` tells what they mean */
  constructor(decode: Latin1Decoder, limits: Limits, onBodyBytes?: BodyBytes) {
    this.#decode = decode;
    this.#limits = limits;
    this.#onBodyBytes = onBodyBytes;
    this.#lines = new Lines(this.#input, decode);
  }

  /** Takes bytes that arrived. They are kept as views: the caller must not write to them again. */
  receive(bytes: Uint8Array): void {
    this.#input.append(bytes);
  }

  /** The peer sends no more (FIN). */
  receiveEnd(): void {
    this.#inputEnded = true;
  }

  /** Bytes received and not consumed: of a body that nobody took yet, or of pipelined requests. */
  get buffered(): number {
    return this.#input.length;
  }

  /** Nothing is buffered but line ends. */
  get blank(): boolean {
    return this.#input.blank;
  }

  /** True between the first byte of a request and the end of its body. */
  get requestInProgress(): boolean {
    return this.#receiving === 'requestLine'
      ? this.#lines.partial || this.#input.length > 0
      : this.#receiving === 'fields' || this.#receiving === 'body';
  }

  /** The connection may serve another exchange after this one. Known once the head is sent. */
  get keepAlive(): boolean {
    return this.#keepAlive;
  }

  /** The response body's length differed from its Content-Length. */
  get lengthFault(): LengthFault | undefined {
    return this.#lengthFault;
  }

  /**
   * What arrived of a request whose head was refused, or is not complete, in latin-1: as many bytes as a head may have.
   * What follows a refused head is part of it.
   */
  get unread(): string {
    if (this.#head) return '';
    const most = this.#limits.head;
    const text = (this.#headText && `${this.#headText}\r\n\r\n`) + this.#lines.unfinished;
    return text.slice(0, most) + this.#input.peekText(Math.max(0, most - text.length), this.#decode);
  }

  /** What happened next, 'need data' until more bytes arrive, or 'paused' until `startNext`. */
  nextEvent(): HttpEvent | 'need data' | 'paused' {
    try {
      const event = this.#receiveNext();
      if (event === 'need data' && this.#inputEnded) return this.#endOfInput();
      return event;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.refuse();
      return { type: 'refused', error };
    }
  }

  /** Nothing more is received: the request cannot be served. It can be answered, unless a response has begun. */
  refuse(): void {
    this.#receiving = 'refused';
    if (this.#sending === 'idle') this.#sending = 'head';
  }

  /**
   * The text of a response head; its framing and persistence are decided here.
   *
   * @param date an IMF-fixdate, for a response that has none
   * @param close the connection is to be closed after this response
   * @throws {HttpError} where the app's response cannot be sent as HTTP
   */
  sendHead(response: ResponseHead, date: string, close: boolean): string {
    if (response.status < 200 || response.status > 999) {
      const problem = `The app answered with the status ${response.status}, which ends no request.`;
      throw new HttpError(500, 'bad-status', 'app', problem);
    }
    this.#advance('sendHead');
    const version = this.#line?.version ?? '1.1';
    this.#framing = responseFraming(this.#line?.method ?? '', version, response.status, response.contentLength >= 0);
    this.#bodyLeft = response.contentLength;
    // A client that has sent its FIN still waits for the answers to what it has sent before.
    const mayFollow = !this.#inputEnded || this.#input.length > 0;
    this.#keepAlive = !close && this.#framing !== 'close' && mayFollow && (this.#head?.keepAlive ?? false);
    return responseHeadText(response, version, this.#framing, this.#keepAlive, date);
  }

  /** What to send around and of a block of the body. The block may come back shorter: never beyond Content-Length. */
  sendBody(block: Uint8Array): { before: string; block: Uint8Array; after: string } {
    this.#advance('sendBody');
    switch (this.#framing) {
      case 'none':
        return { before: '', block: block.subarray(0, 0), after: '' };
      case 'chunked':
        // A chunk of no bytes would end the body.
        if (block.length === 0) return { before: '', block, after: '' };
        return { before: `${block.length.toString(16)}\r\n`, block, after: '\r\n' };
      case 'close':
        return { before: '', block, after: '' };
      case 'length': {
        if (block.length > this.#bodyLeft) {
          this.#lengthFault = 'too long';
          block = block.subarray(0, this.#bodyLeft);
        }
        this.#bodyLeft -= block.length;
        return { before: '', block, after: '' };
      }
    }
  }

  /** What ends the body. A body shorter than its Content-Length cannot be mended: the connection must be closed. */
  sendEnd(): string {
    this.#advance('sendEnd');
    if (this.#framing === 'length' && this.#bodyLeft > 0) {
      this.#lengthFault = 'too short';
      this.#keepAlive = false;
    }
    return this.#framing === 'chunked' ? '0\r\n\r\n' : '';
  }

  /** `HTTP/1.1 100 Continue` (RFC 9110 section 10.1.1). */
  sendContinue(): string {
    return 'HTTP/1.1 100 Continue\r\n\r\n';
  }

  /** True when request and response are both complete and `startNext` may be called. */
  get cycleComplete(): boolean {
    return this.#receiving === 'done' && this.#sending === 'done';
  }

  /** Makes ready for the next exchange. Allowed when `cycleComplete` and `keepAlive` hold. */
  startNext(): void {
    if (!this.cycleComplete || !this.#keepAlive) throw new Error('the exchange is not complete');
    this.#receiving = 'requestLine';
    this.#sending = 'idle';
    this.#line = undefined;
    this.#head = undefined;
    this.#body = undefined;
    this.#names = [];
    this.#values = [];
    this.#headBytes = 0;
    this.#headText = '';
    this.#lengthFault = undefined;
  }

  #receiveNext(): HttpEvent | 'need data' | 'paused' {
    switch (this.#receiving) {
      case 'requestLine':
      case 'fields':
        return this.#receiveHead();
      case 'body':
        return this.#receiveBody();
      case 'done':
      case 'refused':
        return 'paused';
    }
  }

  #receiveHead(): HttpEvent | 'need data' {
    for (;;) {
      const first = this.#receiving === 'requestLine';
      const most = this.#limits.head - this.#headBytes;
      const line = first
        ? this.#lines.next(Math.min(this.#limits.requestLine, most), requestLineTooLong)
        : this.#lines.next(most, headTooLarge);
      if (line === undefined) return 'need data';
      this.#headBytes += line.length + 2;
      if (first) {
        // An empty line before a request is ignored (RFC 9112, 2.2).
        if (line === '') continue;
        this.#lines.keep();
        this.#line = parseRequestLine(line);
        this.#receiving = 'fields';
      } else if (line === '') {
        const text = this.#lines.kept();
        this.#lines.end();
        return this.#headComplete(text);
      } else {
        this.#receiveField(line);
      }
    }
  }

  #receiveField(line: string): void {
    const match = grammar.fieldLine.exec(line);
    if (!match) {
      throw refusal(400, 'bad-field', 'A header field is not “name: value” (RFC 9112, 5).');
    }
    if (this.#names.length === this.#limits.fields) {
      throw refusal(431, 'too-many-fields', `There are more than ${this.#limits.fields} header fields.`);
    }
    const [, name = '', value = ''] = match;
    this.#names.push(lowerCase(name));
    this.#values.push(value);
  }

  #headComplete(text: string): HttpEvent {
    if (!this.#line) throw new Error('a head without a request line');
    this.#headText = text;
    const head = requestHead(this.#line, this.#names, this.#values, text);
    switch (head.framing.kind) {
      case 'none':
        this.#receiving = 'done';
        break;
      case 'length':
        if (head.framing.length > this.#limits.body) throw bodyTooLarge(this.#limits.body);
        this.#body = new LengthReader(this.#input, head.framing.length);
        this.#receiving = 'body';
        break;
      case 'chunked':
        this.#body = new ChunkedReader(this.#input, this.#decode, this.#limits);
        this.#receiving = 'body';
        break;
    }
    this.#head = head;
    this.#sending = 'head';
    return { type: 'request', head };
  }

  #receiveBody(): HttpEvent | 'need data' {
    const from = this.#input.position;
    const block = this.#nextBlock(from);
    // Lines give back what they read ahead, so that exactly the body's bytes are consumed.
    this.#onBodyBytes?.(this.#input.since(from), block === 'end');
    if (block === 'more') return 'need data';
    if (block !== 'end') return { type: 'body', bytes: block };
    this.#receiving = 'done';
    return { type: 'end' };
  }

  #nextBlock(from: number): Uint8Array | 'more' | 'end' {
    try {
      return this.#body?.next() ?? 'end';
    } catch (error) {
      // What is no body was received all the same.
      this.#onBodyBytes?.(this.#input.since(from), false);
      throw error;
    }
  }

  #endOfInput(): HttpEvent {
    const between = !this.requestInProgress;
    this.refuse();
    if (between) return { type: 'closed' };
    return {
      type: 'refused',
      error: refusal(400, 'incomplete-request', 'The client closed before its request ended.'),
    };
  }

  #advance(verb: keyof typeof sends): void {
    const { from, to } = sends[verb];
    if (this.#sending !== from) throw new Error(`${verb} while the response is ${this.#sending}`);
    this.#sending = to;
  }
}

export type HttpEvent =
  | { readonly type: 'request'; readonly head: RequestHead }
  /** Bytes of the body: a view of what was received. */
  | { readonly type: 'body'; readonly bytes: Uint8Array }
  /** The body is complete. Not sent where the head says that there is none. */
  | { readonly type: 'end' }
  | { readonly type: 'refused'; readonly error: HttpError }
  /** The peer has closed between two requests. */
  | { readonly type: 'closed' };

/** Bytes of a request body with the framing of chunks: a view of what was received. `last`: the body is complete. */
export type BodyBytes = (bytes: Uint8Array, last: boolean) => void;

export type LengthFault = 'too long' | 'too short';

type Receiving = 'requestLine' | 'fields' | 'body' | 'done' | 'refused';
type Sending = 'idle' | 'head' | 'body' | 'done';

/** Which verb is allowed in which state of the response, and what it leads to. */
const sends = {
  sendHead: { from: 'head', to: 'body' },
  sendBody: { from: 'body', to: 'body' },
  sendEnd: { from: 'body', to: 'done' },
} as const satisfies Record<string, { from: Sending; to: Sending }>;

function requestLineTooLong(): HttpError {
  return refusal(414, 'request-line-too-long', 'The request line is longer than the limit allows.');
}

function headTooLarge(): HttpError {
  return refusal(431, 'head-too-large', 'The request head is larger than the limit allows.');
}

/** Field names repeat from request to request: their lower-case forms are kept, up to a bound. */
const lowered = new Map<string, string>();

function lowerCase(name: string): string {
  let lower = lowered.get(name);
  if (lower === undefined) {
    lower = name.toLowerCase();
    if (lowered.size < 1000) lowered.set(name, lower);
  }
  return lower;
}
