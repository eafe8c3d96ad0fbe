import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import type { Viewport } from '../viewport';
import { exchangeAt } from './laneBars';
import type { Layout } from './layout';

/** Pixels beside a bar that still count as on it. */
const near = 5;

/** What lies under a point of the picture. */
export interface Hit {
  /** What a click there selects: the exchange, else its connection, else nothing. */
  readonly selection: Selection;
  readonly connection: number | undefined;
}

/** @param scroll pixels of lanes above the visible ones */
export function hitAt(
  x: number,
  y: number,
  picture: { trace: Trace; layout: Layout; viewport: Viewport; scroll: number; now: number },
): Hit {
  const { trace, layout, viewport, scroll, now } = picture;
  const below = y - layout.lanesTop;
  const connection = below < 0 ? undefined : trace.lanes.connectionAt(Math.floor((below + scroll) / layout.laneHeight));
  if (connection === undefined) return { selection: nothingSelected, connection };
  const plotX = x - layout.titles;
  const id = plotX < 0 ? undefined : exchangeAt(trace, connection, viewport.time(plotX), near * viewport.perPixel, now);
  return {
    selection: id === undefined ? { kind: 'connection', id: connection } : { kind: 'exchange', id },
    connection,
  };
}
