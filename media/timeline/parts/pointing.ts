import type { ReactiveControllerHost } from 'lit';
import type { Hit } from '../draw/hit';
import type { Layout } from '../draw/layout';
import type { Viewport } from '../viewport';
import type { Pointed } from './tooltip';

/** What of the picture the pointer is on. */
export interface PointedPicture extends ReactiveControllerHost {
  readonly layout: Layout;
  readonly viewport: Viewport;
  hitAt(x: number, y: number): Hit;
}

/** What the pointer is on: changes what lies over the picture, and no scene. */
export class Pointing {
  readonly #picture: PointedPicture;
  #pointed: Pointed | undefined;
  #row: Hit['row'];
  #x: number | undefined;

  constructor(picture: PointedPicture) {
    this.#picture = picture;
  }

  /** What the tooltip is about. */
  get pointed(): Pointed | undefined {
    return this.#pointed;
  }

  get row(): Hit['row'] {
    return this.#row;
  }

  /** x in the plot */
  get x(): number | undefined {
    return this.#x;
  }

  get time(): number | undefined {
    return this.#x === undefined ? undefined : this.#picture.viewport.time(this.#x);
  }

  hover(x: number, y: number): void {
    const { layout, viewport } = this.#picture;
    const plotX = x - layout.titles;
    this.#x = plotX >= 0 && plotX <= viewport.width ? plotX : undefined;
    const { selection, row } = this.#picture.hitAt(x, y);
    this.#row = row;
    const at = this.time;
    const inStrip = at !== undefined && y < layout.strip;
    this.#pointed = selection.kind === 'none' && !inStrip ? undefined : { selection, x, y, at };
    this.#picture.requestUpdate();
  }

  /** The pointer was pressed: what it was on is in the inspector. */
  press(): void {
    this.#pointed = undefined;
    this.#picture.requestUpdate();
  }

  leave(): void {
    [this.#x, this.#row, this.#pointed] = [undefined, undefined, undefined];
    this.#picture.requestUpdate();
  }
}
