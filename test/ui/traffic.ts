import type { Batch, ServerNote } from '../../src/core/trace/batch';
import type { ConcurrencyModel, ModelChange } from '../../src/core/trace/concurrency';
import { packRows } from '../../src/core/trace/packedRows';
import {
  closers,
  closings,
  connectionSchema,
  exchangeFlags,
  exchangeSchema,
  outcomes,
  type Closer,
  type Closing,
  type ConnectionRow,
  type ExchangeRow,
  type Outcome,
} from '../../src/core/trace/columns';

/**
 * Writes traces for looking at the timeline without a server: rows as the recorder ships them, with times as they are
 * measured on a small machine. All instants are ms on the trace's clock.
 */
export class Traffic {
  readonly #strings: string[] = [''];
  readonly #mediaTypes: string[] = [];
  #exchanges: ExchangeRow[] = [];
  #connections: ConnectionRow[] = [];
  #notes: ServerNote[] = [];
  #models: ModelChange[] = [];
  #sentStrings = 0;
  #sentMediaTypes = 0;
  #lastExchange = 0;
  #lastConnection = 0;

  /** Opens a connection, from this machine where no address is given. */
  connection(at: number, port: number, address = '127.0.0.1'): ConnectionRow {
    const row: ConnectionRow = {
      id: ++this.#lastConnection,
      local: this.#intern('127.0.0.1:8888'),
      remote: this.#intern(`${address}:${port}`),
      requests: 0,
      closedBy: 0,
      how: 0,
      caller: 0,
      bytesIn: 0,
      bytesOut: 0,
      accepted: at,
      registered: at + 0.08,
      turn: at + 0.08,
      closing: NaN,
      closed: NaN,
    };
    this.#connections.push(row);
    return row;
  }

  close(connection: ConnectionRow, at: number, by: Closer, how: Closing, took = 0.2): void {
    connection.closedBy = closers.indexOf(by);
    connection.how = closings.indexOf(how);
    connection.closing = at;
    connection.closed = at + took;
    this.#touch(connection);
  }

  exchange(connection: ConnectionRow, request: Request): ExchangeRow {
    const { at, recv = 0.05, wait = 0, app, send = 0.12, outcome = 'complete', status = 200 } = request;
    const parse = (recv - (request.body ?? 0)) * 0.2 + 0.02;
    const environ = recv + 0.04;
    const ready = environ + 0.03;
    const refused = outcome === 'refused';
    const appStart = refused ? NaN : ready + (wait > 0 ? wait : 0.09);
    const appEnd = refused || app === undefined ? NaN : appStart + app;
    const sendStart = refused ? environ : appEnd - (request.streamed ?? 0) + 0.06;
    const over = refused || app !== undefined;
    const sendEnd = over ? Math.max(sendStart, refused ? 0 : appEnd) + send : NaN;
    const flags =
      (connection.requests === 0 ? exchangeFlags.first : 0) |
      (wait > 0 ? exchangeFlags.queued : 0) |
      (request.found ? exchangeFlags.found : 0) |
      exchangeFlags.keepAlive;
    const known = over || request.streamed !== undefined ? status : 0;
    const row: ExchangeRow = {
      id: ++this.#lastExchange,
      connection: connection.id,
      method: this.#intern(request.method ?? 'GET'),
      target: this.#intern(request.target),
      status: known,
      mediaType: [0, 204, 304].includes(known) ? 0 : this.#mediaType(request.type ?? 'text/plain'),
      outcome: over ? outcomes.indexOf(outcome) : 0,
      flags,
      worker: refused ? 0 : (request.worker ?? 1),
      slot: refused ? 0 : (request.slot ?? 1),
      queuePosition: wait > 0 ? (request.place ?? 1) : 0,
      bytesIn: 82,
      bytesOut: over ? (request.size ?? 158) : 0,
      start: at,
      received: recv,
      parseTime: parse,
      headEnd: request.body === undefined ? recv : recv - request.body,
      environStart: refused ? NaN : environ,
      ready: refused ? NaN : ready,
      appStart,
      startResponse: refused ? NaN : appStart + 0.02,
      appEnd,
      cpu: NaN,
      replied: over && !refused ? appEnd + 0.05 : NaN,
      sendStart: over ? sendStart : NaN,
      sendEnd,
      stallStart: request.stall === undefined ? NaN : sendEnd - request.stall,
      stallEnd: request.stall === undefined ? NaN : sendEnd,
      end: sendEnd + 0.02,
    };
    connection.requests++;
    connection.bytesIn += row.bytesIn;
    connection.bytesOut += row.bytesOut;
    this.#exchanges.push(row);
    this.#touch(connection);
    return row;
  }

  /** Sends a row again as it stands now. */
  changed(exchange: ExchangeRow): void {
    this.#exchanges.push(exchange);
  }

  note(at: number, name: string, text: string, level: ServerNote['level'] = 'info'): void {
    this.#notes.push({ at, name, text, level });
  }

  /** The server goes over to a model. */
  model(at: number, model: ConcurrencyModel, slots: number): void {
    this.#models.push({ at, model, slots });
  }

  /** What has changed since the last batch. */
  batch(now: number): Batch {
    const batch = {
      exchanges: packRows(exchangeSchema, latest(this.#exchanges)),
      connections: packRows(connectionSchema, latest(this.#connections)),
      firstString: this.#sentStrings,
      strings: this.#strings.slice(this.#sentStrings),
      mediaTypes: { first: this.#sentMediaTypes + 1, names: this.#mediaTypes.slice(this.#sentMediaTypes) },
      notes: this.#notes,
      models:
        this.#sentStrings === 0 && this.#models.length === 0
          ? [{ at: 0, model: 'threads' as const, slots: 4 }]
          : this.#models,
      lag: 0,
      now,
    };
    this.#sentStrings = this.#strings.length;
    this.#sentMediaTypes = this.#mediaTypes.length;
    this.#exchanges = [];
    this.#connections = [];
    this.#notes = [];
    this.#models = [];
    return batch;
  }

  #touch(connection: ConnectionRow): void {
    if (this.#connections[this.#connections.length - 1] !== connection) this.#connections.push(connection);
  }

  #mediaType(name: string): number {
    const known = this.#mediaTypes.indexOf(name) + 1;
    return known > 0 || name === '' ? known : this.#mediaTypes.push(name);
  }

  #intern(text: string): number {
    const known = this.#strings.indexOf(text);
    return known >= 0 ? known : this.#strings.push(text) - 1;
  }
}

export interface Request {
  readonly at: number;
  readonly target: string;
  readonly method?: string;
  /** ms for the bytes of the request to arrive */
  readonly recv?: number;
  /** ms of waiting for a slot */
  readonly wait?: number;
  /** ms of the app call; without it the call still runs */
  readonly app?: number;
  /** ms before the end of the app call at which bytes begin to leave */
  readonly streamed?: number;
  readonly send?: number;
  readonly status?: number;
  readonly outcome?: Outcome;
  readonly slot?: number;
  readonly worker?: number;
  /** Its place in the queue when it began to wait. */
  readonly place?: number;
  /** ms after the head until the body had arrived; part of `recv` */
  readonly body?: number;
  /** ms at the end of `send` in which the client did not read */
  readonly stall?: number;
  readonly size?: number;
  /** Media type of the response. */
  readonly type?: string;
  /** Something was found. */
  readonly found?: boolean;
}

function latest<Row extends { id: number }>(rows: readonly Row[]): Row[] {
  return [...new Set([...rows].reverse())].reverse();
}
