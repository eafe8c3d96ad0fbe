import type { Arrows } from './arrows';
import type { Brush } from './brush';

/** Thin and dashed, on a trace of the background, so that they read on lanes and bars in every theme. */
export function paintArrows(brush: Brush, { arrows, rest }: Arrows): void {
  const { context, theme } = brush;
  context.save();
  context.lineCap = 'round';
  for (const { x, fromY, toY } of arrows) {
    const at = Math.round(x) + 0.5;
    for (const [style, width, dash] of [
      [theme.background, 3, []],
      [theme.text, 1.25, [3, 3]],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.globalAlpha = dash.length > 0 ? 1 : 0.5;
      context.beginPath();
      context.moveTo(at, fromY);
      context.lineTo(at, toY);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  for (const { x, fromY, toY, outside } of arrows) {
    const at = Math.round(x) + 0.5;
    const down = toY > fromY ? 1 : -1;
    context.fillStyle = theme.text;
    context.strokeStyle = theme.background;
    context.lineWidth = 1;
    // What lies outside gets an open head: the arrow goes on.
    context.beginPath();
    context.moveTo(at - head, toY - down * head * 1.6);
    context.lineTo(at + head, toY - down * head * 1.6);
    context.lineTo(at, toY);
    context.closePath();
    if (outside) {
      context.fillStyle = theme.background;
      context.strokeStyle = theme.text;
    }
    context.fill();
    context.stroke();
    context.fillStyle = theme.text;
    context.beginPath();
    context.arc(at, fromY, 2.5, 0, 2 * Math.PI);
    context.fill();
  }
  if (rest) {
    context.font = theme.smallFont;
    context.textBaseline = 'middle';
    context.fillStyle = theme.background;
    context.fillRect(rest.x - 2, rest.y - 15, context.measureText(rest.text).width + 4, 14);
    context.fillStyle = theme.text;
    context.fillText(rest.text, rest.x, rest.y - 8);
  }
  context.restore();
}

const head = 4;
