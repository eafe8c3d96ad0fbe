import type { PhaseName } from '../../../src/core/trace/phases';
import { duration } from '../format';
import type { Viewport } from '../viewport';
import { depthSeries, lagSeries } from './kernelSeries';
import { notableLagMs } from './ownError';
import type { Trace } from './trace';

/** One value for each pixel column of the plot. */
export type Columns = Int32Array | Float32Array | Float64Array;

/** A value over time. */
export interface Series {
  /** The highest value within each pixel column of the plot. */
  maxima(viewport: Viewport): Columns;
  valueAt(time: number): number;
  /** The newest value. */
  readonly current: number;
}

/** A line of its own in the strip, below the calls. */
export interface StripTrack {
  readonly id: string;
  readonly name: string;
  /** The same for a narrow column. */
  readonly shortName: string;
  /** What the track says, for those who point at its name. */
  readonly explanation: string;
  /** A colour of the theme; `line` is that of the open connections. */
  readonly colour: PhaseName | 'error' | 'line';
  /** One is drawn as an area, several as bands above each other. */
  readonly series: readonly Series[];
  /** What the full height stands for at least. */
  readonly least: number;
  /** What the values are measured against, drawn as a dashed line. */
  readonly limit?: number;
  /** The values of all series at one instant, in words. */
  readonly format: (values: readonly number[]) => string;
}

/** The tracks that there is something to show on. */
export function stripTracksOf(trace: Trace): readonly StripTrack[] {
  const tracks: StripTrack[] = [];
  const workers = [...trace.workers].sort(([a], [b]) => a - b).map(([, running]) => running);
  if (workers.length > 1) {
    tracks.push({
      id: 'workers',
      name: 'Busy workers',
      shortName: 'Workers',
      explanation:
        'One band for each worker process that ran an app call in view, filled while it does. The oldest is on top.',
      colour: 'app',
      series: workers,
      least: 1,
      format: (values) => String(values.filter((value) => value > 0).length),
    });
  }
  const { lags, kernel } = trace.store;
  if (kernel.depths.length > 0) {
    tracks.push({
      id: 'accept-queue',
      name: 'Waiting to be accepted',
      shortName: 'Accept queue',
      explanation: 'Connections in the kernel’s accept queue: established, and not yet accepted by the server.',
      colour: 'turn',
      series: [depthSeries(kernel.depths)],
      least: 4,
      format: ([depth = 0]) => String(depth),
    });
  }
  if (lags.worst >= 0 && lags.valueAt(lags.worst) >= notableLagMs) {
    tracks.push({
      id: 'lag',
      name: 'Server thread late',
      shortName: 'Late',
      explanation:
        'The tool’s own error: how late the server’s thread got to what was due. Times stamped meanwhile are late, too.',
      colour: 'line',
      series: [lagSeries(lags)],
      least: notableLagMs,
      format: ([lag = 0]) => duration(lag),
    });
  }
  return tracks;
}
