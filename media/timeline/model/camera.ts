import { Viewport } from '../viewport';
import { followed, type FollowSpan } from './follow';
import type { PictureStand } from './keptStand';
import type { Trace } from './trace';

/** Where the picture stands in time: it is moved by its user, or it follows the newest in a span that suits. */
export class Camera {
  #viewport = new Viewport(0, 1000, 100);
  #span: FollowSpan = 'auto';
  #placed = false;

  get viewport(): Viewport {
    return this.#viewport;
  }

  /** The span in which it follows, or would. */
  get followSpan(): FollowSpan {
    return this.#span;
  }

  resize(width: number): boolean {
    if (width === this.#viewport.width) return false;
    this.#viewport = this.#viewport.resized(width);
    return true;
  }

  /** Shows the newest; where it must not follow, only if it never had a place. */
  update(trace: Trace, now: number, following: boolean): void {
    if (Number.isNaN(trace.first) || (this.#placed && !following)) return;
    this.#placed = true;
    this.#viewport = followed(this.#viewport, trace, now, this.#span);
  }

  pan(pixels: number): void {
    this.#viewport = this.#viewport.panned(pixels);
  }

  /** What is under `x` stays there. The span is kept when following begins again. */
  zoomAt(x: number, factor: number): void {
    this.#viewport = this.#viewport.zoomed(x, factor);
    this.#span = this.#viewport.span;
  }

  zoom(factor: number): void {
    this.zoomAt(this.#viewport.width / 2, factor);
  }

  /** Shows the whole trace, and goes on to while following. */
  fit(trace: Trace, now: number): void {
    this.#span = 'all';
    this.#placed = false;
    this.update(trace, now, true);
  }

  /** The whole trace was for looking back: who follows again wants the newest. */
  endFit(): void {
    if (this.#span === 'all') this.#span = 'auto';
  }

  show(from: number, to: number, margin: number): void {
    this.#viewport = this.#viewport.showing(from, to, margin);
    this.#placed = true;
  }

  /** Goes on from where another one stood; where that followed, only its span is left. */
  resume({ window, span }: Pick<PictureStand, 'window' | 'span'>): void {
    this.#span = span;
    if (window) this.show(window.from, window.to, 0);
  }

  /** Moves a stretch to the middle unless its beginning is in view and as much of the rest as can be. */
  reveal(from: number, to: number): boolean {
    const { start, end, span } = this.#viewport;
    if (from >= start && Math.min(to, from + span) <= end) return false;
    const middle = Math.min((from + to) / 2, from + span / 2);
    this.#viewport = new Viewport(middle - span / 2, span, this.#viewport.width);
    return true;
  }
}
