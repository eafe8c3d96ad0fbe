import type { Viewport } from '../viewport';
import type { Trace } from './trace';

/**
 * Which window to show while the picture follows the newest: a span that the user chose, or one that suits the data.
 * With little data that is everything there is, so that the very first request is a bar and not a hair; later it is
 * the last few seconds, and as much as the oldest exchange in progress needs.
 */
export type FollowSpan = number | 'auto' | 'all';

const usualSpan = 10_000;
const leastSpan = 20;
/** An exchange in progress widens the window up to this. */
const mostSpan = 120_000;
/** Pixels that stay free at the right, for the label of the newest request; at most this share of the window. */
const freePixels = 170;
const mostFree = 0.3;

export function followed(viewport: Viewport, trace: Trace, now: number, span: FollowSpan): Viewport {
  if (Number.isNaN(trace.first)) return viewport;
  const freeShare = Math.min(mostFree, freePixels / viewport.width);
  const newest = trace.open.size > 0 ? Math.max(trace.newest, now) : trace.newest;
  const everything = newest - trace.first;
  if (typeof span === 'number') return viewport.showing(newest - span * (1 - freeShare), newest + span * freeShare, 0);
  const least = Math.max(leastSpan, span === 'all' ? 0 : 2 * orZero(trace.latestDuration));
  if (span === 'all' || everything <= usualSpan) {
    const whole = Math.max(everything / (1 - freeShare), Math.min(least, usualSpan));
    return viewport.showing(trace.first - whole * 0.03, trace.first + whole, 0);
  }
  const wanted = Math.min(
    mostSpan,
    Math.max(usualSpan, (1.05 * (newest - oldestOpen(trace, newest))) / (1 - freeShare)),
  );
  return viewport.showing(newest - wanted * (1 - freeShare), newest + wanted * freeShare, 0);
}

function oldestOpen(trace: Trace, otherwise: number): number {
  let oldest = otherwise;
  for (const id of trace.open) {
    const row = trace.store.exchanges.rowOf(id);
    if (row >= 0) oldest = Math.min(oldest, trace.store.exchanges.columns.start[row] ?? oldest);
  }
  return oldest;
}

function orZero(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}
