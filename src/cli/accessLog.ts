import type { Batch } from '../core/trace/batch';
import { exchangeSchema, outcomes, type ExchangeRow } from '../core/trace/columns';
import { unpackRows } from '../core/trace/packedRows';
import { phases } from '../core/trace/phases';
import { spansOf } from '../core/trace/spans';
import { TraceStore } from '../core/trace/traceStore';
import { factsOf } from '../core/trace/verdictFacts';
import { slotWords, turnWords } from '../core/trace/verdictWaits';

/**
 * One line for each exchange that has ended, with its phases:
 *
 *     127.0.0.1:54310 "GET /slow?seconds=1" 200 158 B 1.003 s  recv 0.1 ms, parse 0.02 ms, app 1.002 s, sendall 0.05 ms
 *
 * with ` # waited 3.10 s for a free slot: all 4 were busy (GET /slow ×4)` behind it where it had to wait for others.
 * The bytes are those that were sent, head included. Phases may overlap, so they need not add up.
 */
export class AccessLog {
  /** Only what lines still to come refer to matters: the newest connections and their strings. */
  readonly #store = new TraceStore(mostRows);
  /** Ids that were seen to be in progress, or whose turn has not come: each is to be logged once. */
  readonly #open = new Set<number>();
  #newest = 0;

  /** The lines of the exchanges that this batch ends, each with its newline. */
  append(batch: Batch): string {
    this.#store.append(batch);
    let lines = '';
    for (const exchange of unpackRows(exchangeSchema, batch.exchanges)) {
      const { id } = exchange;
      // Rows come in the order of their last change, so ids may come out of order.
      for (let unseen = this.#newest + 1; unseen <= id; unseen++) this.#open.add(unseen);
      this.#newest = Math.max(this.#newest, id);
      if (Number.isNaN(exchange.end) || !this.#open.delete(id)) continue;
      lines += `${this.#line(exchange, batch.now)}\n`;
    }
    return lines;
  }

  #line(exchange: ExchangeRow, now: number): string {
    const connection = this.#store.connection(exchange.connection);
    const text = (id: number): string => escapeControls(this.#store.text(id));
    const durations = new Map<string, number>();
    for (const { phase, duration } of spansOf(exchange, connection, now)) {
      durations.set(phase, (durations.get(phase) ?? 0) + duration);
    }
    const parts = phases.flatMap(({ name }) => {
      const duration = durations.get(name);
      return duration === undefined ? [] : [`${name} ${formatMs(duration)}`];
    });
    const outcome = outcomes[exchange.outcome] ?? '';
    return [
      connection ? text(connection.remote) : '-',
      exchange.method === 0 ? '"-"' : `"${text(exchange.method)} ${text(exchange.target)}"`,
      exchange.status === 0 ? '-' : String(exchange.status),
      `${exchange.bytesOut} B`,
      formatMs(exchange.end),
      ...(outcome === 'complete' ? [] : [`(${outcome})`]),
      ` ${parts.join(', ')}`,
      ...this.#reason(exchange),
    ].join(' ');
  }

  /** Whom it waited for, where that was long enough to be worth a look. */
  #reason(exchange: ExchangeRow): string[] {
    const facts = factsOf(this.#store, exchange, undefined, exchange.start + exchange.end);
    const { slot, turn } = facts.parts;
    if (Math.max(slot, turn) < longWaitMs) return [];
    const { did, because } = slot >= turn ? slotWords(facts) : turnWords(facts);
    return [` # ${escapeControls(did + because)}`];
  }
}

const mostRows = 65_536;
const longWaitMs = 20;

/** "1.003 s", "12.3 ms", "0.02 ms": as many digits as the clock is good for. */
function formatMs(ms: number): string {
  if (ms < 0.0005) return '0 ms';
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)} s`;
  return `${ms.toFixed(ms >= 10 ? 1 : ms >= 0.1 ? 2 : 3)} ms`;
}

/**
 * What a client sends goes to a terminal here: control characters could move its cursor or forge lines. A quote or a
 * backslash is escaped as well, so that a line can be taken apart again.
 */
function escapeControls(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
