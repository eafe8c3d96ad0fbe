import { exchangeFlags, outcomes, type ConnectionRow, type ExchangeRow } from './columns';

/** What a run of requests comes to. Times are ms. */
export interface RunTotals {
  /** Requests that were sent. */
  readonly requests: number;
  /** From the first accept to the end of the last exchange. */
  readonly finishedIn: number;
  /** Mean time of waiting: for the server's turn and for a slot. */
  readonly meanWait: number;
  /** Of the times from a request to the end of its response, waiting included, that which 95 % do not exceed. */
  readonly p95: number;
  /** Requests that were not answered as they should: an error of the app, a refusal, a client that left. */
  readonly failures: number;
}

/** One request of a run: undefined where it was not even sent. */
export interface RunRow {
  readonly exchange: ExchangeRow | undefined;
  readonly connection: ConnectionRow | undefined;
}

/** @param zero when the first connection was accepted */
export function totalsOf(rows: readonly RunRow[], zero: number): RunTotals {
  const over = rows.flatMap(({ exchange, connection }) =>
    exchange && !Number.isNaN(exchange.end) ? [{ exchange, connection }] : [],
  );
  const waits = over.map(({ exchange, connection }) => waitOf(exchange, connection));
  return {
    requests: rows.length,
    finishedIn: over.reduce((most, { exchange }) => Math.max(most, exchange.start + exchange.end - zero), 0),
    meanWait: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
    p95: percentile(
      over.map(({ exchange, connection }) => timeOf(exchange, connection)),
      95,
    ),
    failures: rows.filter(({ exchange }) => exchange === undefined || hasFailed(exchange)).length,
  };
}

/** From the request, or from when its connection began to wait, to the end of the response; NaN while it goes on. */
export function timeOf(exchange: ExchangeRow, connection: ConnectionRow | undefined): number {
  return turnWait(exchange, connection) + exchange.end;
}

/** How long an exchange waited: until the server served its connection, and until a slot was free. */
export function waitOf(exchange: ExchangeRow, connection: ConnectionRow | undefined): number {
  const queued = (exchange.flags & exchangeFlags.queued) !== 0;
  const until = Number.isNaN(exchange.appStart) ? exchange.end : exchange.appStart;
  return turnWait(exchange, connection) + (queued ? Math.max(0, until - exchange.ready) : 0);
}

/** A connection waits before its first exchange; what it waits beyond the first byte is part of the exchange itself. */
function turnWait(exchange: ExchangeRow, connection: ConnectionRow | undefined): number {
  if (!connection || (exchange.flags & exchangeFlags.first) === 0) return 0;
  const until = Number.isNaN(connection.turn) ? exchange.start : Math.min(connection.turn, exchange.start);
  return Math.max(0, until - connection.registered) || 0;
}

function hasFailed({ outcome, status }: ExchangeRow): boolean {
  return outcomes[outcome] !== 'complete' || status >= 500;
}

/** The smallest value that so many of a hundred do not exceed (nearest rank); 0 of none. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}
