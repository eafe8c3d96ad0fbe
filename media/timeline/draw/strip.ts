import type { Trace } from '../model/trace';
import type { Viewport } from '../viewport';

/** The strip above the lanes: how many app calls ran, waited, and how many connections were open, per pixel column. */
export interface Strip {
  /** Highest number of running app calls in each column, with and without those that waited. */
  readonly running: Int32Array;
  readonly demand: Int32Array;
  readonly connections: Int32Array;
  readonly slots: number;
  /** What the full height stands for: calls, and connections. */
  readonly mostCalls: number;
  readonly mostConnections: number;
  /** Columns from here on lie in the future. */
  readonly until: number;
}

export interface StripNumbers {
  readonly running: number;
  readonly waiting: number;
  readonly mostWaiting: number;
  readonly connections: number;
}

export function stripOf(trace: Trace, viewport: Viewport, slots: number, now: number): Strip {
  const running = trace.running.maxima(viewport);
  const demand = trace.demand.maxima(viewport);
  const connections = trace.connections.maxima(viewport);
  return {
    running,
    demand,
    connections,
    slots,
    mostCalls: Math.max(slots, 1, highest(demand)) * 1.15,
    mostConnections: Math.max(4, highest(connections)) * 1.15,
    until: Math.min(viewport.width, Math.max(0, viewport.x(Math.max(now, trace.newest)))),
  };
}

export function stripNumbers(trace: Trace): StripNumbers {
  return {
    running: trace.running.current,
    waiting: trace.waiting.current,
    mostWaiting: trace.waiting.most,
    connections: trace.connections.current,
  };
}

function highest(values: Int32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
