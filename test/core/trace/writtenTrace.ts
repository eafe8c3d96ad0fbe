import {
  exchangeFlags,
  outcomes,
  type ConnectionRow,
  type ExchangeRow,
  type Outcome,
} from '../../../src/core/trace/columns';
import type { ConcurrencyModel } from '../../../src/core/trace/concurrency';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { batchOf, connectionRow, exchangeRow } from './traceRows';

/** A trace written by hand: all instants are ms on its clock, ids are given out in order. */
export class WrittenTrace {
  readonly #strings: string[] = [];
  readonly #exchanges: ExchangeRow[] = [];
  readonly #connections: ConnectionRow[] = [];
  readonly #model: { readonly model: ConcurrencyModel; readonly slots: number };

  constructor(model: ConcurrencyModel, slots: number) {
    this.#model = { model, slots };
  }

  connection(at: number, known: Partial<ConnectionRow> = {}): ConnectionRow {
    const id = this.#connections.length + 1;
    const row = connectionRow({
      id,
      remote: this.text(`127.0.0.1:${61_000 + id}`),
      accepted: at,
      registered: at,
      ...known,
    });
    this.#connections.push(row);
    return row;
  }

  /** A request on a connection of its own, unless `on` names one. Without an end it goes on. */
  request(name: string, told: Told): ExchangeRow {
    const { at, ready = at, app, end, outcome, on, queued = 0, ...known } = told;
    const connection = on ?? this.connection(at);
    const [method = '', target = ''] = name.split(' ');
    const [appStart = NaN, appEnd = NaN] = app ?? [];
    const since = (instant: number): number => instant - at;
    const first = !this.#exchanges.some((row) => row.connection === connection.id);
    connection.requests++;
    const row = exchangeRow({
      id: this.#exchanges.length + 1,
      connection: connection.id,
      method: this.text(method),
      target: this.text(target),
      status: end === undefined ? 0 : 200,
      outcome: end === undefined ? 0 : outcomes.indexOf(outcome ?? 'complete'),
      flags: (first ? exchangeFlags.first : 0) | (queued > 0 ? exchangeFlags.queued : 0),
      worker: Number.isNaN(appStart) ? 0 : 1,
      slot: Number.isNaN(appStart) ? 0 : 1,
      queuePosition: queued,
      bytesIn: 80,
      start: at,
      received: 0,
      headEnd: 0,
      parseTime: 0,
      environStart: since(ready),
      ready: since(ready),
      appStart: since(appStart),
      appEnd: since(appEnd),
      replied: since(appEnd),
      sendStart: since(appEnd),
      sendEnd: since(end ?? NaN),
      end: since(end ?? NaN),
      ...known,
    });
    this.#exchanges.push(row);
    return row;
  }

  store(now: number, capacity = 1000): TraceStore {
    const store = new TraceStore(capacity);
    store.append({
      ...batchOf({ exchanges: this.#exchanges, connections: this.#connections, strings: this.#strings, now }),
      models: [{ at: 0, ...this.#model }],
    });
    return store;
  }

  text(text: string): number {
    const known = this.#strings.indexOf(text);
    return known >= 0 ? known + 1 : this.#strings.push(text);
  }
}

export interface Told extends Partial<Omit<ExchangeRow, 'outcome' | 'ready' | 'end'>> {
  /** First byte. */
  readonly at: number;
  readonly ready?: number;
  /** The app call. */
  readonly app?: readonly [from: number, until?: number];
  readonly end?: number;
  readonly outcome?: Outcome;
  readonly on?: ConnectionRow;
  /** Its place in the queue for a slot. */
  readonly queued?: number;
}
