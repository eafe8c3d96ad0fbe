import type { Arrangement, Row } from '../model/arrangement';
import type { BlockedBy, Hold } from '../model/blockedBy';
import type { Selection } from '../selection';
import type { Viewport } from '../viewport';

/**
 * Upright lines from what waited to those that held it up, each at the instant until which it did: there the wait and
 * the other's bar can be read off at one x. Those of nearly the same instant share a line.
 */
export interface Arrow {
  /** x in the plot; y from the top of the lanes' zone. */
  readonly x: number;
  readonly fromY: number;
  readonly toY: number;
  /** What held it up lies outside of the picture, in the direction of the arrow. */
  readonly outside: boolean;
}

export interface Arrows {
  readonly arrows: readonly Arrow[];
  /** Those for which no arrow is drawn, in words, at a point of the plot. */
  readonly rest: { readonly text: string; readonly x: number; readonly y: number } | undefined;
}

export interface ArrowsInput {
  readonly arrangement: Arrangement;
  readonly viewport: Viewport;
  readonly scroll: number;
  readonly height: number;
  readonly barHeight: number;
  readonly now: number;
  readonly selection: Selection;
  readonly blockedBy: BlockedBy;
}

export function arrowsOf(input: ArrowsInput): Arrows {
  const { blockedBy, viewport, now } = input;
  const arrows: Arrow[] = [];
  let [missing, lastX, lastY] = [blockedBy.more, NaN, NaN];
  for (const hold of blockedBy.holds) {
    const from = waitRow(input, hold);
    const to = input.arrangement.rowOf(selectionOf(hold));
    const x = viewport.x(Number.isNaN(hold.end) ? now : hold.end);
    // Without a lane for the one or the other there is nothing to draw between.
    if (!from || !to || from.key === to.key || x < 0 || x > viewport.width) {
      missing++;
      continue;
    }
    const up = to.top < from.top;
    // A wait for a slot or a turn is drawn lower than a bar.
    const low = hold.why === 'slot' || hold.why === 'turn' ? 0.6 : 1;
    const fromY = edgeOf(input, from, up, low);
    const toY = edgeOf(input, to, !up, 1);
    const top = clamped(fromY, 0, input.height);
    const end = clamped(toY, outsideMargin, input.height - outsideMargin);
    // Both above, or both below: nothing of it lies in the picture.
    if ((fromY < 0 && toY < 0) || (fromY > input.height && toY > input.height)) continue;
    const at = arrows.find((other) => Math.abs(other.x - x) < near)?.x ?? x;
    arrows.push({ x: at, fromY: top, toY: end, outside: end !== toY });
    if (!(at <= lastX)) [lastX, lastY] = [at, fromY];
  }
  const rest = missing > 0 && arrows.length > 0 ? { text: `+${missing} more`, x: lastX + 5, y: lastY } : undefined;
  return { arrows, rest };
}

const near = 4;
const outsideMargin = 3;

/** Where the wait is drawn: by slots, that for a slot has a lane of its own. */
function waitRow({ arrangement, selection }: ArrowsInput, hold: Hold): Row | undefined {
  if (arrangement.by !== 'slot') return arrangement.rowOf(selection);
  if (hold.why === 'turn') return undefined; // of connections, and no lane is one
  return hold.why === 'slot' && selection.kind === 'exchange'
    ? arrangement.rowOfWait(selection.id)
    : arrangement.rowOf(selection);
}

function selectionOf({ exchange, connection }: Hold): Selection {
  return exchange > 0 ? { kind: 'exchange', id: exchange } : { kind: 'connection', id: connection };
}

/** The upper or lower edge of what is drawn in a row, as a share of a bar's height; the middle of a header. */
function edgeOf({ scroll, barHeight }: ArrowsInput, row: Row, upper: boolean, share: number): number {
  const middle = row.top - scroll + row.height / 2;
  if (row.kind === 'header') return middle;
  return middle + ((upper ? -1 : 1) * barHeight * share) / 2;
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
