import type { ComparedRun } from '../../../src/core/trace/comparison';
import {
  connectionSchema,
  exchangeFlags,
  exchangeSchema,
  type ConnectionRow,
  type ExchangeRow,
} from '../../../src/core/trace/columns';
import { concurrencyName } from '../../../src/core/trace/concurrency';
import { packRows, unpackRows } from '../../../src/core/trace/packedRows';
import { timeOf, totalsOf, waitOf, type RunTotals } from '../../../src/core/trace/totals';
import { duration } from '../format';
import { Trace } from './trace';
import { requestName, resultName } from './words';

/**
 * One run of a comparison as its picture needs it. Each request has a lane of its own, so that the same request stands
 * in the same place in both runs, however the models have spread them over connections. A lane has of its connection
 * what belongs to its request: the accept and the wait for its turn before the first, the close after the last.
 */
export class RunPicture {
  readonly name: string;
  readonly slots: number;
  readonly trace: Trace;
  readonly totals: RunTotals;

  /** @param requests how many were to be sent */
  constructor({ model, slots, batch }: ComparedRun, requests: number) {
    this.name = concurrencyName(model, slots);
    this.slots = slots;
    const exchanges = unpackRows(exchangeSchema, batch.exchanges);
    const connections = unpackRows(connectionSchema, batch.connections);
    const byId = new Map(connections.map((row) => [row.id, row]));
    const rows = new Map(exchanges.map((row) => [row.id, row]));
    const inOrder = Array.from({ length: requests }, (_, index) => {
      const exchange = rows.get(index + 1);
      return { exchange, connection: exchange && byId.get(exchange.connection) };
    });
    this.totals = totalsOf(inOrder, 0);
    this.trace = new Trace(Math.max(1, requests));
    this.trace.append({
      ...batch,
      exchanges: packRows(
        exchangeSchema,
        exchanges.map((row) => ({ ...row, connection: row.id })),
      ),
      connections: packRows(
        connectionSchema,
        inOrder.map((row, index) => laneOf(index + 1, row, exchanges)),
      ),
    });
  }

  /** What stands beside a request: its name, how long it took and how much of that it waited. */
  caption(id: number): { title: string; shortTitle: string; summaries: string[] } {
    const exchange = this.trace.exchange(id);
    if (!exchange) return { title: `request ${id}`, shortTitle: `no. ${id}`, summaries: ['not sent'] };
    const title = requestName(this.trace, exchange);
    const total = this.total(id);
    const result = resultName(exchange);
    const waited = this.wait(id);
    const brief = [result === '200' ? '' : result, duration(total)].filter(Boolean).join(' · ');
    const summaries = waited >= worthSaying ? [`${brief} · waited ${duration(waited)}`, brief] : [brief];
    return { title, shortTitle: title.split('?')[0] ?? title, summaries };
  }

  /** From the request, or its wait for a turn, to the end of the response; NaN where it was not sent. */
  total(id: number): number {
    const exchange = this.trace.exchange(id);
    return exchange ? timeOf(exchange, this.trace.connection(id)) : NaN;
  }

  wait(id: number): number {
    const exchange = this.trace.exchange(id);
    return exchange ? waitOf(exchange, this.trace.connection(id)) : NaN;
  }
}

/** Waits below this are the server's own work. ms */
const worthSaying = 1;

function laneOf(
  id: number,
  { exchange, connection }: { exchange: ExchangeRow | undefined; connection: ConnectionRow | undefined },
  exchanges: readonly ExchangeRow[],
): ConnectionRow {
  const siblings = exchanges.filter((each) => each.connection === exchange?.connection);
  const isFirst = (row: ExchangeRow | undefined): boolean => ((row?.flags ?? 0) & exchangeFlags.first) !== 0;
  const known = connection ?? nothingKnown;
  const opens = isFirst(exchange);
  // Whether it is the last of its connection is known where all of them are here.
  const closes =
    exchange !== undefined &&
    isFirst(siblings[0]) &&
    siblings.length === known.requests &&
    siblings.at(-1) === exchange;
  return {
    ...known,
    id,
    requests: exchange ? 1 : 0,
    ...(opens ? {} : { accepted: NaN, registered: NaN, turn: NaN }),
    ...(closes ? {} : { closing: NaN, closed: NaN, closedBy: 0, how: 0 }),
  };
}

const nothingKnown: ConnectionRow = {
  id: 0,
  local: 0,
  remote: 0,
  requests: 0,
  closedBy: 0,
  how: 0,
  caller: 0,
  bytesIn: 0,
  bytesOut: 0,
  accepted: NaN,
  registered: NaN,
  turn: NaN,
  closing: NaN,
  closed: NaN,
};
