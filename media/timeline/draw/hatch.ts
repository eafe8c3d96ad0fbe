import type { Theme } from './theme';

/**
 * Diagonal stripes for what waits, so that waiting never looks like work, in any theme and to any eye. The tile is
 * drawn once per colour and pixel ratio.
 */
export class Hatch {
  #pattern: CanvasPattern | undefined;
  #made = '';

  patternFor(context: CanvasRenderingContext2D, theme: Theme): CanvasPattern | string {
    const colour = theme.phases.queue.colour;
    const ratio = context.getTransform().a;
    const key = `${colour} ${ratio}`;
    if (this.#made !== key) {
      this.#made = key;
      this.#pattern = makePattern(context, colour, ratio);
    }
    return this.#pattern ?? colour;
  }
}

const tileSize = 7;

function makePattern(context: CanvasRenderingContext2D, colour: string, ratio: number): CanvasPattern | undefined {
  const size = Math.max(1, Math.round(tileSize * ratio));
  const tile = new OffscreenCanvas(size, size);
  const draw = tile.getContext('2d');
  if (!draw) return undefined;
  draw.fillStyle = colour;
  draw.globalAlpha = 0.28;
  draw.fillRect(0, 0, size, size);
  draw.globalAlpha = 1;
  draw.strokeStyle = colour;
  draw.lineWidth = size * 0.3;
  draw.beginPath();
  for (const shift of [-size, 0, size]) {
    draw.moveTo(shift - size * 0.25, size * 1.25);
    draw.lineTo(shift + size * 1.25, -size * 0.25);
  }
  draw.stroke();
  const pattern = context.createPattern(tile, 'repeat') ?? undefined;
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}
