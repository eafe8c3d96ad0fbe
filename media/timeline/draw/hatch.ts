import type { PhaseName } from '../../../src/core/trace/phases';
import type { Theme } from './theme';

/** Phases in which nothing is done for the request: it waits for somebody. */
const waitingPhases = ['turn', 'body', 'queue', 'stall'] as const satisfies readonly PhaseName[];
export type WaitingPhase = (typeof waitingPhases)[number];

export function isWaiting(phase: PhaseName | 'error'): phase is WaitingPhase {
  return waitingPhases.some((each) => each === phase);
}

/**
 * Patterns for what waits, so that waiting never looks like work, in any theme. Each kind has its own, to be told
 * apart without its colour: dots for a turn, upright lines for a body, slanted ones for a slot (/) and for a client (\).
 * A tile is drawn once per colour and pixel ratio.
 */
export class Hatch {
  readonly #made = new Map<string, CanvasPattern | string>();

  patternFor(context: CanvasRenderingContext2D, theme: Theme, phase: WaitingPhase): CanvasPattern | string {
    const { colour } = theme.phases[phase];
    const ratio = context.getTransform().a;
    const key = `${phase} ${colour} ${ratio}`;
    let pattern = this.#made.get(key);
    if (pattern === undefined) {
      if (this.#made.size >= mostTiles) this.#made.clear();
      pattern = makePattern(context, colour, ratio, phase) ?? colour;
      this.#made.set(key, pattern);
    }
    return pattern;
  }
}

const tileSize = 7;
/** Themes come and go. */
const mostTiles = 40;

function makePattern(
  context: CanvasRenderingContext2D,
  colour: string,
  ratio: number,
  phase: WaitingPhase,
): CanvasPattern | undefined {
  const size = Math.max(1, Math.round(tileSize * ratio));
  const tile = new OffscreenCanvas(size, size);
  const draw = tile.getContext('2d');
  if (!draw) return undefined;
  draw.fillStyle = colour;
  draw.strokeStyle = colour;
  draw.globalAlpha = 0.28;
  draw.fillRect(0, 0, size, size);
  draw.globalAlpha = 1;
  drawTile[phase](draw, size);
  const pattern = context.createPattern(tile, 'repeat') ?? undefined;
  pattern?.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

const drawTile: Readonly<Record<WaitingPhase, (draw: OffscreenCanvasRenderingContext2D, size: number) => void>> = {
  turn: (draw, size) => {
    for (const at of [0.25, 0.75]) {
      draw.beginPath();
      draw.arc(size * at, size * at, size * 0.16, 0, 2 * Math.PI);
      draw.fill();
    }
  },
  body: (draw, size) => draw.fillRect(0, 0, Math.max(1, Math.round(size * 0.3)), size),
  queue: (draw, size) => slanted(draw, size),
  stall: (draw, size) => {
    draw.setTransform(-1, 0, 0, 1, size, 0);
    slanted(draw, size);
  },
};

function slanted(draw: OffscreenCanvasRenderingContext2D, size: number): void {
  draw.lineWidth = size * 0.3;
  draw.beginPath();
  for (const shift of [-size, 0, size]) {
    draw.moveTo(shift - size * 0.25, size * 1.25);
    draw.lineTo(shift + size * 1.25, -size * 0.25);
  }
  draw.stroke();
}
