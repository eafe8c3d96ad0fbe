import type { Tone } from '../model/words';
import type { Hatch } from './hatch';
import type { Layout } from './layout';
import type { Theme } from './theme';

/** What every part of the painting needs. */
export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly layout: Layout;
  readonly theme: Theme;
  readonly hatch: Hatch;
}

/** Runs `draw` with the origin at a zone's corner and clipped to it. */
export function within(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  draw: () => void,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, Math.max(0, width), Math.max(0, height));
  context.clip();
  context.translate(x, y);
  draw();
  context.restore();
}

export function toneColour(theme: Theme, tone: Tone): string {
  if (tone === 'error') return theme.errorText;
  return tone === 'warning' ? theme.warningText : theme.dimText;
}
