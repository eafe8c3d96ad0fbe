import type { BlockItem } from '../model/blocks';
import type { Choice } from '../model/choice';
import { listOf, type LaneRef } from '../model/grouping';
import { LaneItems } from '../model/laneItems';
import type { Trace } from '../model/trace';
import type { Tone } from '../model/words';
import type { Viewport } from '../viewport';
import { leastBar } from './bars';
import { chosenIn } from './chosenIn';

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

/** How many exchanges may be counted anew for a frame after another filter was set, and whether some are left for the next one. */
export interface Recounting {
  recounts: number;
  unfinished: boolean;
}

/**
 * The lane's visible exchanges, those that would share pixels merged. Where whole blocks of
 * exchanges are thinner than the thinnest bar, they are taken as one.
 */
export function barsOf(input: BarsInput, lane: LaneRef, recounting?: Recounting): Bar[] {
  const { trace, viewport, now, selected, choice } = input;
  const list = listOf(trace, lane);
  if (!list || list.length === 0) return [];
  const items = new LaneItems(trace, lane.kind, list);
  if (recounting) {
    recounting.recounts -= items.recount(recounting.recounts);
    recounting.unfinished ||= list.blocks.stale;
  }
  const { ids, blocks } = list;
  const { hiding } = trace.matches;
  const unseen = selected === undefined || trace.matches.hides(selected);
  const selectedAt = unseen ? -1 : items.positionOf(selected);
  const isChosen = chosenIn(choice, items);
  const bars: Bar[] = [];

  /** @param only the position of the one exchange of a block that is drawn */
  const add = (position: number, count: number, item: BlockItem & { readonly tone?: Tone }, only = position): void => {
    const from = viewport.x(item.start);
    const alive = Number.isNaN(item.end);
    const to = Math.max(from + leastBar, viewport.x(alive ? Math.max(now, item.start) : item.end));
    if (to < 0) return;
    const hasSelected = selectedAt >= position && selectedAt < position + count;
    const hasChosen = isChosen(position, position + count);
    const shown = hiding ? item.matches : count;
    const total = alive ? Math.max(0, now - item.start) : item.total;
    // All that waits in a lane of its own does.
    const waited = lane.kind === 'waiting' ? total : item.waited;
    const last = bars[bars.length - 1];
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
      return;
    }
    bars.push({
      id: ids[only] ?? 0,
      from,
      to,
      count: shown,
      tone: item.tone ?? 'plain',
      hasSelected,
      hasChosen,
      alive,
      waited,
      total,
      matches: item.matches,
      errors: count > 1 && item.errors > 0 ? [from] : [],
    });
  };

  const begin = viewport.start - leastBar * viewport.perPixel;
  let position = list.from(begin);
  for (const earlier of lastingInto(items, position, begin)) {
    const item = items.at(earlier);
    if (item && !(hiding && item.matches === 0)) add(earlier, 1, item);
  }
  while (position < ids.length) {
    const block = blocks.blockAt(position, ids.length, viewport.finest * 2);
    const count = block?.count ?? 1;
    // Of a block in which one alone matches, that one is drawn.
    const alone = hiding && block?.matches === 1 ? onlyMatch(trace, ids, position, count) : undefined;
    const item = block && alone === undefined ? block : items.at(alone ?? position);
    if (item && item.start > viewport.end) break;
    if (item && !(hiding && item.matches === 0)) add(position, count, item, alone);
    position += count;
  }
  return bars;
}

function onlyMatch({ matches }: Trace, ids: readonly number[], from: number, count: number): number | undefined {
  for (let at = from; at < from + count; at++) if (matches.has(ids[at] ?? 0)) return at;
  return undefined;
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

/** Positions of exchanges that begin before a time, and so before a position, but are not over by then; in order. */
export function lastingInto(items: LaneItems, position: number, time: number): number[] {
  const { list } = items;
  const found: number[] = [];
  list.blocks.back(position, list.gone, time, (each) => {
    if (!(items.extent(each)[1] < time)) found.push(each);
  });
  return found.reverse();
}

/** The exchange of a lane at a time, or the nearest within `tolerance` ms. */
export function exchangeAt(
  trace: Trace,
  lane: LaneRef,
  time: number,
  tolerance: number,
  now: number,
): number | undefined {
  const list = listOf(trace, lane);
  if (!list || list.length === 0) return undefined;
  const items = new LaneItems(trace, lane.kind, list);
  let best: number | undefined;
  let bestDistance = tolerance;
  const look = (position: number): boolean => {
    const id = list.ids[position] ?? 0;
    const [from, end] = items.extent(position);
    if (Number.isNaN(from) || trace.matches.hides(id)) return true;
    const to = Number.isNaN(end) ? Math.max(now, from) : end;
    const distance = time < from ? from - time : time > to ? time - to : 0;
    if (distance <= bestDistance) {
      best = id;
      bestDistance = distance;
    }
    return from <= time + tolerance;
  };
  const after = list.from(time);
  for (const earlier of lastingInto(items, after, time - tolerance).slice(-mostLookedAt)) look(earlier);
  // What begins now and is nearest stands first; of very many under the pointer, no more needs to be looked at.
  for (let position = after; position < Math.min(list.length, after + mostLookedAt) && look(position); position++);
  return best;
}

const mostLookedAt = 2000;
