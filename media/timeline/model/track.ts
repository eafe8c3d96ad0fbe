import type { Span } from '../../../src/core/trace/spans';

/** The stretch of time that the little bars of the phase table are drawn on. */
export interface Track {
  /** ms on the trace's clock */
  readonly from: number;
  readonly to: number;
}

/**
 * From the request's first phase to its last. Accept and close belong to the connection, which may have been idle for
 * long: they stretch the track only where they lie near, else the request would be a hairline at one of its ends.
 */
export function trackOf(spans: readonly Span[]): Track {
  const own = spans.filter((span) => !ofConnection(span));
  const request = hull(own.length > 0 ? own : spans);
  const near = (request.to - request.from) / 2;
  const close = spans.filter((span) => span.start >= request.from - near && endOf(span) <= request.to + near);
  return close.length > 0 ? hull([...own, ...close]) : request;
}

/** Where a phase stands on a track, in hundredths of it; `outside` where it lies before or after. */
export function placeOn(track: Track, span: Span): { left: number; width: number; outside: boolean } {
  const length = Math.max(1e-6, track.to - track.from);
  const share = (time: number): number => Math.min(1, Math.max(0, (time - track.from) / length)) * 100;
  const left = share(span.start);
  const outside = endOf(span) < track.from || span.start > track.to;
  // The last hundredths are for what is too short to be seen.
  return { left: Math.min(98.5, left), width: share(endOf(span)) - left, outside };
}

function ofConnection(span: Span): boolean {
  return span.phase === 'accept' || span.phase === 'close';
}

function endOf(span: Span): number {
  return span.start + span.duration;
}

function hull(spans: readonly Span[]): Track {
  return { from: Math.min(...spans.map((span) => span.start)), to: Math.max(...spans.map(endOf)) };
}
