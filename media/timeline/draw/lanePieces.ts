import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import type { PhaseName } from '../../../src/core/trace/phases';
import { spansOf, type Span } from '../../../src/core/trace/spans';
import { counted } from '../format';
import type { Choice } from '../model/choice';
import type { LaneRef } from '../model/grouping';
import type { Trace } from '../model/trace';
import { hasFindings, requestName, resultName } from '../model/words';
import type { Viewport } from '../viewport';
import { piecesOf, type Piece, type PieceRow } from './bars';
import type { LabelRequest } from './labels';
import { barsOf, type Bar, type Recounting } from './laneBars';
import { phaseLabels, type PhaseLabel } from './phaseLabels';

export interface PaintedPiece extends Piece {
  readonly colour: PhaseName | 'error';
  /** Does not match the filter. */
  readonly dim: boolean;
  /** Stands for several exchanges. */
  readonly merged: boolean;
}

/** What all lanes of a scene share: how many rectangles are left to draw in full, and whether something goes on. */
export interface Budget extends Recounting {
  pieces: number;
  alive: boolean;
}

export interface BarScene {
  readonly bar: Bar;
  readonly pieces: readonly PaintedPiece[];
  /** Right end of all its pieces. */
  readonly to: number;
  /** The piece that can carry words. */
  readonly widest: PaintedPiece | undefined;
  /** Pixels to move them, out of the way of a phase that overlaps. */
  readonly shift: number;
  /** What to write on its phases, where the picture is not to scale. */
  readonly phases: readonly PhaseLabel[];
}

export interface PiecesInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  readonly now: number;
  readonly selectedExchange: number | undefined;
  readonly choice: Choice;
  /** Every phase has room, and its duration is written on it. */
  readonly notToScale: boolean;
  readonly measure: (text: string) => number;
}

/** The bars of a lane as rectangles. Beyond the budget each bar is one. */
export function barScenes(input: PiecesInput, lane: LaneRef, budget: Budget): BarScene[] {
  return barsOf({ ...input, selected: input.selectedExchange }, lane, budget).map((bar) => {
    if (bar.alive) budget.alive = true;
    const own = bar.count === 1 && budget.pieces > 0 ? ownPieces(input, bar, lane) : undefined;
    const pieces = own?.pieces ?? blockPieces(bar);
    budget.pieces -= pieces.length;
    const to = pieces.reduce((most, piece) => Math.max(most, piece.x + piece.width), bar.to);
    return { bar, pieces, to, widest: widestOf(pieces), shift: shiftOf(pieces), phases: own?.labels ?? [] };
  });
}

/** What to write in or after a bar, apart from where it has to end. */
export function labelOf(trace: Trace, { bar, widest, to }: BarScene): Omit<LabelRequest, 'limit'> {
  return {
    texts: () => (bar.count === 1 ? wordings(trace, bar.id) : [counted(bar.count, 'request'), `×${bar.count}`]),
    brief: () => (bar.count === 1 ? [pathOf(trace, bar.id)].filter((path) => path !== '') : []),
    inside: widest && { from: widest.x, to: widest.x + widest.width },
    after: to,
    insideOnly: bar.count > 1,
  };
}

function ownPieces(
  input: PiecesInput,
  bar: Bar,
  lane: LaneRef,
): { pieces: PaintedPiece[]; labels: PhaseLabel[] } | undefined {
  const { viewport } = input;
  const exchange = input.trace.exchange(bar.id);
  if (!exchange) return undefined;
  const spans = spansIn(lane, exchange, input.trace.connection(exchange.connection), input.now);
  const error = bar.tone === 'error';
  const x = (time: number): number => viewport.x(time);
  const pieces = piecesOf(spans, x)
    .filter((piece) => piece.x + piece.width >= 0 && piece.x <= viewport.width)
    .map((piece) => ({
      ...piece,
      colour: error && piece.phase === 'app' ? ('error' as const) : piece.phase,
      merged: false,
      dim: bar.matches === 0,
    }));
  const small = (text: string): number => input.measure(text) * smallShare;
  const labels = input.notToScale ? phaseLabels(pieces, spans, x, viewport.width, small) : [];
  return { pieces, labels };
}

/** Durations on phases are written in the small font: 11 pixels where words have 12. */
const smallShare = 11 / 12;

/** What of an exchange shows in a lane: all of it, its wait, or its app call with what lies over that. */
function spansIn(lane: LaneRef, exchange: ExchangeRow, connection: ConnectionRow | undefined, now: number): Span[] {
  const spans = spansOf(exchange, connection, now);
  if (lane.kind === 'waiting') return spans.filter((span) => span.phase === 'queue');
  const call = lane.kind === 'slot' ? spans.find((span) => span.phase === 'app') : undefined;
  if (!call) return spans;
  const end = call.start + call.duration;
  return spans
    .filter((span) => span === call || beside.includes(span.phase))
    .map((span) => {
      const from = Math.max(call.start, span.start);
      return { ...span, start: from, duration: Math.min(end, span.start + span.duration) - from };
    })
    .filter((span) => span === call || span.duration >= 0);
}

/** Phases that may go on while the app call does. */
const beside: readonly PhaseName[] = ['app', 'recv', 'body', 'sendall', 'stall'];

function blockPieces(bar: Bar): PaintedPiece[] {
  const waits = bar.waited > bar.total / 2;
  const phase = waits ? 'queue' : 'app';
  const dim = bar.matches === 0;
  const block = { x: bar.from, width: bar.to - bar.from, row: waits ? 'low' : 'full', open: false, dim } as const;
  const whole: PaintedPiece = {
    ...block,
    phase,
    colour: bar.count === 1 && bar.tone === 'error' ? 'error' : phase,
    merged: bar.count > 1,
  };
  let free = -Infinity;
  const errors: PaintedPiece[] = [];
  for (const x of bar.errors) {
    if (x < free) continue;
    errors.push({ phase: 'app', colour: 'error', x, width: 2, row: 'full', open: false, merged: false, dim });
    free = x + 2;
  }
  return [whole, ...errors];
}

/** The piece that can carry words: the widest of full height and not hatched. */
function widestOf(pieces: readonly PaintedPiece[]): PaintedPiece | undefined {
  let widest: PaintedPiece | undefined;
  for (const piece of pieces) {
    if (piece.row !== 'full') continue;
    if (!widest || piece.width > widest.width) widest = piece;
  }
  return widest;
}

function shiftOf(pieces: readonly PaintedPiece[]): number {
  const over = (row: PieceRow): boolean => pieces.some((piece) => piece.row === row);
  if (over('top') === over('bottom')) return 0;
  return over('top') ? 3 : -3;
}

/** "GET /slow?seconds=3 200", without the query, the status alone; with a sign where something was found. */
function wordings(trace: Trace, id: number): string[] {
  const exchange = trace.exchange(id);
  if (!exchange) return [];
  const name = requestName(trace, exchange);
  const result = `${resultName(exchange)}${hasFindings(exchange) ? ' ⚠' : ''}`;
  const path = pathOf(trace, id);
  const method = trace.store.text(exchange.method);
  const wordings = [`${name} ${result}`, `${method} ${path} ${result}`, `${path} ${result}`, result].map((text) =>
    text.trim(),
  );
  return [...new Set(wordings)].filter((text) => text.length > 0);
}

function pathOf(trace: Trace, id: number): string {
  const target = trace.exchange(id)?.target;
  return (target === undefined ? '' : trace.store.text(target)).split('?')[0] ?? '';
}
