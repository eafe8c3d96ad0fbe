import { window, type Disposable } from 'vscode';
import { requestBodyOf } from '../core/trace/copyAs/request';
import type { ExchangeDetail, ReplayOrigin } from '../core/trace/detail';
import { draftBytes, draftOf, type Draft } from '../core/trace/draft';
import { readHead } from '../core/trace/heads';
import type { Replayed } from '../core/trace/messages';
import { arrivalOf } from '../replay/arrival';
import { lacksBody, latin1Bytes, requestBytes } from '../replay/plan';
import { ReplaySender, type Sending } from '../replay/replaySender';
import { reachableHost } from './overview';
import { safeMethods } from './runAgainQuestions';
import type { LifelineServer } from './server';

/**
 * Sends requests of the trace to the server that runs, as they were or as they were edited, and remembers which exchange
 * is a replay of which: both ends know the client's port.
 */
export class Replays implements Disposable {
  readonly #server: LifelineServer;
  readonly #sender: ReplaySender;
  /** By the exchange that it became. */
  readonly #origins = new Map<number, ReplayOrigin>();
  readonly #cleared: Disposable;

  /** @param replayThread the bundle `replayThread.js` */
  constructor(server: LifelineServer, replayThread: string) {
    this.#server = server;
    this.#sender = new ReplaySender(replayThread);
    this.#cleared = server.onDidClear(() => this.#origins.clear());
  }

  /** Which exchange this one is a replay of; undefined where it is none. */
  originOf(exchange: number): ReplayOrigin | undefined {
    return this.#origins.get(exchange);
  }

  /** @throws {Error} with a sentence on why it is not sent */
  async replay(exchange: number): Promise<Replayed> {
    this.#target();
    const { head, bytes } = this.#whole(exchange, await this.#detail(exchange));
    const method = /^\S*/.exec(head)?.[0] ?? '';
    if (!safeMethods.has(method) && !(await mayChange(readHead(head).firstLine))) return { said: '' };
    return this.#send(method, bytes, { exchange, edited: false });
  }

  async draft(exchange: number): Promise<Draft> {
    const draft = draftOf(await this.#detail(exchange));
    if (!draft)
      throw new Error('There is nothing to edit: no complete request head arrived. It can be sent again as it is.');
    return draft;
  }

  /** @throws {Error} with a sentence on why it is not sent */
  async sendDraft(exchange: number, draft: Draft): Promise<Replayed> {
    this.#target();
    const kept = draft.body.kind === 'kept' ? requestBodyOf(await this.#detail(exchange)).content : '';
    const bytes = draftBytes(draft, kept);
    if ('unable' in bytes) throw new Error(`Not sent. ${bytes.unable}`);
    return this.#send(draft.method, latin1Bytes(bytes.head + bytes.body), { exchange, edited: true });
  }

  /** Nothing may outlive the editor. */
  async end(): Promise<void> {
    await this.#sender.end();
  }

  dispose(): void {
    this.#cleared.dispose();
    void this.end();
  }

  /** The request goes to our own server, whatever stands in it. */
  #target(): { readonly host: string; readonly port: number } {
    const { listening } = this.#server;
    if (!listening) throw new Error('Not sent: the server does not run. Start it, and send the request again.');
    return { host: reachableHost(listening), port: listening.port };
  }

  /** What arrived, also where it was no sound request: as long as all of it was kept. */
  #whole(exchange: number, detail: ExchangeDetail): { readonly head: string; readonly bytes: Uint8Array } {
    const { requestHead, brokenHead = '' } = detail;
    if (requestHead !== '') {
      if (!lacksBody(detail)) return { head: requestHead, bytes: requestBytes(detail) };
      throw new Error('Not sent: the body is over 64 KiB or did not arrive whole, so it was not kept whole.');
    }
    const arrived = this.#server.trace.exchange(exchange)?.bytesIn ?? NaN;
    if (brokenHead === '' || brokenHead.length < arrived) {
      throw new Error('Not sent: no complete head arrived, and not all that did was kept.');
    }
    return { head: brokenHead, bytes: latin1Bytes(brokenHead) };
  }

  async #detail(exchange: number): Promise<ExchangeDetail> {
    const detail = await this.#server.detail(exchange);
    if (!detail) throw new Error('Not kept: the server holds the newest requests only.');
    return detail;
  }

  async #send(method: string, bytes: Uint8Array, origin: ReplayOrigin): Promise<Replayed> {
    const since = this.#server.now;
    const sending = this.#sender.send(method, bytes, this.#target());
    return this.#arrived(sending, since, origin);
  }

  /** It may be long before the server reads of it, where others come first. */
  async #arrived(sending: Sending, since: number, origin: ReplayOrigin): Promise<Replayed> {
    const port = await sending.opened;
    const arrival = arrivalOf(this.#server, port, since, sending.over);
    void arrival.exchange.then((exchange) => {
      if (exchange !== undefined) this.#remember(exchange, origin);
    });
    const exchange = await Promise.race([arrival.exchange, after(patienceMs)]);
    if (exchange !== undefined)
      return { exchange, said: `Sent again: #${exchange} is a replay of #${origin.exchange}.` };
    const connection = arrival.connection();
    return connection === undefined
      ? { said: 'Sent again. It has not reached the trace yet.' }
      : { connection, said: 'Sent again. It waits for the server to read it.' };
  }

  #remember(exchange: number, origin: ReplayOrigin): void {
    this.#origins.set(exchange, origin);
    const [oldest] = this.#origins.keys();
    if (this.#origins.size > mostOrigins && oldest !== undefined) this.#origins.delete(oldest);
  }
}

const mostOrigins = 1000;
const patienceMs = 2000;

/** @param line "POST /orders HTTP/1.1" */
async function mayChange(line: string): Promise<boolean> {
  const send = 'Replay';
  const detail = `${line.length > 200 ? `${line.slice(0, 200)}…` : line}\nThe app handles it again, on the server that runs.`;
  const question = 'Send a request again that may change something?';
  return (await window.showWarningMessage(question, { modal: true, detail }, send)) === send;
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined));
}
