import { assertNever } from '../../../src/core/assertNever';
import type { Selection } from '../selection';
import type { Trace } from './trace';

/** Where the keyboard takes the selection. `previous` and `next` go by time over all lanes, which is the order of ids. */
export function neighbour(
  trace: Trace,
  from: Selection,
  where: 'first' | 'laneUp' | 'laneDown' | 'previous' | 'next',
): Selection | undefined {
  const { exchanges } = trace.store;
  switch (where) {
    case 'first':
      return exchangeFrom(trace, exchanges.first, 1);
    case 'next':
      if (from.kind === 'connection') return inLane(trace, from.id, -Infinity);
      return exchangeFrom(trace, from.kind === 'exchange' ? from.id + 1 : exchanges.first, 1);
    case 'previous':
      return exchangeFrom(trace, from.kind === 'exchange' ? from.id - 1 : exchanges.last, -1);
    case 'laneUp':
      return fromLane(trace, from, -1);
    case 'laneDown':
      return fromLane(trace, from, 1);
    default:
      return assertNever(where);
  }
}

/** The first id at or after (or before) `id` that the trace knows. */
function exchangeFrom(trace: Trace, id: number, step: 1 | -1): Selection | undefined {
  const { exchanges } = trace.store;
  for (let each = id; each >= exchanges.first && each <= exchanges.last; each += step) {
    if (exchanges.rowOf(each) >= 0) return { kind: 'exchange', id: each };
  }
  return undefined;
}

/** The exchange nearest in time in the lane above or below; the connection itself where it has none. */
function fromLane(trace: Trace, from: Selection, step: 1 | -1): Selection | undefined {
  const exchange = from.kind === 'exchange' ? trace.exchange(from.id) : undefined;
  const connection = exchange ? exchange.connection : from.kind === 'connection' ? from.id : undefined;
  const lane = connection === undefined ? (step > 0 ? -1 : trace.lanes.length) : trace.lanes.laneOf(connection);
  const next = trace.lanes.connectionAt(lane + step);
  if (next === undefined) return undefined;
  return inLane(trace, next, exchange ? exchange.start : -Infinity) ?? { kind: 'connection', id: next };
}

function inLane(trace: Trace, connection: number, time: number): Selection | undefined {
  let best: number | undefined;
  let distance = Infinity;
  for (const id of trace.lanes.exchangesOf(connection)) {
    const row = trace.store.exchanges.rowOf(id);
    if (row < 0) continue;
    const away = Math.abs((trace.store.exchanges.columns.start[row] ?? 0) - time);
    if (best === undefined || away < distance) {
      best = id;
      distance = away;
    }
  }
  return best === undefined ? undefined : { kind: 'exchange', id: best };
}
