import { performance } from 'node:perf_hooks';

/** Reads the trace's monotonic clock: ms since its zero, fractions kept. */
export type Clock = () => number;

/**
 * The clock of a trace whose zero is the given wall-clock time. Threads of one process that are given the same zero
 * read the same clock, as `performance.now` counts from `performance.timeOrigin` on one monotonic counter.
 *
 * @param originUnixMs ms since 1970
 */
export function traceClock(originUnixMs: number): Clock {
  const offset = performance.timeOrigin - originUnixMs;
  return () => performance.now() + offset;
}
