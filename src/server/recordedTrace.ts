import type { Batch } from '../core/trace/batch';
import type { ExchangeDetail } from '../core/trace/detail';
import { TraceStore } from '../core/trace/traceStore';
import type { Verdict } from '../core/trace/verdict';
import { verdictOf } from '../core/trace/verdictOf';
import type { LiveConnection, LiveExchange } from './recorder';

/**
 * The newest part of the trace on the server's own side, while it is recorded: what verdicts are derived from.
 *
 * Of other exchanges it knows what the batches said; of the one that is asked for, everything.
 */
export class RecordedTrace {
  readonly #store: TraceStore;

  /** @param text reads an interned string */
  constructor(text: (id: number) => string) {
    this.#store = new TraceStore(mostRows, text);
  }

  append(batch: Batch): void {
    this.#store.append(batch);
  }

  verdict(exchange: LiveExchange, connection: LiveConnection, detail: ExchangeDetail): Verdict | undefined {
    const now = exchange.start + exchange.end;
    const nothing = { firstString: 1, strings: [], notes: [], models: [], lag: 0 };
    // A row that is being written stands in memory as it travels.
    this.#store.append({ ...nothing, exchanges: exchange.fields, connections: connection.fields, now });
    return verdictOf(this.#store, exchange.id, detail, now);
  }
}

/** Longer waits than these rows tell of are told without names. */
const mostRows = 8192;
