import { spansOf, type Span } from '../../../src/core/trace/spans';
import { listOf, type LaneRef } from '../model/grouping';
import { LaneItems } from '../model/laneItems';
import type { Trace } from '../model/trace';
import type { Viewport } from '../viewport';
import { lastingInto } from './laneBars';

/** Beyond so many exchanges, phases are too many to have room each. */
const mostExchanges = 60;

/**
 * The phases of what lanes show within the window, and the accept and close of their connections; undefined where there
 * are too many to look at.
 */
export function phasesInView(
  trace: Trace,
  lanes: readonly LaneRef[],
  { start, end }: Viewport,
  now: number,
): readonly Span[] | undefined {
  const phases: Span[] = [];
  const seen = new Set<number>();
  for (const lane of lanes) {
    for (const id of exchangesFrom(trace, lane, start)) {
      const exchange = trace.exchange(id);
      if (exchange && exchange.start > end) break;
      if (!exchange || seen.has(id) || trace.matches.hides(id)) continue;
      if (seen.size >= mostExchanges) return undefined;
      seen.add(id);
      phases.push(...spansOf(exchange, trace.connection(exchange.connection), now, trace.isLast(exchange)));
    }
    if (lane.kind === 'connection') phases.push(...ownPhases(trace, lane.connection));
  }
  return phases;
}

/** Those of a lane that last into a time or begin after it, in order. */
function* exchangesFrom(trace: Trace, lane: LaneRef, time: number): Generator<number> {
  const list = listOf(trace, lane);
  if (!list || list.length === 0) return;
  const first = list.from(time);
  for (const earlier of lastingInto(new LaneItems(trace, lane.kind, list), first, time)) yield list.ids[earlier] ?? 0;
  for (let position = first; position < list.length; position++) yield list.ids[position] ?? 0;
}

/** Of a connection: there may be no request on it. */
function ownPhases(trace: Trace, id: number): Span[] {
  const row = trace.connection(id);
  if (!row) return [];
  const spans: Span[] = [];
  const add = (phase: 'accept' | 'close', start: number, end: number): void => {
    if (!Number.isNaN(start) && end >= start) spans.push({ phase, start, duration: end - start, open: false });
  };
  add('accept', row.accepted, row.registered);
  add('close', row.closing, row.closed);
  return spans;
}
