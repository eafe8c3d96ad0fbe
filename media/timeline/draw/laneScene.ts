import type { ConnectionRow } from '../../../src/core/trace/columns';
import { phaseOf, type PhaseName } from '../../../src/core/trace/phases';
import { turnOf } from '../../../src/core/trace/spans';
import { counted, portOf } from '../format';
import type { LaneRow } from '../model/arrangement';
import type { Choice } from '../model/choice';
import { listOf, type LaneRef } from '../model/grouping';
import type { Trace } from '../model/trace';
import { closeMark, laneSummaries, requestName, type Tone } from '../model/words';
import type { Viewport } from '../viewport';
import { gaps } from './gaps';
import { placeLabels, type Label, type LabelRequest, type Stretch } from './labels';
import { labelsAbove, labelsOnPhases, marksOnly } from './labelsNotToScale';
import { tailScene, type TailScene } from './tailScene';
import { barScenes, labelOf, type BarScene, type Budget, type PaintedPiece } from './lanePieces';

/** One lane as plain data in pixels: the life of a connection, or what ran in a slot, or what waited for one. */
export interface LaneScene {
  /** Tells it from other rows. */
  readonly key: string;
  /** Of the lane of a connection. */
  readonly connection: number | undefined;
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
  /** Where the kernel keeps the pair after its close. */
  readonly tail: TailScene | undefined;
  readonly labels: readonly PaintedLabel[];
  /** The bar of the selected exchange, if it is in this lane. */
  readonly selectedBar: Stretch | undefined;
  /** The bars of exchanges that are chosen. */
  readonly chosen: readonly Stretch[];
  /** Its whole life lies before or after the window. */
  readonly elsewhere: 'earlier' | 'later' | undefined;
}

export interface TurnScene {
  readonly stretches: readonly Stretch[];
  /** It waits still. */
  readonly open: boolean;
  readonly label: { readonly text: string; readonly x: number; readonly width: number } | undefined;
}

export interface PaintedLabel extends Label {
  readonly tone: Tone;
  /** Of a bar that does not match the filter. */
  readonly dim: boolean;
  /** Of the piece under a label that stands inside. */
  readonly on: PhaseName | 'error' | undefined;
  /** Pixels to move down (or up), out of the way of a phase that overlaps the one that carries the label. */
  readonly shift: number;
  /** It stands on what could not be read through: it gets a quiet ground. */
  readonly ground?: boolean;
}

export interface LaneInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  readonly now: number;
  readonly selectedExchange: number | undefined;
  readonly choice: Choice;
  /** Where a lane is one request and no connection: then no line goes on behind its bar. */
  readonly captions?: Captions;
  readonly notToScale: boolean;
  readonly barHeight: number;
  readonly measure: (text: string) => number;
}

/** What stands at the left of a lane, by the id of its connection. */
export type Captions = (connection: number) => Pick<LaneScene, 'title' | 'shortTitle' | 'summaries'>;

/** A close this near to the last bar stands between the bar and its label. */
const closeIsNear = 90;

/** @param top from the top of the lanes' zone */
export function laneScene(input: LaneInput, row: LaneRow, top: number, selected: boolean, budget: Budget): LaneScene {
  const { lane, key } = row;
  const bars = barScenes(input, lane, budget);
  const common = {
    key,
    top,
    selected,
    pieces: bars.flatMap(({ pieces }) => pieces),
    selectedBar: bars.find(({ bar }) => bar.hasSelected)?.bar,
    chosen: input.choice.size === 0 ? [] : bars.map(({ bar }) => bar).filter(({ hasChosen }) => hasChosen),
  };
  return lane.kind === 'connection'
    ? { ...common, connection: lane.connection, ...connectionScene(input, lane.connection, bars, budget) }
    : { ...common, connection: undefined, ...slotScene(input, lane, bars, row.past) };
}

type Own = Omit<LaneScene, 'key' | 'top' | 'selected' | 'pieces' | 'selectedBar' | 'chosen' | 'connection'>;

/**
 * A thin line is a slot that exists and runs nothing, from its first call on.
 *
 * @param past its worker is gone: nothing is known of it after its last call
 */
function slotScene(
  input: LaneInput,
  lane: Exclude<LaneRef, { kind: 'connection' }>,
  bars: readonly BarScene[],
  past: boolean,
): Own {
  const { trace, viewport, now } = input;
  const requests = bars.map((scene, index) => ({
    ...labelOf(trace, scene),
    limit: bars[index + 1]?.bar.from ?? Infinity,
  }));
  const labels = labelsOf(input, requests, bars, 'plain');
  const outside = labels.filter(isOnTheLine);
  const covered = [...bars.map(({ bar, to }) => ({ from: bar.from, to })), ...outside.map(around)];
  const list = listOf(trace, lane);
  const last = trace.exchange(list?.ids.at(-1) ?? 0);
  const over = last ? last.start + orElse(last.appEnd, last.end) : NaN;
  const until = past && !Number.isNaN(over) ? over : Math.max(now, trace.newest);
  const line = { from: Math.max(0, viewport.x(list?.first ?? until)), to: Math.min(viewport.width, viewport.x(until)) };
  const count = list?.length ?? 0;
  const named = last && Number.isNaN(over) && lane.kind === 'slot' ? [requestName(trace, last)] : [];
  const noun = lane.kind === 'slot' ? 'call' : 'request';
  return {
    ...titlesOf(lane),
    port: '',
    summaries: [...named, counted(count, noun), String(count)],
    line: lane.kind === 'slot' ? gaps(line, covered) : [],
    lineOpen: false,
    accept: undefined,
    close: undefined,
    turn: undefined,
    tail: undefined,
    labels,
    elsewhere: undefined,
  };
}

function titlesOf(lane: Exclude<LaneRef, { kind: 'connection' }>): { title: string; shortTitle: string } {
  if (lane.kind === 'slot') {
    const title = `worker ${lane.worker} · slot ${lane.slot}`;
    return { title, shortTitle: `w${lane.worker} · slot ${lane.slot}` };
  }
  const title = lane.kind === 'waiting' ? 'waiting' : 'in no slot';
  return { title, shortTitle: title };
}

function connectionScene(input: LaneInput, id: number, bars: readonly BarScene[], budget: Budget): Own {
  const { trace, viewport, now } = input;
  const row = trace.connection(id);
  const spans = bars.map(({ bar, to }): Stretch => ({ from: bar.from, to }));
  const closing = row ? orElse(row.closing, row.closed) : NaN;
  const closeX = Number.isNaN(closing) || !row ? undefined : viewport.x(orElse(row.closed, closing));
  const mark = row && closeX !== undefined ? closeMark(row) : undefined;

  const last = bars.at(-1);
  const near = last !== undefined && closeX !== undefined && closeX - last.to < closeIsNear;
  const requests = bars.map((scene, index): LabelRequest => {
    const next = bars[index + 1]?.bar;
    const closesHere = next === undefined && closeX !== undefined;
    const nearClose = closesHere && near;
    return {
      ...labelOf(trace, scene),
      after: nearClose ? Math.max(scene.to, closeX) : scene.to,
      limit: next ? next.from : closesHere && !nearClose ? closeX - 4 : Infinity,
      ...(nearClose && mark ? { mark: mark.text } : {}),
    };
  });
  if (mark && closeX !== undefined && !near) {
    requests.push({ texts: () => [], inside: undefined, after: closeX, limit: Infinity, mark: mark.text });
  }
  const labels = labelsOf(input, requests, bars, mark?.tone ?? 'plain');

  const accepted = row ? row.accepted : NaN;
  const from = Number.isNaN(accepted) ? (bars[0]?.bar.from ?? 0) : viewport.x(accepted);
  const end = input.captions && (last?.to ?? from);
  const until = closeX ?? end ?? viewport.x(Math.max(now, trace.newest));
  const outside = labels.filter(isOnTheLine);
  const open = closeX === undefined && end === undefined && until < viewport.width;
  const turn = row && turnScene(row, input, spans);
  if (turn?.open && turn.stretches.length > 0) budget.alive = true;
  const covered = [...spans, ...(turn?.stretches ?? []), ...outside.map(around)];
  const line = gaps({ from: Math.max(from, 0), to: Math.min(until, viewport.width) }, covered);
  const closeLine = closeX === undefined ? [] : gaps({ from: viewport.x(closing), to: closeX }, covered);
  const local = row ? trace.store.text(row.local) : '';
  const remote = row ? trace.store.text(row.remote) : '';
  return {
    title: remote || `connection ${id}`,
    shortTitle: remote ? portOf(remote) : `no. ${id}`,
    port: local && !input.captions ? `⇄ ${portOf(local)}` : '',
    summaries: row ? laneSummaries(trace, row) : ['connection forgotten'],
    ...input.captions?.(id),
    line,
    lineOpen: open && line[line.length - 1]?.to === until && !outside.some((label) => label.x > until - 4),
    accept: Number.isNaN(accepted) ? undefined : from,
    close: closeX === undefined || !mark ? undefined : { x: closeX, line: closeLine, tone: mark.tone },
    turn,
    tail: closeX === undefined ? undefined : tailScene(trace.store.kernel.pair(id), closeX, input, covered),
    labels,
    elsewhere: until < 0 ? 'earlier' : from > viewport.width ? 'later' : undefined,
  };
}

/** Not to scale, bars carry the durations of their phases, and what the request is stands above them. */
function labelsOf(
  { trace, viewport, notToScale, barHeight, measure }: LaneInput,
  requests: readonly LabelRequest[],
  bars: readonly BarScene[],
  markTone: Tone,
): PaintedLabel[] {
  const placed = placeLabels(notToScale ? marksOnly(requests) : requests, viewport.width, measure);
  const labels = toned(placed, bars, markTone);
  if (!notToScale) return labels;
  return [...labels, ...labelsAbove(trace, bars, viewport.width, barHeight, measure), ...labelsOnPhases(bars)];
}

function isOnTheLine({ where }: Label): boolean {
  return where === 'after' || where === 'mark';
}

function toned(labels: readonly Label[], bars: readonly BarScene[], markTone: Tone): PaintedLabel[] {
  return labels.map((label) => {
    const scene = bars[label.of];
    const inside = label.where === 'inside' ? scene : undefined;
    return {
      ...label,
      tone: label.where === 'mark' ? markTone : (scene?.bar.tone ?? 'plain'),
      dim: label.where !== 'mark' && scene?.bar.matches === 0,
      on: inside?.widest?.colour,
      shift: inside?.shift ?? 0,
    };
  });
}

/** The room that a label takes from a line. */
function around({ x, width }: Label): Stretch {
  return { from: x - 4, to: x + width + 4 };
}

/** The wait for the server's turn belongs to the connection: it may be over, or given up, before a request arrives. */
function turnScene(row: ConnectionRow, input: LaneInput, bars: readonly Stretch[]): TurnScene | undefined {
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
  const text = [phaseOf('turn').label, 'waiting'].find((each) => measure(each) + 40 <= widest.to - widest.from);
  const width = text === undefined ? 0 : measure(text);
  return {
    stretches,
    open,
    label: text === undefined ? undefined : { text, x: (widest.from + widest.to - width) / 2, width },
  };
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
