import type { PairView } from '../../../src/core/trace/kernelView';
import type { Viewport } from '../viewport';
import { gaps } from './gaps';
import type { Stretch } from './labels';

/** The time for which the kernel keeps a pair in TIME_WAIT: the server closed first. */
export interface TailScene {
  readonly stretches: readonly Stretch[];
  readonly label: { readonly text: string; readonly x: number; readonly width: number } | undefined;
}

interface TailInput {
  readonly viewport: Viewport;
  readonly now: number;
  readonly measure: (text: string) => number;
}

/**
 * @param from x at which the socket was gone
 * @param covered where bars and labels stand
 */
export function tailScene(
  pair: PairView | undefined,
  from: number,
  { viewport, now, measure }: TailInput,
  covered: readonly Stretch[],
): TailScene | undefined {
  const entered = pair?.states.find(({ state }) => state === 'TIME_WAIT');
  if (!pair || !entered) return undefined;
  const over = pair.states.find(({ state }) => state === 'CLOSED')?.at ?? Infinity;
  const ends = Number.isNaN(pair.expires) ? over : Math.min(over, pair.expires);
  const to = Math.min(viewport.width, viewport.x(Math.min(now, ends)));
  const line = { from: Math.max(0, from), to };
  const free = (more: readonly Stretch[]): Stretch[] =>
    gaps(line, [...covered, ...more]).filter((each) => each.to - each.from >= leastDots);
  const stretches = free([]);
  const text = 'TIME_WAIT';
  const width = measure(text);
  const room = stretches.find((each) => each.to - each.from >= width + 2 * leastTail);
  if (!room) return { stretches, label: undefined };
  const x = room.from + leastTail;
  return { stretches: free([{ from: x - 5, to: x + width + 5 }]), label: { text, x, width } };
}

/** So much of the line shows on both sides of its label. */
const leastTail = 16;
/** A single dot between two words would say nothing. */
const leastDots = 9;
