import { assertNever } from '../../../src/core/assertNever';
import type { Selection } from '../selection';
import type { Arrangement } from './arrangement';
import { listOf, type LaneRef } from './grouping';
import type { LaneList } from './laneList';
import type { Trace } from './trace';

/** Where the keyboard takes the selection. `previous` and `next` go by time over all lanes, which is the order of ids. */
export function neighbour(
  trace: Trace,
  lanes: Arrangement,
  from: Selection,
  where: 'first' | 'laneUp' | 'laneDown' | 'previous' | 'next',
): Selection | undefined {
  const { exchanges } = trace.store;
  switch (where) {
    case 'first':
      return exchangeFrom(trace, exchanges.first, 1);
    case 'next':
      if (from.kind === 'connection') return inLane(trace, { kind: 'connection', connection: from.id }, -Infinity);
      return exchangeFrom(trace, from.kind === 'exchange' ? from.id + 1 : exchanges.first, 1);
    case 'previous':
      return exchangeFrom(trace, from.kind === 'exchange' ? from.id - 1 : exchanges.last, -1);
    case 'laneUp':
      return fromLane(trace, lanes, from, -1);
    case 'laneDown':
      return fromLane(trace, lanes, from, 1);
    default:
      return assertNever(where);
  }
}

/** The first id at or after (or before) `id` that the trace knows. */
function exchangeFrom(trace: Trace, id: number, step: 1 | -1): Selection | undefined {
  const { exchanges } = trace.store;
  for (let each = id; each >= exchanges.first && each <= exchanges.last; each += step) {
    if (exchanges.rowOf(each) >= 0 && !trace.matches.hides(each)) return { kind: 'exchange', id: each };
  }
  return undefined;
}

/** The exchange nearest in time in the lane above or below; the connection itself where it has none. */
function fromLane(trace: Trace, lanes: Arrangement, from: Selection, step: 1 | -1): Selection | undefined {
  const at = lanes.indexOf(from);
  const exchange = from.kind === 'exchange' ? trace.exchange(from.id) : undefined;
  let next = at >= 0 ? at + step : step > 0 ? 0 : lanes.length - 1;
  for (let lane = lanes.laneAt(next); lane; lane = lanes.laneAt((next += step))) {
    const found = inLane(trace, lane, exchange ? exchange.start : -Infinity);
    // Who waited and got a slot stands in both lanes, and is at home in that of the slot.
    if (found && lanes.indexOf(found) === next) return found;
  }
  return undefined;
}

function inLane(trace: Trace, lane: LaneRef, time: number): Selection | undefined {
  const list = listOf(trace, lane);
  const { matches, store } = trace;
  const isKept = (id: number): boolean => store.exchanges.rowOf(id) >= 0 && !matches.hides(id);
  const nearest = lane.kind === 'waiting' ? list?.ids.at(-1) : list?.nearest(time);
  const id = nearest !== undefined && isKept(nearest) ? nearest : list && keptNear(list, list.from(time), isKept);
  if (id !== undefined) return { kind: 'exchange', id };
  return lane.kind === 'connection' ? { kind: 'connection', id: lane.connection } : undefined;
}

/** The kept one that stands nearest to a position. */
function keptNear(list: LaneList, at: number, isKept: (id: number) => boolean): number | undefined {
  for (let far = 0; far <= list.length; far++) {
    for (const id of [list.ids[at + far], list.ids[at - far - 1]]) if (id !== undefined && isKept(id)) return id;
  }
  return undefined;
}
