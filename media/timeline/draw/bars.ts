import type { Span } from '../../../src/core/trace/spans';
import type { PhaseName } from '../../../src/core/trace/phases';

/**
 * One exchange as rectangles, in pixels along its lane.
 *
 * Nothing that happened is invisible: a bar is at least 3 px wide and each phase in it at least 1 px. Phases thinner
 * than that stand side by side and push the next one aside; where even that is too tight, the least telling go first.
 * Phases that overlap share the height: a body that still arrives lies along the top of the app call, bytes that
 * already leave along its bottom.
 */
export interface Piece {
  readonly phase: PhaseName;
  readonly x: number;
  readonly width: number;
  readonly row: PieceRow;
  /** The phase goes on: its end is now, not known. */
  readonly open: boolean;
}

/** How much of the bar's height a piece takes. */
export type PieceRow = 'full' | 'top' | 'bottom' | 'low' | 'thin';

export const leastBar = 3;

/** Most telling first: when there is no room, the last go. */
const byImportance: readonly PhaseName[] = ['app', 'queue', 'sendall', 'recv', 'environ', 'parse', 'hop'];

/** @param x maps a time to pixels */
export function piecesOf(spans: readonly Span[], x: (time: number) => number): Piece[] {
  const inBar = spans.filter((span) => byImportance.includes(span.phase));
  if (inBar.length === 0) return [];
  const left = Math.min(...inBar.map((span) => x(span.start)));
  const right = Math.max(left + leastBar, ...inBar.map((span) => x(span.start + span.duration)));
  const kept = keep(inBar, Math.max(3, Math.floor((right - left) / 4)));
  const needed = kept.length;
  const shown = inBar.filter((span) => kept.includes(span)).sort((a, b) => a.start - b.start);

  // First the thin ones side by side, in order of time, then what is wide starts where they end.
  const placed: { span: Span; from: number; to: number }[] = [];
  let taken = left;
  shown.forEach((span, index) => {
    const last = right - (needed - 1 - index);
    let from = x(span.start);
    let to = x(span.start + span.duration);
    if (from < taken) from = taken;
    from = Math.min(from, Math.max(left, last - 1));
    const thin = to - from < 1;
    to = Math.max(to, from + 1);
    if (thin) taken = to;
    placed.push({ span, from, to });
  });
  return split(placed);
}

function keep(spans: readonly Span[], most: number): Span[] {
  if (spans.length <= most) return [...spans];
  return [...spans].sort((a, b) => byImportance.indexOf(a.phase) - byImportance.indexOf(b.phase)).slice(0, most);
}

/** Gives overlapping parts of recv, app and sendall their own share of the height. */
function split(placed: readonly { span: Span; from: number; to: number }[]): Piece[] {
  const app = placed.find((each) => each.span.phase === 'app');
  const over: Piece[] = [];
  const pieces: Piece[] = [];
  for (const { span, from, to } of placed) {
    const { phase, open } = span;
    const add = (list: Piece[], start: number, end: number, row: PieceRow): void => {
      if (end - start >= 1 - 1e-9) list.push({ phase, x: start, width: end - start, row, open });
    };
    if (phase === 'recv' && app && to > app.from + 1 && app.from > from) {
      add(pieces, from, app.from, 'full');
      add(over, app.from, to, 'top');
    } else if (phase === 'sendall' && app && from < app.to - 1) {
      add(over, from, Math.min(to, app.to), 'bottom');
      add(pieces, Math.max(from, app.to), to, 'full');
    } else {
      add(pieces, from, to, phase === 'queue' ? 'low' : phase === 'hop' ? 'thin' : 'full');
    }
  }
  return [...pieces, ...over];
}
