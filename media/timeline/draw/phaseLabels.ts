import { phaseOf } from '../../../src/core/trace/phases';
import type { Span } from '../../../src/core/trace/spans';
import { duration } from '../format';
import type { PaintedPiece } from './lanePieces';

/** How long a phase lasted, written on it. */
export interface PhaseLabel {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  /** The phase that carries it; undefined where it stands on a ground of its own, or above a thin line. */
  readonly on: PaintedPiece['colour'] | undefined;
  readonly ground: boolean;
  /** Pixels to move it down, or up. */
  readonly shift: number;
}

/**
 * @param pieces of one exchange, in the order in which they are painted
 * @param spans its phases
 * @param x maps a time to pixels
 * @param right where the plot ends
 */
export function phaseLabels(
  pieces: readonly PaintedPiece[],
  spans: readonly Span[],
  x: (time: number) => number,
  right: number,
  measure: (text: string) => number,
): PhaseLabel[] {
  const widest = new Map<Span, { piece: PaintedPiece; from: number; to: number }>();
  pieces.forEach((piece, index) => {
    const span = spanOf(piece, spans, x);
    if (!span || piece.row === 'top' || piece.row === 'bottom') return;
    const from = Math.max(0, piece.x);
    const to = Math.min(right, visibleEnd(piece, pieces.slice(index + 1)));
    const best = widest.get(span);
    if (!best || to - from > best.to - best.from) widest.set(span, { piece, from, to });
  });
  return [...widest].flatMap(([span, { piece, from, to }]) => {
    const lasted = `${duration(span.duration)}${span.open ? '…' : ''}`;
    const texts = [`${phaseOf(span.phase).label} ${lasted}`, lasted];
    const text = texts.find((each) => measure(each) + 2 * margin <= to - from);
    if (text === undefined) return [];
    const width = measure(text);
    const [ground, above] = [piece.row === 'low', piece.row === 'thin'];
    const on = ground || above ? undefined : piece.colour;
    return [{ text, x: (from + to - width) / 2, width, on, ground, shift: above ? -7 : 0 }];
  });
}

const margin = 2;

/** The hop may stand twice, and a phase in several pieces. */
function spanOf(piece: PaintedPiece, spans: readonly Span[], x: (time: number) => number): Span | undefined {
  let [best, distance]: [Span | undefined, number] = [undefined, Infinity];
  for (const span of spans) {
    if (span.phase !== piece.phase) continue;
    const [from, to] = [x(span.start), x(span.start + span.duration)];
    const apart = Math.max(0, from - piece.x, piece.x - to);
    if (apart < distance) [best, distance] = [span, apart];
  }
  return best;
}

/** Where the next piece is painted over it. */
function visibleEnd(piece: PaintedPiece, later: readonly PaintedPiece[]): number {
  let end = piece.x + piece.width;
  for (const { x, row } of later) if (x > piece.x && row !== 'top' && row !== 'bottom') end = Math.min(end, x);
  return end;
}
