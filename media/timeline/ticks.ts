import { duration, instant } from './format';
import { SchematicViewport } from './schematicViewport';
import type { Viewport } from './viewport';

/**
 * The marks of the time axis: steps of 1, 2 or 5 times a power of ten, above a second those that clocks have.
 *
 * Deep in a long trace a full time would be all digits ("65.000120 s"). There the ticks count from a round base,
 * which stands once at the left: "65.000 s", then "+120 µs".
 *
 * Where the picture is not to scale, steps would say nothing: there is a tick wherever a phase begins or ends, and
 * labels count from the first.
 */
export interface Ticks {
  /** What "+" labels count from; undefined where labels are whole times. */
  readonly base?: { readonly time: number; readonly label: string };
  /** ms between two ticks; NaN where they are not even */
  readonly step: number;
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly time: number;
  /** Empty where there is no room for one. */
  readonly label: string;
}

const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

/** The smallest readable step that is not below `least` ms. */
export function tickStep(least: number): number {
  if (least > 500) {
    const seconds = clockSteps.find((each) => each * 1000 >= least);
    return (seconds ?? Math.ceil(least / 86_400_000) * 86_400) * 1000;
  }
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * 0.999_999) ?? 10;
  return factor * power;
}

export function ticksOf(viewport: Viewport, pixelsApart = 96): Ticks {
  if (viewport instanceof SchematicViewport) return ticksAtCuts(viewport);
  const step = tickStep(viewport.perPixel * pixelsApart);
  const first = Math.ceil(viewport.start / step);
  const last = Math.floor(viewport.end / step);
  const base = baseOf(viewport, step);
  const ticks: Tick[] = [];
  for (let index = first; index <= last; index++) {
    const time = index * step;
    ticks.push({ time, label: base === undefined ? wholeLabel(time, step) : offsetLabel(time - base, step) });
  }
  if (base === undefined) return { step, ticks };
  return { step, ticks, base: { time: base, label: instant(base, Math.min(6, decimalsFor(step * 100))) } };
}

/** Pixels from one label to the next where ticks are uneven. */
const labelsApart = 72;

function ticksAtCuts(viewport: SchematicViewport): Ticks {
  const [first = 0] = viewport.cuts;
  let free = -Infinity;
  const ticks = viewport.cuts.map((time): Tick => {
    const x = viewport.x(time);
    if (x < free) return { time, label: '' };
    free = x + labelsApart;
    return { time, label: time === first ? instant(first) : `+${duration(time - first)}` };
  });
  return { step: NaN, ticks };
}

function baseOf(viewport: Viewport, step: number): number | undefined {
  if (step >= 1 || viewport.start < 1000) return undefined;
  const unit = 10 ** Math.ceil(Math.log10(step * 100) - 1e-9);
  return Math.floor(viewport.start / unit) * unit;
}

function wholeLabel(time: number, step: number): string {
  if (time === 0) return '0 s';
  if (step < 1 && Math.abs(time) < 1000) return `${trimmed(time, -Math.floor(Math.log10(step) + 1e-9))} ms`;
  if (step >= 1 && step < 1000 && Math.abs(time) < 1000) return `${trimmed(time, 0)} ms`;
  return instant(time, decimalsFor(step));
}

function offsetLabel(offset: number, step: number): string {
  const rounded = Math.round(offset / step) * step;
  if (rounded === 0) return '+0';
  if (step < 0.01) return `+${trimmed(rounded * 1000, Math.max(0, -Math.floor(Math.log10(step * 1000) + 1e-9)))} µs`;
  return rounded < 1
    ? `+${duration(rounded)}`
    : `+${trimmed(rounded, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))} ms`;
}

/** Decimals of a second that a step of `step` ms needs. */
function decimalsFor(step: number): number {
  return Math.max(0, 3 - Math.floor(Math.log10(step) + 1e-9));
}

function trimmed(value: number, decimals: number): string {
  return value.toFixed(Math.max(0, decimals)).replace('-', '−');
}
