import type { Arrangement } from '../model/arrangement';
import type { Trace } from '../model/trace';
import type { Viewport } from '../viewport';
import type { Brush } from './brush';

/** A pin under the bar of an exchange, where no label stands; at the edge of its lane where the bar lies before or after the window. */
export interface PinMark {
  /** In the plot. */
  readonly x: number;
  /** Lower edge of the bar, from the top of the lanes' zone. */
  readonly y: number;
  readonly points: 'up' | 'earlier' | 'later';
}

interface PinInput {
  readonly trace: Trace;
  readonly viewport: Viewport;
  readonly arrangement: Arrangement;
  readonly scroll: number;
  readonly height: number;
  readonly barHeight: number;
  readonly now: number;
}

/** Those in lanes that are in view. @param pinned ids of exchanges */
export function pinMarksOf(input: PinInput, pinned: readonly number[]): PinMark[] {
  const { trace, viewport, arrangement, scroll, height, barHeight, now } = input;
  return pinned.flatMap((id): PinMark[] => {
    const exchange = trace.exchange(id);
    const row = arrangement.rowOf({ kind: 'exchange', id });
    if (!exchange || row?.kind !== 'lane') return [];
    const top = row.top - scroll;
    if (top + row.height < 0 || top > height) return [];
    const y = top + (row.height + barHeight) / 2;
    const from = viewport.x(exchange.start);
    const to = viewport.x(Number.isNaN(exchange.end) ? now : exchange.start + exchange.end);
    if (to < 0) return [{ x: half, y, points: 'earlier' }];
    if (from > viewport.width) return [{ x: viewport.width - half, y, points: 'later' }];
    return [{ x: Math.min(Math.max(from + half, half), viewport.width - half), y, points: 'up' }];
  });
}

/** The origin is the corner of the plot. */
export function paintPinMarks({ context, theme }: Brush, marks: readonly PinMark[]): void {
  context.fillStyle = theme.text;
  context.strokeStyle = theme.background;
  context.lineWidth = 1;
  for (const { x, y, points } of marks) {
    const top = Math.round(y) + 1;
    const [left, right, bottom] = [x - half, x + half, top + size];
    context.beginPath();
    if (points === 'up') {
      context.moveTo(left, bottom);
      context.lineTo(right, bottom);
      context.lineTo(x, top);
    } else {
      const forth = points === 'later';
      context.moveTo(forth ? left : right, top);
      context.lineTo(forth ? right : left, top + size / 2);
      context.lineTo(forth ? left : right, bottom);
    }
    context.closePath();
    context.fill();
    context.stroke();
  }
}

const half = 5;
const size = 7;
