import { environOf } from '../core/environOf';
import type { ExchangeRow } from '../core/trace/columns';
import type { MessageBody } from '../core/trace/messages';
import { rawOf, type RawExchange } from '../core/trace/raw';
import type { ShownEnviron } from '../core/trace/shownEnviron';
import { messageBody } from './contentDecoding';
import type { LifelineServer } from './server';

/** What is kept of an exchange and too large, or too seldom looked at, to be part of its detail. */
export class KeptParts {
  readonly #server: LifelineServer;

  constructor(server: LifelineServer) {
    this.#server = server;
  }

  async body(exchange: number, message: 'request' | 'response'): Promise<MessageBody | undefined> {
    const detail = await this.#server.detail(exchange);
    if (!detail) return undefined;
    // With the detail of an exchange, the body of its request is kept; that of its response may be forgotten before.
    if (message === 'request') return messageBody(detail.requestHead, detail.requestBody);
    const body = await this.#server.responseBody(exchange);
    if (body) return messageBody(detail.responseHead, body);
    const row = this.#server.trace.exchange(exchange);
    const over = row !== undefined && !Number.isNaN(row.end);
    return over && !rawOf(detail, undefined, row).sent.truncated ? messageBody('', undefined) : undefined;
  }

  async raw(exchange: number): Promise<RawExchange | undefined> {
    const [detail, body] = await Promise.all([this.#server.detail(exchange), this.#server.responseBody(exchange)]);
    const row = this.#server.trace.exchange(exchange);
    return detail && row && rawOf(detail, body, row);
  }

  async environ(exchange: number): Promise<ShownEnviron | undefined> {
    const { trace } = this.#server;
    const row = trace.exchange(exchange);
    const detail = await this.#server.detail(exchange);
    const serving = row && this.#server.servingAt(row.start);
    const connection = row && trace.connection(row.connection);
    if (!detail || !connection || !serving) return undefined;
    if (Number.isNaN(row.ready)) return { absent: whyNone(row) };
    const called = row.start + (Number.isNaN(row.appStart) ? row.ready : row.appStart);
    return environOf({
      head: detail.requestHead,
      remote: trace.text(connection.remote),
      server: serving,
      concurrency: trace.models.filter(({ at }) => at <= called).at(-1),
    });
  }
}

function whyNone({ end }: ExchangeRow): string {
  return Number.isNaN(end)
    ? 'There is none yet: the request has not arrived whole.'
    : 'There is none: the request did not reach the app.';
}
