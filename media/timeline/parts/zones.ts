import type { Layout } from '../draw/layout';

/** The elements that lie over the canvas. */
export interface ZoneElements {
  readonly numbers: HTMLElement;
  readonly axis: HTMLElement;
  readonly scroller: HTMLElement;
}

/** Puts them where the canvas draws their zones. */
export function placeZones({ numbers, axis, scroller }: ZoneElements, layout: Layout): void {
  const { titles, strip, calls, trackHeight, lanesTop } = layout;
  numbers.style.setProperty('--calls', `${calls}px`);
  numbers.style.setProperty('--track', `${trackHeight}px`);
  numbers.classList.toggle('low', calls < 56);
  numbers.style.width = `${titles - 1}px`;
  numbers.style.height = `${strip}px`;
  axis.style.top = `${strip}px`;
  axis.style.height = `${layout.axis}px`;
  axis.style.left = `${titles}px`;
  scroller.style.top = `${lanesTop}px`;
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
