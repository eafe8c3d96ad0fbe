import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Rows rendered above and below those in view. */
const spare = 8;

/**
 * Which rows of a long list are in view, for a part that renders these alone. All rows are of one height; the part has an
 * element `.scroller` with a `.spacer` of the height of all rows, and in it `.rows`, which holds the rendered ones.
 */
export class RowWindow implements ReactiveController {
  readonly #part: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment };
  readonly #rowHeight: number;
  #scroller: HTMLElement | undefined;
  #resized: ResizeObserver | undefined;
  #count = 0;
  #from = 0;
  #to = spare;
  readonly #look = (): void => {
    const { scrollTop = 0, clientHeight = 0 } = this.#scroller ?? {};
    const from = Math.max(0, Math.floor(scrollTop / this.#rowHeight) - spare);
    const to = Math.ceil((scrollTop + clientHeight) / this.#rowHeight) + spare;
    if (from === this.#from && to === this.#to) return;
    this.#from = from;
    this.#to = to;
    this.#part.requestUpdate();
  };

  constructor(
    part: ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment },
    rowHeight: number,
  ) {
    this.#part = part;
    this.#rowHeight = rowHeight;
    part.addController(this);
  }

  /** Positions of the rows to render, of so many. */
  of(count: number): number[] {
    this.#count = count;
    const to = Math.min(this.#to, count);
    const from = Math.min(this.#from, to);
    return Array.from({ length: to - from }, (_, index) => from + index);
  }

  hostUpdated(): void {
    const scroller = this.#part.renderRoot.querySelector<HTMLElement>('.scroller') ?? undefined;
    if (scroller !== this.#scroller) {
      this.#leave();
      this.#scroller = scroller;
      if (scroller) this.#watch(scroller);
    }
    const spacer = scroller?.querySelector<HTMLElement>('.spacer');
    const rows = scroller?.querySelector<HTMLElement>('.rows');
    spacer?.style.setProperty('height', `${this.#count * this.#rowHeight}px`);
    rows?.style.setProperty('transform', `translateY(${Math.min(this.#from, this.#count) * this.#rowHeight}px)`);
  }

  hostDisconnected(): void {
    this.#leave();
    this.#scroller = undefined;
  }

  /** Scrolls as little as it takes to show a row. */
  reveal(row: number): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const top = row * this.#rowHeight;
    const bottom = top + this.#rowHeight;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
    this.#look();
  }

  toStart(): void {
    if (this.#scroller) this.#scroller.scrollTop = 0;
  }

  #watch(scroller: HTMLElement): void {
    scroller.addEventListener('scroll', this.#look, { passive: true });
    this.#resized = new ResizeObserver(this.#look);
    this.#resized.observe(scroller);
  }

  #leave(): void {
    this.#scroller?.removeEventListener('scroll', this.#look);
    this.#resized?.disconnect();
  }
}
