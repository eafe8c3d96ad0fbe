/**
 * Which stretch of time the picture shows, and how it maps to pixels. Immutable: a move makes a new one.
 * Times are ms on the trace's clock, x is CSS pixels from the left edge of the plot.
 */
export class Viewport {
  readonly start: number;
  readonly span: number;
  readonly width: number;

  constructor(start: number, span: number, width: number) {
    this.start = start;
    this.span = Math.min(longestSpan, Math.max(shortestSpan, span));
    this.width = Math.max(1, width);
  }

  get end(): number {
    return this.start + this.span;
  }

  /** ms that one pixel stands for */
  get perPixel(): number {
    return this.span / this.width;
  }

  /** The same where the picture is least coarse: what lasts less is never seen on its own. */
  get finest(): number {
    return this.perPixel;
  }

  x(time: number): number {
    return ((time - this.start) / this.span) * this.width;
  }

  time(x: number): number {
    return this.start + (x / this.width) * this.span;
  }

  /** Moves the picture: positive pixels show later times. */
  panned(pixels: number): Viewport {
    return new Viewport(this.start + pixels * this.perPixel, this.span, this.width);
  }

  /** Scales the span by `factor` (below 1 zooms in) while the time under `x` stays where it is. */
  zoomed(x: number, factor: number): Viewport {
    const span = Math.min(longestSpan, Math.max(shortestSpan, this.span * factor));
    const fixed = this.time(x);
    return new Viewport(fixed - (x / this.width) * span, span, this.width);
  }

  /** Shows `from` to `to` with a margin on both sides, as a share of the whole. */
  showing(from: number, to: number, margin = 0.06): Viewport {
    const span = Math.max(shortestSpan, to - from) / (1 - 2 * margin);
    return new Viewport(from - span * margin, span, this.width);
  }

  resized(width: number): Viewport {
    return new Viewport(this.start, this.span, width);
  }
}

/** 10 µs: below it the clock itself is the picture. */
const shortestSpan = 0.01;
/** A day. */
const longestSpan = 86_400_000;
