import type { HttpConnection, HttpEvent } from '../../src/core/http/httpConnection';
import type { Latin1Decoder } from '../../src/core/http/input';
import type { Limits } from '../../src/core/http/limits';
import { dechunked, judgeHead } from './rules';

/** A rule that the core has broken. */
export class Violation extends Error {
  override readonly name = 'Violation';

  constructor(
    readonly rule: Rule,
    message: string,
  ) {
    super(message);
  }
}

export type Rule =
  | 'only HttpError is thrown'
  | 'any split gives the same events'
  | 'what is held is bounded'
  | 'the framing of accepted requests'
  | 'nothing is accepted after a refusal'
  | 'the time per input is bounded';

/** `HttpConnection`, or one that a test has spoilt. */
export type Core = new (decode: Latin1Decoder, limits: Limits) => HttpConnection;

/** How the bytes reach the core. */
export interface Delivery {
  readonly pieces: readonly Uint8Array[];
  /** The client closes after the bytes. */
  readonly fin: boolean;
  /** Most events that are taken before the next piece arrives. All that are left are taken at the end. */
  readonly eager: number;
  /** The response comes before the request's body is read. */
  readonly early: boolean;
}

/**
 * What the core makes of a client's bytes. Each request is answered with an empty 200, and the rules that hold for one
 * delivery are checked on the way.
 *
 * @throws {Violation}
 */
export function observe(delivery: Delivery, limits: Limits, core: Core): string[] {
  const observation = new Observation(delivery, limits, core);
  try {
    observation.run();
  } catch (error) {
    if (error instanceof Violation) throw error;
    throw new Violation(
      'only HttpError is thrown',
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }
  return observation.seen;
}

class Observation {
  /** Everything that happened, one line each. */
  readonly seen: string[] = [];
  readonly #delivery: Delivery;
  readonly #limits: Limits;
  readonly #connection: HttpConnection;
  /** All bytes, one character each, and how many of them the core has got. */
  readonly #wire: string;
  #received = 0;
  /** Where in the bytes the last event ended. */
  #at = 0;
  #framing: 'chunked' | number = 0;
  #bodyFrom = 0;
  #body = '';
  #over = false;

  constructor(delivery: Delivery, limits: Limits, core: Core) {
    this.#delivery = delivery;
    this.#limits = limits;
    this.#connection = new core(latin1, limits);
    this.#wire = Buffer.concat(delivery.pieces).toString('latin1');
  }

  run(): void {
    for (const piece of this.#delivery.pieces) {
      this.#connection.receive(piece);
      this.#received += piece.length;
      this.#take(this.#delivery.eager);
    }
    if (this.#delivery.fin) this.#connection.receiveEnd();
    this.#take(Infinity);
  }

  #take(most: number): void {
    for (let left = most; left > 0 && !this.#over; left--) {
      const event = this.#connection.nextEvent();
      if (event === 'need data' || event === 'paused') {
        this.#checkHeld(event);
        return;
      }
      const from = this.#at;
      this.#at = this.#received - this.#connection.buffered;
      this.#happened(event, from);
    }
  }

  #happened(event: HttpEvent, from: number): void {
    switch (event.type) {
      case 'request': {
        const { head } = event;
        const consumed = this.#wire.slice(from, this.#at);
        const end = `${head.text}\r\n\r\n`;
        if (!consumed.endsWith(end) || !/^(?:\r\n)*$/.test(consumed.slice(0, -end.length))) {
          throw new Violation('the framing of accepted requests', 'the head is not what was consumed for it');
        }
        const judgement = judgeHead(head.text);
        if ('fault' in judgement) throw new Violation('the framing of accepted requests', judgement.fault);
        const { framing } = head;
        const said = framing.kind === 'length' ? framing.length : framing.kind === 'none' ? 0 : 'chunked';
        if (said !== judgement.body) {
          throw new Violation('the framing of accepted requests', `framing ${said} instead of ${judgement.body}`);
        }
        this.#framing = said;
        this.#bodyFrom = this.#at;
        this.#body = '';
        this.seen.push(`request ${head.keepAlive ? 'keep-alive' : 'close'} ${said} ${JSON.stringify(head.text)}`);
        if (this.#delivery.early) this.#answer();
        if (said === 0) this.#complete();
        return;
      }
      case 'body':
        if (event.bytes.length === 0) throw new Violation('the framing of accepted requests', 'an empty block');
        this.#body += latin1(event.bytes, 0, event.bytes.length);
        return;
      case 'end':
        this.#complete();
        return;
      case 'refused':
        this.seen.push(`${this.#partOfBody()}refused ${event.error.status} ${event.error.code}`);
        this.#checkRefused();
        return;
      case 'closed':
        // Not noted: who learns of the FIN before the last answer closes after it, and does not come here.
        this.#over = true;
        return;
    }
  }

  #answer(): void {
    this.#connection.sendHead(empty200, 'now', false);
    this.#connection.sendEnd();
  }

  #complete(): void {
    const wire = this.#wire.slice(this.#bodyFrom, this.#at);
    const expected = this.#framing === 'chunked' ? dechunked(wire) : wire.length === this.#framing ? wire : undefined;
    if (this.#body !== expected) {
      throw new Violation(
        'the framing of accepted requests',
        `the body is ${JSON.stringify(this.#body)}, on the wire it is ${JSON.stringify(wire)}`,
      );
    }
    this.seen.push(`end ${JSON.stringify(this.#body)}`);
    this.#body = '';
    this.#framing = 0;
    if (!this.#delivery.early) this.#answer();
    if (this.#connection.keepAlive) this.#connection.startNext();
    else this.#over = true;
  }

  /** The part of a body that came before a refusal depends on no split either. */
  #partOfBody(): string {
    return this.#body === '' ? '' : `part ${JSON.stringify(this.#body)} `;
  }

  #checkHeld(event: 'need data' | 'paused'): void {
    // What is read ahead is part of a line that has not ended, so it is as long as that line may be, at most.
    const most =
      this.#framing === 'chunked' ? (this.#limits.fields + 2) * this.#limits.requestLine + 2048 : this.#limits.head;
    const held = this.#received - this.#at;
    if (event === 'paused' || held > most || this.#connection.buffered > 0) {
      throw new Violation('what is held is bounded', `${event} with ${held} bytes held`);
    }
  }

  /** Whatever else arrives, nothing more happens. */
  #checkRefused(): void {
    this.#over = true;
    for (let count = 0; count < 3; count++) {
      this.#connection.receive(sound);
      const event = this.#connection.nextEvent();
      if (event !== 'paused') throw new Violation('nothing is accepted after a refusal', JSON.stringify(event));
    }
  }
}

/** `bytes[start, end)` as text, one character a byte. */
function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end);
}

const sound = Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
const empty200 = { status: 200, reason: 'OK', fields: '', contentLength: 0, hasDate: false, hasServer: false };
