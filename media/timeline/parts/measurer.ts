import { Measuring } from '../model/measuring';
import type { Stretch } from '../model/stretch';
import type { Viewport } from '../viewport';

/** What measuring needs of the picture, and what it tells it. */
export interface MeasuredPicture {
  /** As it is drawn: to scale or not. */
  readonly viewport: Viewport;
  /** x of the pointer in the plot */
  readonly pointer: number | undefined;
  /** What is measured has changed. */
  measured(stretch: Stretch | undefined): void;
}

type Extent = readonly [number, number] | undefined;

/** Measures by pointer and by keys, in the time of the picture, and tells it what is measured. */
export class Measurer {
  readonly #picture: MeasuredPicture;
  readonly #measuring = new Measuring();

  constructor(picture: MeasuredPicture) {
    this.#picture = picture;
  }

  get stretch(): Stretch | undefined {
    return this.#measuring.stretch;
  }

  /** @param done the button is let go */
  drag(from: number, to: number, done: boolean): void {
    this.#measuring.drag(from, to, done);
    this.#tell();
  }

  /** The pointer is at another instant. */
  point(time: number): void {
    if (this.#measuring.point(time)) this.#tell();
  }

  /**
   * A key begins, or ends what was begun: at the pointer, else with what is selected, else in the middle.
   *
   * @param selected from when to when that lasts
   */
  press(selected: Extent): void {
    const { viewport, pointer } = this.#picture;
    const middle = viewport.time(viewport.width / 2);
    const [from, to] = selected ?? [middle, middle];
    this.#measuring.press(pointer === undefined ? undefined : viewport.time(pointer), { from, to });
    this.#tell();
  }

  /** A key moves the other end. @returns where it is now; undefined where it is not moved by keys */
  step(direction: number): number | undefined {
    const end = this.#measuring.move((Math.sign(direction) * this.#picture.viewport.span) / 100);
    if (end !== undefined) this.#tell();
    return end;
  }

  /** Something else was selected by keys: it is measured up to that. */
  reach(selected: Extent): void {
    if (!selected || !this.#measuring.byKeys) return;
    this.#measuring.reach(...selected);
    this.#tell();
  }

  /** @returns whether anything was measured */
  end(): boolean {
    const was = this.#measuring.clear();
    if (was) this.#tell();
    return was;
  }

  #tell(): void {
    this.#picture.measured(this.stretch);
  }
}
