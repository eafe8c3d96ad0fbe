import { Viewport } from './viewport';

/**
 * A stretch of time that is not drawn to scale, so that a parse of 60 µs can be read beside an app call of 3 s.
 *
 * Each instant at which a phase begins or ends cuts the stretch. Every piece between two cuts gets a least width and,
 * of what is left, the more the longer it lasts, by the logarithm: order, overlap and "longer" stay true, lengths do
 * not. All of the picture is on this one axis, so what is at the same x was at the same time. Where there are more cuts
 * than pixels for them, there is no such view.
 */
export class SchematicViewport extends Viewport {
  /** The cuts within, in order. */
  readonly cuts: readonly number[];
  readonly #times: Float64Array;
  readonly #xs: Float64Array;
  readonly #finest: number;

  /**
   * @param cuts instants within, in order
   * @param widths of the pieces before, between and after them
   */
  constructor({ start, span, width }: Viewport, cuts: readonly number[], widths: readonly number[]) {
    super(start, span, width);
    this.cuts = cuts;
    this.#times = Float64Array.from([start, ...cuts, start + span]);
    this.#xs = new Float64Array(this.#times.length);
    let finest = this.perPixel;
    for (let piece = 0; piece < widths.length; piece++) {
      const wide = widths[piece] ?? 0;
      this.#xs[piece + 1] = (this.#xs[piece] ?? 0) + wide;
      finest = Math.min(finest, ((this.#times[piece + 1] ?? 0) - (this.#times[piece] ?? 0)) / wide);
    }
    // The sum of the widths, but for rounding.
    this.#xs[widths.length] = this.width;
    this.#finest = finest;
  }

  override get finest(): number {
    return this.#finest;
  }

  override x(time: number): number {
    return between(time, this.#times, this.#xs) ?? super.x(time);
  }

  override time(x: number): number {
    return between(x, this.#xs, this.#times) ?? super.time(x);
  }
}

/** What is cut, and gets room. */
export interface Cut {
  readonly start: number;
  readonly duration: number;
}

/**
 * @param phases what is in view
 * @param own of these, what has to be readable: the phases of the selected exchange
 * @returns undefined where there are too many
 */
export function schematicOf(
  viewport: Viewport,
  phases: readonly Cut[],
  own: readonly Cut[],
): SchematicViewport | undefined {
  const { start, end, width } = viewport;
  const cuts = distinct(
    [...phases, ...own].flatMap((each) => [each.start, each.start + each.duration]),
    start,
    end,
  );
  const pieces = cuts.length + 1;
  if (cuts.length === 0 || pieces * leastWidth > width) return undefined;
  const times = [start, ...cuts, end];
  const rangeOf = (each: Cut): [number, number] => [
    positionOf(times, each.start),
    positionOf(times, each.start + each.duration),
  ];
  const busy = new Uint8Array(pieces);
  for (const each of [...phases, ...own]) busy.fill(1, ...rangeOf(each));
  const wanted: Wanted = { own: new Float64Array(pieces), idle: new Float64Array(pieces) };
  for (const each of partsOf(own, start, end)) {
    const [from, to] = rangeOf(each);
    wanted.own.fill(readable / (to - from), from, to);
  }
  // Where nothing goes on, there is nothing to read, but for the words behind the last bar.
  for (let piece = 0; piece < pieces; piece++)
    if (!busy[piece]) wanted.idle[piece] = piece === pieces - 1 ? afterLast : idle;
  return new SchematicViewport(viewport, cuts, widthsOf(times, wanted, busy, width));
}

/** What some phase covers, cut wherever one of them begins or ends: of two that overlap, each is to be seen. */
function partsOf(phases: readonly Cut[], start: number, end: number): Cut[] {
  const cuts = distinct(boundsOf(phases), start, end);
  return [start, ...cuts].flatMap((from, index) => {
    const to = cuts[index] ?? end;
    const middle = (from + to) / 2;
    const covered = phases.some((each) => each.start <= middle && each.start + each.duration >= middle);
    return covered ? [{ start: from, duration: to - from }] : [];
  });
}

function boundsOf(phases: readonly Cut[]): number[] {
  return phases.flatMap(({ start, duration }) => [start, start + duration]);
}

/** Pixels that pieces are to have beyond the least, first those of what is selected. */
interface Wanted {
  readonly own: Float64Array;
  readonly idle: Float64Array;
}

function widthsOf(times: readonly number[], wanted: Wanted, busy: Uint8Array, width: number): number[] {
  const pieces = busy.length;
  let left = width - pieces * leastWidth;
  /** As much of what is wanted as a share of what is left has room for. */
  const grant = (wants: Float64Array, most: number): Float64Array => {
    const sum = total(wants);
    const share = sum > 0 ? Math.min(1, (left * most) / sum) : 0;
    left -= sum * share;
    return wants.map((each) => each * share);
  };
  const own = grant(wanted.own, 0.8);
  const others = grant(
    Float64Array.from(busy, (each, piece) => (each && !wanted.own[piece] ? readable : 0)),
    0.6,
  );
  const empty = grant(wanted.idle, 0.6);
  const weights = Float64Array.from(busy, (each, piece) =>
    each ? Math.log2(1 + ((times[piece + 1] ?? 0) - (times[piece] ?? 0)) / resolution) : 0,
  );
  const weight = total(weights);
  return Array.from(busy, (_each, piece) => {
    const rest = weight > 0 ? (left * (weights[piece] ?? 0)) / weight : left / pieces;
    return leastWidth + (own[piece] ?? 0) + (others[piece] ?? 0) + (empty[piece] ?? 0) + rest;
  });
}

function total(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}

/** In order, within, and apart by what the clock can tell. */
function distinct(times: readonly number[], start: number, end: number): number[] {
  const kept: number[] = [];
  let last = start;
  for (const time of Float64Array.from(times).sort()) {
    if (!(time - last >= resolution) || end - time < resolution) continue;
    kept.push(time);
    last = time;
  }
  return kept;
}

/** The position of the cut that stands for an instant: the last that is not after it, but for the clock's resolution. */
function positionOf(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The value in `to` that stands where another one stands in `from`; undefined outside. */
function between(value: number, from: Float64Array, to: Float64Array): number | undefined {
  const last = from.length - 1;
  if (!(value >= (from[0] ?? 0) && value <= (from[last] ?? 0))) return undefined;
  let [low, high] = [0, last - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  const [a, b] = [from[low] ?? 0, from[low + 1] ?? 0];
  const [c, d] = [to[low] ?? 0, to[low + 1] ?? 0];
  return b > a ? c + ((value - a) / (b - a)) * (d - c) : c;
}

/** ms; instants closer than this are one */
const resolution = 0.001;
/** Pixels: of any piece, of a phase with its duration written on it, of idle time, of what lies behind the last bar. */
const leastWidth = 3;
const readable = 56;
const idle = 9;
const afterLast = 60;
