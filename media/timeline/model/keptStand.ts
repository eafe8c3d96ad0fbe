import type { FollowSpan } from './follow';
import type { TimeWindow } from './overviewWindow';
import type { Trace } from './trace';

/** Where a picture stands, so that one on another page, which may be of another size, can go there. */
export interface PictureStand {
  /** What it shows of time; undefined while it follows the newest. */
  readonly window: TimeWindow | undefined;
  /** The span in which it follows, or would. */
  readonly span: FollowSpan;
  /** How many lanes lie above those in view, with a fraction. */
  readonly lanes: number;
}

/** The same as a page remembers it. */
export interface KeptStand extends PictureStand {
  /** The zero of its trace, in ms since 1970: another trace has another one. */
  readonly origin: number;
}

export function sameStand(a: PictureStand, b: PictureStand): boolean {
  return a.window?.from === b.window?.from && a.window?.to === b.window?.to && a.span === b.span && a.lanes === b.lanes;
}

/** It comes back as unknown data; undefined where it is none. */
export function readStand(saved: unknown): KeptStand | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { window, span, lanes, origin }: Partial<Record<keyof KeptStand, unknown>> = saved;
  if (!isFinite(origin) || !isFinite(lanes) || lanes < 0) return undefined;
  if (span !== 'auto' && span !== 'all' && !(isFinite(span) && span > 0)) return undefined;
  const shown = readWindow(window);
  return window === undefined || shown ? { window: shown, span, lanes, origin } : undefined;
}

/** Whether it is one of this trace, and shows anything of it. */
export function standFits({ origin, window }: KeptStand, trace: Trace, zero: number): boolean {
  if (origin !== zero || Number.isNaN(trace.first)) return false;
  return !window || (window.to >= trace.first && window.from <= trace.newest);
}

function readWindow(saved: unknown): TimeWindow | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined;
  const { from, to }: Partial<Record<keyof TimeWindow, unknown>> = saved;
  return isFinite(from) && isFinite(to) && from < to ? { from, to } : undefined;
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}
