import { exchangeFlags, type ExchangeRow } from '../../../src/core/trace/columns';
import { spansOf, turnOf, type Span } from '../../../src/core/trace/spans';
import { piecesOf, type Piece } from '../draw/bars';
import type { Trace } from '../model/trace';
import { toneOf } from '../model/words';

/** The stretch of time that the bars of the table stand on; relative where each begins at its own start. */
export interface BarScale {
  readonly from: number;
  readonly to: number;
  readonly relative: boolean;
}

/**
 * For rows as they came: from the first start among them to the last end, so that they stand as in the timeline. In any
 * other order they may lie far apart: then each begins at the left, and only their lengths can be compared.
 */
export function scaleOf(trace: Trace, ids: readonly number[], now: number, relative: boolean): BarScale {
  let [from, to] = relative ? [0, 0] : [Infinity, -Infinity];
  for (const id of ids) {
    const exchange = trace.exchange(id);
    if (!exchange) continue;
    const begin = beginOf(trace, exchange);
    const end = Number.isNaN(exchange.end) ? Math.max(now, exchange.start) : exchange.start + exchange.end;
    if (!relative) from = Math.min(from, begin);
    to = Math.max(to, relative ? end - begin : end);
  }
  return from < to ? { from, to, relative } : { from: 0, to: 1, relative };
}

/** Fills the cell of a request with its phases, by the rules of the picture. Keeps the elements that are there. */
export function drawBars(
  cell: HTMLElement,
  trace: Trace,
  id: number,
  now: number,
  scale: BarScale,
  width: number,
): void {
  const exchange = trace.exchange(id);
  const pieces = exchange ? barPieces(trace, exchange, now, scale, width) : [];
  const failed = exchange !== undefined && toneOf(exchange) === 'error';
  while (cell.children.length > pieces.length) cell.lastElementChild?.remove();
  while (cell.children.length < pieces.length) cell.append(document.createElement('span'));
  pieces.forEach((piece, index) => {
    const element = cell.children[index] as HTMLElement;
    const colour = failed && piece.phase === 'app' ? 'error' : piece.phase;
    element.className = `swatch ${colour} ${piece.row}${piece.open ? ' open' : ''}`;
    element.style.left = `${piece.x.toFixed(2)}px`;
    element.style.width = `${piece.width.toFixed(2)}px`;
  });
}

function barPieces(trace: Trace, exchange: ExchangeRow, now: number, scale: BarScale, width: number): Piece[] {
  const { from, to, relative } = scale;
  const origin = relative ? beginOf(trace, exchange) : from;
  const x = (time: number): number => ((time - origin) / (to - from)) * width;
  const spans = spansOf(exchange, trace.connection(exchange.connection), now);
  const pieces = piecesOf(spans, x);
  const waited = spans.find((span) => span.phase === 'turn');
  return waited ? [turnPiece(waited, x), ...pieces] : pieces;
}

/** Before the first byte of the request counts: piecesOf knows only what the request did itself. */
function turnPiece(span: Span, x: (time: number) => number): Piece {
  const left = x(span.start);
  return {
    phase: 'turn',
    x: left,
    width: Math.max(1, x(span.start + span.duration) - left),
    row: 'low',
    open: span.open,
  };
}

/** A wait for its turn comes before the first byte, and belongs to the picture. */
function beginOf(trace: Trace, exchange: ExchangeRow): number {
  const connection = trace.connection(exchange.connection);
  const first = connection && turnOf(connection, exchange.start)[0]?.start;
  const isFirst = (exchange.flags & exchangeFlags.first) !== 0;
  return isFirst && first !== undefined ? Math.min(first, exchange.start) : exchange.start;
}
