import { Buffer } from 'node:buffer';
import type { ResponseHead } from '../core/http/responseHead';
import { exchangeFlags } from '../core/trace/columns';
import type { Problem } from '../core/trace/detail';
import { initialCredit } from '../core/wsgi/frames';
import type { CallHandle } from './call';
import type { Channel } from './channel';
import type { ColdData } from './coldData';
import { errorPage } from './errorPage';
import { finding, keepFinding } from './findings';
import { FrameError } from './frameReader';
import type { LiveExchange } from './recorder';
import type { ServerContext } from './serverContext';

/** The response of one exchange on its way to the client: the app's, or a page of our own. */
export class Response {
  readonly #server: ServerContext;
  readonly #channel: Channel;
  readonly #row: LiveExchange;
  readonly #cold: ColdData;
  #promised: ResponseHead | undefined;
  #begun = false;
  #complete = false;
  #unsent = '';
  /** Bytes of the app's blocks for which the worker has no credit back yet. */
  #unacknowledged = 0;
  /** Blocks are longer than what of them is sent. */
  #shortened = false;

  constructor(server: ServerContext, channel: Channel, row: LiveExchange, cold: ColdData) {
    this.#server = server;
    this.#channel = channel;
    this.#row = row;
    this.#cold = cold;
  }

  /** Somebody may look at it later. */
  get #keeps(): boolean {
    return this.#server.recorder.enabled;
  }

  /** The head was handed on: the response can only be completed, or cut short. */
  get begun(): boolean {
    return this.#begun;
  }

  /** All of it was handed on, perhaps as a page that refuses the request while the app's call still goes on. */
  get complete(): boolean {
    return this.#complete;
  }

  /** The app's head. It leaves together with the first block, or with the end. */
  promise(head: ResponseHead): void {
    this.#promised = head;
  }

  /** @throws {HttpError} where the app's head is none that can be sent */
  block(block: Buffer): void {
    const head = this.#takeHead();
    const { before, block: allowed, after } = this.#channel.http.sendBody(block);
    if (allowed.length < block.length && !this.#shortened) this.#sentLess();
    this.#unacknowledged += block.length;
    if (this.#keeps) this.#cold.sent(before, allowed, after);
    this.#channel.send(head + before, allowed, after);
  }

  /**
   * Nothing follows the blocks; `flush` then sends what is left.
   *
   * @returns false where the body is shorter than the app's Content-Length
   * @throws {HttpError} where the app's head is none that can be sent
   */
  end(): boolean {
    const head = this.#takeHead();
    const ending = this.#channel.http.sendEnd();
    if (this.#keeps) this.#cold.sentAll(ending);
    this.#unsent = head + ending;
    this.#complete = true;
    const whole = this.#channel.http.lengthFault !== 'too short';
    if (!whole) {
      this.#cold.problem = bodyTooShort;
      this.#find('body-too-short', bodyTooShort.message);
    }
    return whole;
  }

  flush(): void {
    this.#channel.send(this.#unsent, undefined, '');
  }

  /** A page of our own, as long as nothing else has begun. */
  page(status: number, problem: Problem, close: boolean): void {
    this.#promised = undefined;
    const page = errorPage(status, problem);
    const head = this.#begin(page.head, this.#server.closesEach || close);
    const { block } = this.#channel.http.sendBody(Buffer.from(page.body));
    this.#channel.http.sendEnd();
    if (this.#keeps) {
      this.#cold.sent('', block, '');
      this.#cold.sentAll('');
    }
    this.#complete = true;
    this.#channel.send(head, block, '');
  }

  /** The kernel has taken what was sent so far: the app may go on. */
  acknowledge(handle: CallHandle | undefined): void {
    if (this.#unacknowledged < creditStep) return;
    handle?.credit(this.#unacknowledged);
    this.#unacknowledged = 0;
  }

  /** Not all of a block was sent. That is right for HEAD, where the app may yield what GET would have. */
  #sentLess(): void {
    this.#shortened = true;
    const { status } = this.#row;
    if (this.#channel.http.lengthFault === 'too long') {
      // The bridge cuts bodies itself, and says so: this is for a worker that does not.
      this.#find('body-too-long', 'The body is longer than its Content-Length; the rest is not sent.');
    } else if (status === 204 || status === 304) {
      const message = `The app sent a body with the status ${status}, which has none: it is not sent. Leave it out, or choose another status.`;
      this.#find('body-not-allowed', message);
    }
  }

  #find(code: Parameters<typeof finding>[1], message: string): void {
    keepFinding(this.#row, this.#cold, finding(this.#server.recorder.now(), code, message));
  }

  /**
   * The head's text where it was not sent yet, else ''.
   *
   * @throws {FrameError} where the worker never gave one
   */
  #takeHead(): string {
    const head = this.#promised;
    if (!head && !this.#begun) throw new FrameError('of a body without a head');
    this.#promised = undefined;
    return head ? this.#begin(head, this.#server.closesEach) : '';
  }

  #begin(head: ResponseHead, close: boolean): string {
    const text = this.#channel.http.sendHead(head, this.#server.date(), close);
    this.#begun = true;
    this.#row.status = head.status;
    this.#row.mediaType = this.#server.recorder.mediaType(head.fields);
    this.#cold.responseHead = text.slice(0, -4);
    if (!this.#channel.http.keepAlive) this.#row.flags &= ~exchangeFlags.keepAlive;
    return text;
  }
}

const bodyTooShort: Problem = {
  fault: 'app',
  code: 'body-too-short',
  message:
    'The app gave a Content-Length and sent fewer bytes: the client can only see that its response is cut short.',
};

const creditStep = initialCredit / 4;
