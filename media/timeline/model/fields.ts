import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import type { TraceStore } from '../../../src/core/trace/traceStore';
import type { CountedExchange } from './counts';
import type { OverviewFields } from './overview';
import type { SlotFields } from './slotLanes';
import { toneOf } from './words';

/** What lanes, counts and clients need of a row: read without copying the whole of it. */
export type ExchangeFields = SlotFields & CountedExchange & OverviewFields & Pick<ExchangeRow, 'connection'>;
export type ConnectionFields = Pick<ConnectionRow, 'remote' | 'requests' | 'accepted' | 'turn' | 'closed'>;

export function exchangeFields({ exchanges }: TraceStore, id: number): ExchangeFields | undefined {
  const row = exchanges.rowOf(id);
  if (row < 0) return undefined;
  const { connection, worker, slot, flags, status, outcome, start, ready, appStart, appEnd, end } = exchanges.columns;
  return {
    connection: connection[row] ?? 0,
    worker: worker[row] ?? 0,
    slot: slot[row] ?? 0,
    flags: flags[row] ?? 0,
    failed: toneOf({ status: status[row] ?? 0, outcome: outcome[row] ?? 0 }) === 'error',
    start: start[row] ?? NaN,
    ready: ready[row] ?? NaN,
    appStart: appStart[row] ?? NaN,
    appEnd: appEnd[row] ?? NaN,
    end: end[row] ?? NaN,
  };
}

export function connectionFields({ connections }: TraceStore, id: number): ConnectionFields | undefined {
  const row = connections.rowOf(id);
  if (row < 0) return undefined;
  const { remote, requests, accepted, turn, closed } = connections.columns;
  return {
    remote: remote[row] ?? 0,
    requests: requests[row] ?? 0,
    accepted: accepted[row] ?? NaN,
    turn: turn[row] ?? NaN,
    closed: closed[row] ?? NaN,
  };
}
