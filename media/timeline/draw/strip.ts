import { slotLimits } from '../model/modelChanges';
import type { Columns, StripTrack } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import type { Viewport } from '../viewport';

/**
 * The strip above the lanes: how many app calls ran, waited, and how many connections were open, per pixel column, and
 * below that the further tracks.
 */
export interface Strip {
  /** Highest number of running app calls in each column, with and without those that waited. */
  readonly running: Int32Array;
  readonly demand: Int32Array;
  readonly connections: Int32Array;
  /** How many app calls could run at a time. */
  readonly limits: Int32Array;
  /** What the full height stands for: calls, and connections. */
  readonly mostCalls: number;
  readonly mostConnections: number;
  /** Columns from here on lie in the future. */
  readonly until: number;
  readonly tracks: readonly TrackScene[];
}

export interface TrackScene {
  readonly colour: StripTrack['colour'];
  /** For each series the value in each column. */
  readonly values: readonly Columns[];
  /** What the full height stands for. */
  readonly most: number;
  readonly limit: number | undefined;
}

/** @param slots most app calls at a time where the trace does not say */
export function stripOf(
  trace: Trace,
  tracks: readonly StripTrack[],
  viewport: Viewport,
  slots: number,
  now: number,
): Strip {
  const running = trace.running.maxima(viewport);
  const demand = trace.demand.maxima(viewport);
  const connections = trace.connections.maxima(viewport);
  const limits = slotLimits(trace.store.models, viewport, slots);
  return {
    running,
    demand,
    connections,
    limits,
    mostCalls: Math.max(highest(limits), 1, highest(demand)) * 1.15,
    mostConnections: Math.max(4, highest(connections)) * 1.15,
    until: Math.min(viewport.width, Math.max(0, viewport.x(Math.max(now, trace.newest)))),
    tracks: tracks.map((track) => trackScene(track, viewport)),
  };
}

function trackScene({ colour, series, least, limit }: StripTrack, viewport: Viewport): TrackScene {
  const all = series.map((each) => each.maxima(viewport));
  // Of several, those that have nothing in view would only take the height of the others.
  const some = all.filter((values) => highest(values) > 0);
  const values = some.length > 0 ? some : all.slice(0, 1);
  return { colour, values, most: Math.max(least, ...values.map(highest)), limit };
}

function highest(values: Columns): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
