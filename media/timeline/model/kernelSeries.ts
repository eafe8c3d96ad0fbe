import type { Series as Samples } from '../../../src/core/trace/series';
import type { Viewport } from '../viewport';
import type { Series } from './stripTracks';

/** How late the server thread was, over time: each lag counts from the instant at which something was due until it was done. */
export function lagSeries(lags: Samples): Series {
  return {
    current: lags.length === 0 ? 0 : lags.valueAt(lags.length - 1),
    valueAt(time) {
      let most = 0;
      for (let position = firstThatMayReach(lags, time); position < lags.firstAfter(time); position++) {
        const lag = lags.valueAt(position);
        if (lag > most && lags.timeAt(position) + lag >= time) most = lag;
      }
      return most;
    },
    maxima(viewport) {
      const columns = new Float64Array(Math.ceil(viewport.width));
      const end = viewport.time(columns.length);
      for (let position = firstThatMayReach(lags, viewport.start); position < lags.length; position++) {
        const [time, lag] = [lags.timeAt(position), lags.valueAt(position)];
        if (time >= end) break;
        fill(columns, viewport, time, time + lag, lag);
      }
      return columns;
    },
  };
}

/** How many connections waited to be accepted, over time: a depth counts until the next one. */
export function depthSeries(depths: Samples): Series {
  return {
    current: depths.length === 0 ? 0 : depths.valueAt(depths.length - 1),
    valueAt(time) {
      const position = depths.firstAfter(time) - 1;
      return position < 0 ? 0 : depths.valueAt(position);
    },
    maxima(viewport) {
      const columns = new Float64Array(Math.ceil(viewport.width));
      const end = viewport.time(columns.length);
      for (let position = Math.max(0, depths.firstAfter(viewport.start) - 1); position < depths.length; position++) {
        if (depths.timeAt(position) >= end) break;
        const until = position + 1 < depths.length ? depths.timeAt(position + 1) : end;
        fill(columns, viewport, depths.timeAt(position), until, depths.valueAt(position));
      }
      return columns;
    },
  };
}

/** The first lag that began so late that it may go on at the given instant: none is longer than the worst. */
function firstThatMayReach(lags: Samples, time: number): number {
  return lags.worst < 0 ? 0 : lags.firstAfter(time - lags.valueAt(lags.worst) - 1);
}

function fill(columns: Float64Array, viewport: Viewport, from: number, to: number, value: number): void {
  const last = Math.min(columns.length - 1, Math.floor(viewport.x(to)));
  for (let column = Math.max(0, Math.floor(viewport.x(from))); column <= last; column++) {
    if (value > (columns[column] ?? 0)) columns[column] = value;
  }
}
