import { exchangeFlags, type Columns, type exchangeSchema } from '../../../src/core/trace/columns';
import type { BlockItem } from '../model/blocks';
import type { Choice } from '../model/choice';
import { listOf, type LaneRef } from '../model/grouping';
import type { LaneList } from '../model/laneList';
import type { Trace } from '../model/trace';
import { toneOf, type Tone } from '../model/words';
import type { Viewport } from '../viewport';
import { leastBar } from './bars';

/** One exchange, or several that would share pixels, along its lane. */
export interface Bar {
  /** Of the first exchange. */
  readonly id: number;
  readonly from: number;
  to: number;
  /** How many exchanges it stands for. */
  count: number;
  readonly tone: Tone;
  hasSelected: boolean;
  /** One of those that are chosen is in it. */
  hasChosen: boolean;
  /** Something in it goes on. */
  alive: boolean;
  /** ms of waiting for a slot, and of everything */
  waited: number;
  total: number;
  /** How many of them match the filter; all where there is none. */
  matches: number;
  /** Where exchanges failed, if it stands for several. */
  readonly errors: number[];
}

export interface BarsInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  readonly now: number;
  readonly selected: number | undefined;
  readonly choice: Choice;
}

/**
 * The lane's visible exchanges, those that would share pixels merged. Where whole blocks of
 * exchanges are thinner than the thinnest bar, they are taken as one.
 */
export function barsOf(input: BarsInput, lane: LaneRef): Bar[] {
  const { trace, viewport, now, selected, choice } = input;
  const list = listOf(trace, lane);
  if (!list) return [];
  const { ids, blocks } = list;
  const { hiding } = trace.matches;
  const readItem = (at: number): (BlockItem & { readonly tone: Tone }) | undefined =>
    itemOf(trace, lane.kind, ids[at] ?? 0);
  blocks.update(ids.length, readItem);
  const unseen = selected === undefined || trace.matches.hides(selected);
  const selectedAt = unseen ? -1 : positionIn(trace, lane, list, selected);
  // Looked at one by one only where there is a choice: there may be very many.
  const isChosen = (from: number, to: number): boolean =>
    choice.size > 0 && ids.slice(from, to).some((each) => choice.has(each));
  const bars: Bar[] = [];
  let position = firstReaching(trace, lane, list, viewport.start - leastBar * viewport.perPixel);
  while (position < ids.length) {
    const id = ids[position] ?? 0;
    const block = blocks.blockAt(position, ids.length, viewport.perPixel * 2);
    const count = block?.count ?? 1;
    // Of a block in which one alone matches, that one is drawn.
    const alone = hiding && block?.matches === 1 ? onlyMatch(trace, list, position, count) : undefined;
    const single = block && alone === undefined ? undefined : readItem(alone ?? position);
    const item = single ?? block;
    const hasSelected = selectedAt >= position && selectedAt < position + count;
    const hasChosen = isChosen(position, position + count);
    position += count;
    if (!item || (hiding && item.matches === 0)) continue;
    const from = viewport.x(item.start);
    if (from > viewport.width) break;
    const alive = Number.isNaN(item.end);
    const to = Math.max(from + leastBar, viewport.x(alive ? Math.max(now, item.start) : item.end));
    if (to < 0) continue;
    const tone = single?.tone ?? 'plain';
    const shown = hiding ? item.matches : count;
    const last = bars[bars.length - 1];
    const total = alive ? Math.max(0, now - item.start) : item.total;
    // All that waits in a lane of its own does.
    const waited = lane.kind === 'waiting' ? total : item.waited;
    if (last && (isBlurred(last, from, to) || (bars.length > mostBars && isOver(last, from)))) {
      if (last.count === 1 && last.matches === 1 && last.tone === 'error') last.errors.push(last.from);
      if (item.errors > 0) last.errors.push(from);
      last.to = Math.max(last.to, to);
      last.count += shown;
      last.matches += item.matches;
      last.alive ||= alive;
      last.hasSelected ||= hasSelected;
      last.hasChosen ||= hasChosen;
      last.waited += waited;
      last.total += total;
    } else {
      const errors = count > 1 && item.errors > 0 ? [from] : [];
      const { matches } = item;
      bars.push({
        id: ids[alone ?? position - count] ?? id,
        from,
        to,
        count: shown,
        matches,
        tone,
        hasSelected,
        hasChosen,
        alive,
        waited,
        total,
        errors,
      });
    }
  }
  return bars;
}

function onlyMatch({ matches }: Trace, { ids }: LaneList, from: number, count: number): number | undefined {
  for (let at = from; at < from + count; at++) if (matches.has(ids[at] ?? 0)) return at;
  return undefined;
}

/** Where an exchange stands in a lane, or -1. */
function positionIn(trace: Trace, lane: LaneRef, list: LaneList, id: number): number {
  const row = trace.store.exchanges.rowOf(id);
  return row < 0 ? -1 : list.positionOf(id, extentOf(trace.store.exchanges.columns, row, lane.kind)[0]);
}

/** Both would share pixels. */
function isBlurred(last: Bar, from: number, to: number): boolean {
  return from < last.to + 1 && isSmall(from, to) && (last.count > 1 || isSmall(last.from, last.to));
}

/** It begins over the other: where so many wait that they share lanes, they share bars too. */
function isOver(last: Bar, from: number): boolean {
  return from < last.to - 2;
}

/** Beyond so many bars of a lane, those that lie over each other are taken together. */
const mostBars = 300;

function isSmall(from: number, to: number): boolean {
  return to - from <= leastBar + 0.5;
}

/** Reads what a bar needs of an exchange, without copying its whole row. */
function itemOf(trace: Trace, kind: LaneRef['kind'], id: number): (BlockItem & { readonly tone: Tone }) | undefined {
  const table = trace.store.exchanges;
  const row = table.rowOf(id);
  if (row < 0) return undefined;
  const { status, outcome, ready, appStart, flags } = table.columns;
  const [start, end] = extentOf(table.columns, row, kind);
  // How it ended says nothing of its wait.
  const tone = kind === 'waiting' ? 'plain' : toneOf({ status: status[row] ?? 0, outcome: outcome[row] ?? 0 });
  const queued = ((flags[row] ?? 0) & exchangeFlags.queued) !== 0;
  const matches = !trace.matches.active || trace.matches.has(id) ? 1 : 0;
  const waited = kind === 'waiting' ? end - start : queued ? (appStart[row] ?? 0) - (ready[row] ?? 0) : 0;
  return {
    start,
    end,
    waited: Number.isNaN(waited) || kind === 'slot' ? 0 : waited,
    total: end - start,
    errors: tone === 'error' && matches === 1 ? 1 : 0,
    matches,
    tone,
  };
}

/** From when to when an exchange stands in a lane: with all of it, with its app call, or with its wait for a slot. */
function extentOf(columns: Columns<typeof exchangeSchema>, row: number, kind: LaneRef['kind']): [number, number] {
  const { start, end, ready, appStart, appEnd } = columns;
  const zero = start[row] ?? 0;
  const over = zero + (end[row] ?? NaN);
  const at = (column: Float32Array): number => zero + (column[row] ?? NaN);
  if (kind === 'slot') return [at(appStart), orElse(at(appEnd), over)];
  return kind === 'waiting' ? [at(ready), orElse(at(appStart), over)] : [zero, over];
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}

/** The position of the first exchange that ends at or after a time. */
function firstReaching(trace: Trace, lane: LaneRef, list: LaneList, time: number): number {
  const table = trace.store.exchanges;
  let first = list.from(time);
  // Pipelined requests may still go on while the next has begun.
  while (first > 0) {
    const row = table.rowOf(list.ids[first - 1] ?? 0);
    if (row < 0) break;
    const [, end] = extentOf(table.columns, row, lane.kind);
    if (end < time) break;
    first--;
  }
  return first;
}

/** The exchange of a lane at a time, or the nearest within `tolerance` ms. */
export function exchangeAt(
  trace: Trace,
  lane: LaneRef,
  time: number,
  tolerance: number,
  now: number,
): number | undefined {
  const table = trace.store.exchanges;
  const list = listOf(trace, lane);
  if (!list) return undefined;
  let best: number | undefined;
  let bestDistance = tolerance;
  for (let position = firstReaching(trace, lane, list, time - tolerance); position < list.length; position++) {
    const id = list.ids[position] ?? 0;
    const row = table.rowOf(id);
    if (row < 0 || trace.matches.hides(id)) continue;
    const [from, end] = extentOf(table.columns, row, lane.kind);
    const to = orElse(end, now);
    const distance = time < from ? from - time : time > to ? time - to : 0;
    if (distance <= bestDistance) {
      best = id;
      bestDistance = distance;
    }
    if (from > time + tolerance) break;
  }
  return best;
}
