import { exchangeFlags } from '../../../src/core/trace/columns';
import type { BlockItem } from '../model/blocks';
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
  /** Something in it goes on. */
  alive: boolean;
  /** ms of waiting for a slot, and of everything */
  waited: number;
  total: number;
  /** Where exchanges failed, if it stands for several. */
  readonly errors: number[];
}

export interface BarsInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  readonly now: number;
  readonly selected: number | undefined;
}

/**
 * The lane's visible exchanges, those that would share pixels merged. Where whole blocks of
 * exchanges are thinner than the thinnest bar, they are taken as one.
 */
export function barsOf(input: BarsInput, connection: number): Bar[] {
  const { trace, viewport, now } = input;
  const selected = selectedIn(input, connection);
  const ids = trace.lanes.exchangesOf(connection);
  const blocks = trace.lanes.blocksOf(connection);
  const readItem = (position: number): (BlockItem & { readonly tone: Tone }) | undefined =>
    itemOf(trace, ids[position]);
  blocks?.update(ids.length, readItem);
  const bars: Bar[] = [];
  let position = firstReaching(trace, ids, viewport.start - leastBar * viewport.perPixel);
  while (position < ids.length) {
    const id = ids[position] ?? 0;
    const block = blocks?.blockAt(position, ids.length, viewport.perPixel * 2);
    const single = block ? undefined : readItem(position);
    const item = block ?? single;
    const count = block?.count ?? 1;
    const hasSelected = selected !== undefined && selected >= id && selected <= (ids[position + count - 1] ?? 0);
    position += count;
    if (!item) continue;
    const from = viewport.x(item.start);
    if (from > viewport.width) break;
    const alive = Number.isNaN(item.end);
    const to = Math.max(from + leastBar, viewport.x(alive ? Math.max(now, item.start) : item.end));
    if (to < 0) continue;
    const tone = single?.tone ?? 'plain';
    const last = bars[bars.length - 1];
    const total = alive ? Math.max(0, now - item.start) : item.total;
    if (last && from < last.to + 1 && isSmall(from, to) && (last.count > 1 || isSmall(last.from, last.to))) {
      if (last.count === 1 && last.tone === 'error') last.errors.push(last.from);
      if (item.errors > 0) last.errors.push(from);
      last.to = Math.max(last.to, to);
      last.count += count;
      last.alive ||= alive;
      last.hasSelected ||= hasSelected;
      last.waited += item.waited;
      last.total += total;
    } else {
      const errors = count > 1 && item.errors > 0 ? [from] : [];
      bars.push({ id, from, to, count, tone, hasSelected, alive, waited: item.waited, total, errors });
    }
  }
  return bars;
}

/** The selected exchange, if it stands in this lane. */
function selectedIn({ trace, selected }: BarsInput, connection: number): number | undefined {
  const exchange = selected === undefined ? undefined : trace.exchange(selected);
  return exchange?.connection === connection ? selected : undefined;
}

function isSmall(from: number, to: number): boolean {
  return to - from <= leastBar + 0.5;
}

/** Reads what a bar needs of an exchange, without copying its whole row. */
function itemOf(trace: Trace, id: number | undefined): (BlockItem & { readonly tone: Tone }) | undefined {
  const table = trace.store.exchanges;
  const row = table.rowOf(id ?? 0);
  if (row < 0) return undefined;
  const { start, end, status, outcome, ready, appStart, flags } = table.columns;
  const begin = start[row] ?? 0;
  const total = end[row] ?? NaN;
  const tone = toneOf({ status: status[row] ?? 0, outcome: outcome[row] ?? 0 });
  const waited = ((flags[row] ?? 0) & exchangeFlags.queued) !== 0 ? (appStart[row] ?? 0) - (ready[row] ?? 0) : 0;
  return {
    start: begin,
    end: begin + total,
    waited: Number.isNaN(waited) ? 0 : waited,
    total,
    errors: tone === 'error' ? 1 : 0,
    tone,
  };
}

/** The position of the first exchange that ends at or after a time. */
function firstReaching(trace: Trace, ids: readonly number[], time: number): number {
  const table = trace.store.exchanges;
  const { start, end } = table.columns;
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = table.rowOf(ids[middle] ?? 0);
    if (row < 0 || (start[row] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  // Pipelined requests may still go on while the next has begun.
  while (low > 0) {
    const row = table.rowOf(ids[low - 1] ?? 0);
    if (row < 0) break;
    const length = end[row] ?? NaN;
    if (!Number.isNaN(length) && (start[row] ?? 0) + length < time) break;
    low--;
  }
  return low;
}

/** The exchange of a connection at a time, or the nearest within `tolerance` ms. */
export function exchangeAt(
  trace: Trace,
  connection: number,
  time: number,
  tolerance: number,
  now: number,
): number | undefined {
  const { start, end } = trace.store.exchanges.columns;
  let best: number | undefined;
  let bestDistance = tolerance;
  const ids = trace.lanes.exchangesOf(connection);
  for (let position = firstReaching(trace, ids, time - tolerance); position < ids.length; position++) {
    const id = ids[position] ?? 0;
    const row = trace.store.exchanges.rowOf(id);
    if (row < 0) continue;
    const from = start[row] ?? 0;
    const length = end[row] ?? NaN;
    const to = Number.isNaN(length) ? now : from + length;
    const distance = time < from ? from - time : time > to ? time - to : 0;
    if (distance <= bestDistance) {
      best = id;
      bestDistance = distance;
    }
    if (from > time + tolerance) break;
  }
  return best;
}
