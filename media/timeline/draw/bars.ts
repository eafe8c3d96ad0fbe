import type { Span } from '../../../src/core/trace/spans';
import type { PhaseName } from '../../../src/core/trace/phases';
import { isWaiting } from './hatch';

/**
 * One exchange as rectangles, in pixels along its lane.
 *
 * Nothing that happened is invisible: a bar is at least 3 px wide and each phase in it at least 1 px. Phases thinner
 * than that stand side by side and push the next one aside; where even that is too tight, the least telling go first.
 * Phases that overlap share the height: a body that still arrives lies along the top of the app call, bytes that
 * already leave along its bottom. What waits within another phase takes its place: a body that has not arrived in recv,
 * a client that does not read in sendall.
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
const byImportance: readonly PhaseName[] = [
  'app',
  'queue',
  'stall',
  'body',
  'sendall',
  'recv',
  'environ',
  'parse',
  'hop',
];

/** @param x maps a time to pixels */
export function piecesOf(spans: readonly Span[], x: (time: number) => number): Piece[] {
  const inBar = withoutWaits(spans.filter((span) => byImportance.includes(span.phase)));
  if (inBar.length === 0) return [];
  const left = Math.min(...inBar.map((span) => x(span.start)));
  const right = Math.max(left + leastBar, ...inBar.map((span) => x(span.start + span.duration)));
  const kept = keep(inBar, Math.max(3, Math.floor((right - left) / 4)));
  const shown = inBar.filter((span) => kept.includes(span)).sort((a, b) => a.start - b.start);

  // First the thin ones side by side, in order of time, then what is wide starts where they end.
  const placed: { span: Span; from: number; to: number }[] = [];
  let taken = left;
  shown.forEach((span, index) => {
    const last = right - (kept.length - 1 - index);
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

/** Cuts out of recv and sendall what stands in a phase of its own. */
function withoutWaits(spans: readonly Span[]): Span[] {
  const body = spans.find((span) => span.phase === 'body');
  const stall = spans.find((span) => span.phase === 'stall');
  return spans.flatMap((span) => {
    if (span.phase === 'recv' && body) return outside(span, body);
    return span.phase === 'sendall' && stall ? outside(span, stall) : [span];
  });
}

/** What lies before and after a hole. */
function outside(span: Span, hole: Span): Span[] {
  const end = span.start + span.duration;
  const after = hole.start + hole.duration;
  const parts: Span[] = [];
  if (hole.start > span.start) parts.push({ ...span, duration: hole.start - span.start, open: false });
  if (end > after && !hole.open) parts.push({ ...span, start: after, duration: end - after });
  return parts;
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
    const alone = isWaiting(phase) ? 'low' : phase === 'hop' ? 'thin' : 'full';
    if ((phase === 'recv' || phase === 'body') && app && to > app.from + 1) {
      add(pieces, from, app.from, alone);
      add(over, Math.max(from, app.from), Math.min(to, app.to), 'top');
      add(pieces, Math.max(from, app.to), to, alone);
    } else if ((phase === 'sendall' || phase === 'stall') && app && from < app.to - 1) {
      add(over, from, Math.min(to, app.to), 'bottom');
      add(pieces, Math.max(from, app.to), to, alone);
    } else {
      add(pieces, from, to, alone);
    }
  }
  return [...pieces, ...over];
}
