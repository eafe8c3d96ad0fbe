import type { ConnectionRow } from '../../../src/core/trace/columns';
import { phaseOf, type PhaseName } from '../../../src/core/trace/phases';
import { spansOf, turnOf } from '../../../src/core/trace/spans';
import { counted, portOf } from '../format';
import { modelMarksOf, type ModelMark } from '../model/modelChanges';
import type { StripTrack } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import { closeMark, hasFindings, laneSummaries, requestName, resultName, type Tone } from '../model/words';
import { ticksOf, type Ticks } from '../ticks';
import type { Viewport } from '../viewport';
import { barsOf, type Bar } from './laneBars';
import { piecesOf, type Piece, type PieceRow } from './bars';
import { placeLabels, type Label, type LabelRequest, type Stretch } from './labels';
import { stripOf, type Strip } from './strip';

/**
 * Everything that one frame shows, as plain data in pixels: made from the trace and the viewport, painted as it is.
 * Only visible lanes and, in them, only visible exchanges are looked at; what is below a pixel is merged.
 */
export interface Scene {
  readonly viewport: Viewport;
  readonly ticks: Ticks;
  readonly strip: Strip;
  readonly lanes: readonly LaneScene[];
  /** Where the concurrency model changed. */
  readonly models: readonly ModelMark[];
  /** Something in view goes on, so that the next frame will differ. */
  readonly alive: boolean;
  readonly now: number;
}

export interface LaneScene {
  readonly connection: number;
  /** Top edge, from the top of the lanes' zone. */
  readonly top: number;
  readonly title: string;
  /** The same for a narrow column. */
  readonly shortTitle: string;
  readonly port: string;
  /** From the longest wording to the shortest. */
  readonly summaries: readonly string[];
  readonly selected: boolean;
  /** Stretches of the thin line from accept to close. */
  readonly line: readonly Stretch[];
  /** The line goes on at its right end. */
  readonly lineOpen: boolean;
  /** x of the accept, where in view. */
  readonly accept: number | undefined;
  /** Where the connection was gone, and the stretches of the line since its close began. */
  readonly close: { readonly x: number; readonly line: readonly Stretch[]; readonly tone: Tone } | undefined;
  readonly pieces: readonly PaintedPiece[];
  /** Where the connection waited for the server's turn, and what to write there. */
  readonly turn: TurnScene | undefined;
  readonly labels: readonly PaintedLabel[];
  /** The bar of the selected exchange, if it is in this lane. */
  readonly chosen: Stretch | undefined;
  /** Its whole life lies before or after the window. */
  readonly elsewhere: 'earlier' | 'later' | undefined;
}

export interface TurnScene {
  readonly stretches: readonly Stretch[];
  /** It waits still. */
  readonly open: boolean;
  readonly label: { readonly text: string; readonly x: number; readonly width: number } | undefined;
}

export interface PaintedPiece extends Piece {
  readonly colour: PhaseName | 'error';
  /** Stands for several exchanges. */
  readonly merged: boolean;
}

export interface PaintedLabel extends Label {
  readonly tone: Tone;
  /** Of the piece under a label that stands inside. */
  readonly on: PhaseName | 'error' | undefined;
  /** Pixels to move down (or up), out of the way of a phase that overlaps the one that carries the label. */
  readonly shift: number;
}

export interface SceneInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  /** Pixels of lanes above the visible ones, and the height in which lanes show. */
  readonly scroll: number;
  readonly height: number;
  readonly laneHeight: number;
  /** Most app calls at a time where the trace does not say. */
  readonly slots: number;
  readonly tracks: readonly StripTrack[];
  readonly now: number;
  readonly selectedExchange: number | undefined;
  readonly selectedConnection: number | undefined;
  readonly measure: (text: string) => number;
}

/** Beyond this many rectangles, further bars are drawn as one block each. */
const mostPieces = 10_000;
/** A close this near to the last bar stands between the bar and its label. */
const closeIsNear = 90;

export function sceneOf(input: SceneInput): Scene {
  const { trace, viewport, laneHeight } = input;
  const firstLane = Math.max(0, Math.floor(input.scroll / laneHeight));
  const lastLane = Math.min(trace.lanes.length - 1, Math.floor((input.scroll + input.height - 1) / laneHeight));
  const budget = { pieces: mostPieces, alive: false };
  const lanes: LaneScene[] = [];
  for (let lane = firstLane; lane <= lastLane; lane++) {
    const connection = trace.lanes.connectionAt(lane);
    if (connection === undefined) continue;
    lanes.push(laneOf(input, connection, lane * laneHeight - input.scroll, budget));
  }
  return {
    viewport,
    ticks: ticksOf(viewport),
    strip: stripOf(trace, input.tracks, viewport, input.slots, input.now),
    models: modelMarksOf(trace.store.models, viewport),
    lanes,
    alive: budget.alive,
    now: input.now,
  };
}

function laneOf(input: SceneInput, id: number, top: number, budget: { pieces: number; alive: boolean }): LaneScene {
  const { trace, viewport, now } = input;
  const row = trace.connection(id);
  const bars = barsOf({ ...input, selected: input.selectedExchange }, id);
  const pieces: PaintedPiece[] = [];
  const spans: Stretch[] = [];
  const requests: LabelRequest[] = [];
  const about: { tone: Tone; on: PhaseName | 'error' | undefined; shift: number }[] = [];
  let chosen: Stretch | undefined;

  const closing = row ? orElse(row.closing, row.closed) : NaN;
  const closeX = Number.isNaN(closing) || !row ? undefined : viewport.x(orElse(row.closed, closing));
  const mark = row && closeX !== undefined ? closeMark(row) : undefined;
  let markPlaced = false;

  for (const [index, bar] of bars.entries()) {
    if (bar.alive) budget.alive = true;
    if (bar.hasSelected) chosen = bar;
    const own = bar.count === 1 && budget.pieces > 0 ? ownPieces(input, bar, id) : blockPieces(bar);
    budget.pieces -= own.length;
    pieces.push(...own);
    const to = own.reduce((most, piece) => Math.max(most, piece.x + piece.width), bar.to);
    spans.push({ from: bar.from, to });
    const next = bars[index + 1];
    const closesHere = next === undefined && closeX !== undefined;
    const nearClose = closesHere && closeX - to < closeIsNear;
    const widest = widestOf(own);
    requests.push({
      texts: () => (bar.count === 1 ? wordings(trace, bar.id) : [counted(bar.count, 'request'), `×${bar.count}`]),
      brief: () => (bar.count === 1 ? [pathOf(trace, bar.id)].filter((path) => path !== '') : []),
      inside: widest && { from: widest.x, to: widest.x + widest.width },
      after: nearClose ? Math.max(to, closeX) : to,
      limit: next ? next.from : closesHere && !nearClose ? closeX - 4 : Infinity,
      insideOnly: bar.count > 1,
      ...(nearClose && mark ? { mark: mark.text } : {}),
    });
    if (nearClose) markPlaced = true;
    about.push({ tone: bar.tone, on: widest?.colour, shift: shiftOf(own) });
  }
  if (mark && closeX !== undefined && !markPlaced) {
    requests.push({ texts: () => [], inside: undefined, after: closeX, limit: Infinity, mark: mark.text });
    about.push({ tone: mark.tone, on: undefined, shift: 0 });
  }
  const labels = placeLabels(requests, viewport.width, input.measure).map((label) => ({
    ...label,
    tone: label.where === 'mark' ? (mark?.tone ?? 'plain') : (about[label.of]?.tone ?? 'plain'),
    on: label.where === 'inside' ? about[label.of]?.on : undefined,
    shift: label.where === 'inside' ? (about[label.of]?.shift ?? 0) : 0,
  }));

  const accepted = row ? row.accepted : NaN;
  const from = Number.isNaN(accepted) ? (bars[0]?.from ?? 0) : viewport.x(accepted);
  const until = closeX ?? viewport.x(Math.max(now, trace.newest));
  const outside = labels.filter((label) => label.where !== 'inside');
  const open = closeX === undefined && until < viewport.width;
  const turn = row && turnScene(row, input, spans);
  if (turn?.open && turn.stretches.length > 0) budget.alive = true;
  const covered = [
    ...spans,
    ...(turn?.stretches ?? []),
    ...outside.map((label) => ({ from: label.x - 4, to: label.x + label.width + 4 })),
  ];
  const line = gaps({ from: Math.max(from, 0), to: Math.min(until, viewport.width) }, covered);
  const closeLine = closeX === undefined ? [] : gaps({ from: viewport.x(closing), to: closeX }, covered);
  const local = row ? trace.store.text(row.local) : '';
  const remote = row ? trace.store.text(row.remote) : '';
  const selected =
    input.selectedConnection === id ||
    (input.selectedExchange !== undefined && trace.exchange(input.selectedExchange)?.connection === id);
  return {
    connection: id,
    top,
    title: remote || `connection ${id}`,
    shortTitle: remote ? portOf(remote) : `no. ${id}`,
    port: local ? `⇄ ${portOf(local)}` : '',
    summaries: row ? laneSummaries(trace, row) : ['connection forgotten'],
    selected,
    line,
    lineOpen: open && line[line.length - 1]?.to === until && !outside.some((label) => label.x > until - 4),
    accept: Number.isNaN(accepted) ? undefined : from,
    close: closeX === undefined || !mark ? undefined : { x: closeX, line: closeLine, tone: mark.tone },
    pieces,
    turn,
    labels,
    chosen,
    elsewhere: until < 0 ? 'earlier' : from > viewport.width ? 'later' : undefined,
  };
}

/** The wait for the server's turn belongs to the connection: it may be over, or given up, before a request arrives. */
function turnScene(row: ConnectionRow, input: SceneInput, bars: readonly Stretch[]): TurnScene | undefined {
  const [span] = turnOf(row, input.now);
  if (!span) return undefined;
  const { viewport, measure } = input;
  const { open } = span;
  const from = viewport.x(span.start);
  const to = viewport.x(span.start + span.duration);
  const stretches = gaps({ from: Math.max(0, from), to: Math.min(viewport.width, Math.max(to, from + 1)) }, [...bars]);
  const widest = stretches.reduce<Stretch>((best, each) => (each.to - each.from > best.to - best.from ? each : best), {
    from: 0,
    to: 0,
  });
  const text = [phaseOf('turn').label, 'waiting'].find((each) => measure(each) + 24 <= widest.to - widest.from);
  const width = text === undefined ? 0 : measure(text);
  return {
    stretches,
    open,
    label: text === undefined ? undefined : { text, x: (widest.from + widest.to - width) / 2, width },
  };
}

function ownPieces(input: SceneInput, bar: Bar, connection: number): PaintedPiece[] {
  const exchange = input.trace.exchange(bar.id);
  if (!exchange) return [];
  const spans = spansOf(exchange, input.trace.connection(connection), input.now);
  const error = bar.tone === 'error';
  const pieces = piecesOf(spans, (time) => input.viewport.x(time));
  return pieces
    .filter((piece) => piece.x + piece.width >= 0 && piece.x <= input.viewport.width)
    .map((piece) => ({ ...piece, colour: error && piece.phase === 'app' ? 'error' : piece.phase, merged: false }));
}

function blockPieces(bar: Bar): PaintedPiece[] {
  const waits = bar.waited > bar.total / 2;
  const phase = waits ? 'queue' : 'app';
  const block = { x: bar.from, width: bar.to - bar.from, row: waits ? 'low' : 'full', open: false } as const;
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
    errors.push({ phase: 'app', colour: 'error', x, width: 2, row: 'full', open: false, merged: false });
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

/** What is left of a line when the bars and labels on it are cut out. */
function gaps(line: Stretch, covered: Stretch[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from = line.from;
  for (const cover of covered.sort((a, b) => a.from - b.from)) {
    if (cover.to <= from) continue;
    if (cover.from >= line.to) break;
    if (cover.from > from) stretches.push({ from, to: cover.from });
    from = cover.to;
  }
  if (from < line.to) stretches.push({ from, to: line.to });
  return stretches;
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
