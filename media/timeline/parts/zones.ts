import { layoutDiffers, layoutOf, type Layout } from '../draw/layout';
import type { Arrangement } from '../model/arrangement';
import type { GroupBy } from '../model/grouping';
import { stripTracksOf } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import type { Navigation } from './navigation';

/** The elements that lie over the canvas. */
export interface ZoneElements {
  readonly numbers: HTMLElement;
  readonly axis: HTMLElement;
  readonly scroller: HTMLElement;
}

/** What zones depend on, beside the size of the picture. */
export interface ZonedPicture {
  readonly trace: Trace | undefined;
  readonly notToScale: boolean;
  readonly following: boolean;
  readonly groupBy: GroupBy;
  /** As the zones are now. */
  readonly arrangement: Arrangement | undefined;
}

/** Where the zones of a picture lie, and what lies over the canvas there. */
export class Zones {
  readonly #picture: ZonedPicture;
  readonly #elements: () => ZoneElements;
  readonly #moved: () => void;
  #layout: Layout = layoutOf(0, 0);

  /** @param moved is told when they lie elsewhere */
  constructor(picture: ZonedPicture, elements: () => ZoneElements, moved: () => void) {
    this.#picture = picture;
    this.#elements = elements;
    this.#moved = moved;
  }

  get layout(): Layout {
    return this.#layout;
  }

  /**
   * Brings zones, plot and scroll height in line with the size and the number of lanes.
   *
   * @returns whether anything of that changed
   */
  arrange(width: number, height: number, navigation: Navigation): boolean {
    const { camera, scroll } = navigation;
    const { trace, notToScale, following, groupBy } = this.#picture;
    const { laneHeight: before, width: had } = this.#layout;
    const above = scroll.position / before;
    const layout = layoutOf(width, height, trace ? stripTracksOf(trace).length : 0, notToScale);
    const moved = layoutDiffers(layout, this.#layout);
    if (moved) this.#place(layout);
    // The bar of the scroll area lies over the right margin of the plot.
    const resized = camera.resize(width - layout.titles - scroll.bar);
    const { laneHeight, lanesTop } = layout;
    const tall = (this.#picture.arrangement?.height ?? 0) + 8;
    // New connections come at the end; new slots and clients are seldom, and not what one looks at.
    const atEnd = following && groupBy === 'connection' ? laneHeight * 1.5 : undefined;
    const scrolled = scroll.resize(tall, height - lanesTop, atEnd);
    if (had > 0 && laneHeight !== before) {
      if (!following) scroll.moveTo(above * laneHeight);
      navigation.revealRow();
    }
    return moved || resized || scrolled;
  }

  #place(layout: Layout): void {
    this.#layout = layout;
    const { numbers, axis, scroller } = this.#elements();
    const { titles, strip, calls, trackHeight, lanesTop } = layout;
    numbers.style.setProperty('--calls', `${calls}px`);
    numbers.style.setProperty('--track', `${trackHeight}px`);
    numbers.classList.toggle('low', calls < 56);
    numbers.classList.toggle('line', calls < 48);
    numbers.hidden = calls === 0;
    numbers.style.width = `${titles - 1}px`;
    numbers.style.height = `${strip}px`;
    axis.style.top = `${strip}px`;
    axis.style.height = `${layout.axis}px`;
    axis.style.left = `${titles}px`;
    scroller.style.top = `${lanesTop}px`;
    this.#moved();
  }
}

/** How much there is, for who cannot see the canvas: tests. */
export function labelCanvas(canvas: HTMLCanvasElement, lanes: number, exchanges: number): void {
  for (const [name, count] of [
    ['lanes', lanes],
    ['exchanges', exchanges],
  ] as const) {
    if (canvas.dataset[name] !== String(count)) canvas.dataset[name] = String(count);
  }
}

/** The keyboard is in the table beside the picture, which says itself what is selected. */
export function tableHasFocus(picture: HTMLElement): boolean {
  const { activeElement } = picture.getRootNode() as ShadowRoot;
  return activeElement?.localName === 'lifeline-table';
}
