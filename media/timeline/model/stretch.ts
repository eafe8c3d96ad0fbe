import { counted, duration } from '../format';
import { Viewport } from '../viewport';
import type { Trace } from './trace';

/** A stretch of time that somebody measures. */
export interface Stretch {
  /** ms on the trace's clock; where it was begun, and where it ends so far: that may be earlier */
  readonly from: number;
  readonly to: number;
  /** Its other end no longer moves. */
  readonly fixed: boolean;
}

export interface StretchFacts {
  /** ms */
  readonly length: number;
  /** Requests whose first byte arrived within. */
  readonly begun: number;
  /** Most app calls at a time that ran or waited for a slot. */
  readonly most: number;
}

export function stretchFacts(trace: Trace, { from, to }: Stretch): StretchFacts {
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  const most = trace.demand.maxima(new Viewport(start, end - start, 1))[0] ?? 0;
  return { length: end - start, begun: begunWithin(trace, start, end), most };
}

/** The same for screen readers. */
export function measuredSentence(trace: Trace, stretch: Stretch): string {
  const { length, begun, most } = stretchFacts(trace, stretch);
  return `Measured ${duration(length)}: ${counted(begun, 'request')} began, at most ${most} in flight`;
}

/** Counted lane by lane: each is in the order of first bytes, and ids need not be. */
function begunWithin({ lanes }: Trace, start: number, end: number): number {
  let begun = 0;
  for (let lane = 0; lane < lanes.length; lane++) {
    const list = lanes.listOf(lanes.connectionAt(lane) ?? 0);
    if (list) begun += Math.max(list.gone, list.from(end)) - Math.max(list.gone, list.from(start));
  }
  return begun;
}
