import type { Choice } from '../model/choice';
import type { LaneItems } from '../model/laneItems';

/** Whether a chosen exchange stands in a lane from one position up to another. */
export type ChosenIn = (from: number, to: number) => boolean;

/**
 * Few are looked for in the lane. Of very many, each position is asked: that ends with the first one, and there is no
 * need to find out where they all stand.
 */
export function chosenIn(choice: Choice, items: LaneItems): ChosenIn {
  if (choice.size === 0) return () => false;
  if (choice.size <= few) {
    const positions = positionsOf(choice, items);
    return (from, to) => (positions[firstFrom(positions, from)] ?? Infinity) < to;
  }
  const { first, flags } = flagsOf(choice);
  const { ids } = items.list;
  return (from, to) => {
    for (let at = from; at < to; at++) if (flags[(ids[at] ?? -1) - first] === 1) return true;
    return false;
  };
}

const few = 500;

function positionsOf(choice: Choice, items: LaneItems): number[] {
  const positions: number[] = [];
  for (const id of choice) {
    const position = items.positionOf(id);
    if (position >= 0) positions.push(position);
  }
  return positions.sort((a, b) => a - b);
}

function firstFrom(sorted: readonly number[], from: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Flags {
  /** The lowest id that is chosen. */
  readonly first: number;
  /** For each id from there on, 1 where it is chosen. */
  readonly flags: Uint8Array;
}

/** A choice never changes: another one is another set. */
const known = new WeakMap<Choice, Flags>();

function flagsOf(choice: Choice): Flags {
  const before = known.get(choice);
  if (before) return before;
  let [first, last] = [Infinity, -Infinity];
  for (const id of choice) [first, last] = [Math.min(first, id), Math.max(last, id)];
  const flags = new Uint8Array(last - first + 1);
  for (const id of choice) flags[id - first] = 1;
  const made = { first, flags };
  known.set(choice, made);
  return made;
}
