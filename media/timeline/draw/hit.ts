import type { Arrangement, Row } from '../model/arrangement';
import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import type { Viewport } from '../viewport';
import { exchangeAt } from './laneBars';
import type { Layout } from './layout';

/** Pixels beside a bar that still count as on it. */
const near = 5;

/** What lies under a point of the picture. */
export interface Hit {
  /** What a click there selects: the exchange, else the connection whose lane it is, else nothing. */
  readonly selection: Selection;
  readonly row: Row | undefined;
}

/** @param scroll pixels of lanes above the visible ones */
export function hitAt(
  x: number,
  y: number,
  picture: { trace: Trace; arrangement: Arrangement; layout: Layout; viewport: Viewport; scroll: number; now: number },
): Hit {
  const { trace, arrangement, layout, viewport, scroll, now } = picture;
  const below = y - layout.lanesTop;
  const row = below < 0 ? undefined : arrangement.rowAt(below + scroll);
  if (row?.kind !== 'lane') return { selection: nothingSelected, row };
  const { lane } = row;
  const plotX = x - layout.titles;
  const time = viewport.time(plotX);
  // Beside a bar time may be drawn more coarsely than on it.
  const tolerance = Math.min(viewport.time(plotX + near) - time, time - viewport.time(plotX - near));
  const id = plotX < 0 ? undefined : exchangeAt(trace, lane, time, tolerance, now);
  if (id !== undefined) return { selection: { kind: 'exchange', id }, row };
  return { selection: lane.kind === 'connection' ? { kind: 'connection', id: lane.connection } : nothingSelected, row };
}
