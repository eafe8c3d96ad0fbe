import type { Brush } from './brush';
import type { Strip } from './strip';

/**
 * Two things over time: app calls as an area with the calls that waited stacked on top in the hatch of the queue, and
 * open connections as a line. The dashed line is the limit of slots: what stands above it had to wait.
 */
export function paintStrip(brush: Brush, strip: Strip): void {
  const { context, layout, theme } = brush;
  const height = layout.strip - 1;
  const scale = (height - 4) / strip.mostCalls;
  context.fillStyle = theme.stripBackground;
  context.fillRect(0, 0, layout.width, height);

  const columns = Math.min(strip.running.length, Math.ceil(strip.until));
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
  context.fillStyle = brush.hatch.patternFor(context, theme);
  context.fill();

  paintLimit(brush, strip.slots * scale, height);

  const connectionScale = (height - 4) / strip.mostConnections;
  outline(context, columns, height, (column) => (strip.connections[column] ?? 0) * connectionScale);
  context.strokeStyle = theme.connections;
  context.globalAlpha = 0.6;
  context.stroke();
  context.globalAlpha = 1;
}

function paintLimit(brush: Brush, up: number, height: number): void {
  const { context, layout, theme } = brush;
  if (up <= 0) return;
  const y = Math.round(height - up) + 0.5;
  context.save();
  context.strokeStyle = theme.dimText;
  context.globalAlpha = 0.8;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(layout.width, y);
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
