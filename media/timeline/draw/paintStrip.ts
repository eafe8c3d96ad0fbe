import type { Columns } from '../model/stripTracks';
import type { Brush } from './brush';
import type { Strip, TrackScene } from './strip';

/**
 * Two things over time: app calls as an area with the calls that waited stacked on top in the hatch of the queue, and
 * open connections as a line. The dashed line is the limit of slots: what stands above it had to wait. Further tracks
 * lie below, each in a line of its own.
 */
export function paintStrip(brush: Brush, strip: Strip): void {
  const { context, layout, theme } = brush;
  if (layout.strip === 0) return;
  context.fillStyle = theme.stripBackground;
  context.fillRect(0, 0, layout.width, layout.strip - 1);
  paintCalls(brush, strip);
  strip.tracks.forEach((track, index) => {
    const top = layout.calls + index * layout.trackHeight;
    context.globalAlpha = 0.5;
    context.fillStyle = theme.grid;
    context.fillRect(0, top - 1, layout.width, 1);
    context.globalAlpha = 1;
    paintTrack(brush, track, columnsOf(strip, track.values[0]), top + layout.trackHeight - 3);
  });
}

function columnsOf(strip: Strip, values: Columns | undefined): number {
  return Math.min(values?.length ?? 0, Math.ceil(strip.until));
}

function paintCalls(brush: Brush, strip: Strip): void {
  const { context, layout, theme } = brush;
  const height = layout.calls - 1;
  const scale = (height - 4) / strip.mostCalls;
  const columns = columnsOf(strip, strip.running);
  area(
    context,
    columns,
    height,
    () => 0,
    (column) => (strip.running[column] ?? 0) * scale,
  );
  context.fillStyle = theme.phases.app.colour;
  context.globalAlpha = 0.38;
  context.fill();
  context.globalAlpha = 1;
  outline(context, columns, height, (column) => (strip.running[column] ?? 0) * scale);
  context.strokeStyle = theme.phases.app.colour;
  context.lineWidth = 1;
  context.stroke();

  area(
    context,
    columns,
    height,
    (column) => (strip.running[column] ?? 0) * scale,
    (column) => Math.max(strip.demand[column] ?? 0, strip.running[column] ?? 0) * scale,
  );
  context.fillStyle = brush.hatch.patternFor(context, theme, 'queue');
  context.fill();

  dashed(brush, () => outline(context, strip.limits.length, height, (column) => (strip.limits[column] ?? 0) * scale));

  const connectionScale = (height - 4) / strip.mostConnections;
  outline(context, columns, height, (column) => (strip.connections[column] ?? 0) * connectionScale);
  context.strokeStyle = theme.connections;
  context.globalAlpha = 0.6;
  context.stroke();
  context.globalAlpha = 1;
}

/** @param bottom where the zero line of the track lies */
function paintTrack(brush: Brush, track: TrackScene, columns: number, bottom: number): void {
  const { context, layout, theme } = brush;
  const whole = layout.trackHeight - 6;
  const colour = track.colour === 'line' ? theme.connections : theme.phases[track.colour].colour;
  const each = whole / Math.max(1, track.values.length);
  const gap = track.values.length > 1 && each >= 3 ? 1 : 0;
  track.values.forEach((values, index) => {
    const base = bottom - whole + (index + 1) * each - gap;
    const scale = (each - gap) / track.most;
    area(
      context,
      columns,
      base,
      () => 0,
      (column) => (values[column] ?? 0) * scale,
    );
    context.fillStyle = colour;
    context.globalAlpha = 0.7;
    context.fill();
    context.globalAlpha = 1;
    if (track.values.length > 1) {
      context.globalAlpha = 0.35;
      context.fillRect(0, base - 0.5, columns, 0.5);
      context.globalAlpha = 1;
    }
  });
  const { limit } = track;
  if (limit !== undefined) dashed(brush, () => outline(context, columns, bottom, () => (limit * whole) / track.most));
}

function dashed(brush: Brush, path: () => void): void {
  const { context, theme } = brush;
  context.save();
  context.strokeStyle = theme.dimText;
  context.globalAlpha = 0.8;
  context.setLineDash([3, 3]);
  path();
  context.stroke();
  context.restore();
}

/** A closed path between two step functions, drawn only where they are apart. */
function area(
  context: CanvasRenderingContext2D,
  columns: number,
  height: number,
  low: (column: number) => number,
  high: (column: number) => number,
): void {
  context.beginPath();
  let column = 0;
  while (column < columns) {
    const bottom = low(column);
    const top = high(column);
    const from = column;
    while (column < columns && low(column) === bottom && high(column) === top) column++;
    if (top > bottom) context.rect(from, height - top, column - from, top - bottom);
  }
}

/** The upper edge of a step function. */
function outline(
  context: CanvasRenderingContext2D,
  columns: number,
  height: number,
  value: (column: number) => number,
): void {
  context.beginPath();
  let last = NaN;
  for (let column = 0; column < columns; column++) {
    const y = Math.round(height - value(column)) - 0.5;
    if (y === last) continue;
    if (column === 0) context.moveTo(0, y);
    else context.lineTo(column, last);
    context.lineTo(column, y);
    last = y;
  }
  if (columns > 0) context.lineTo(columns, last);
}
