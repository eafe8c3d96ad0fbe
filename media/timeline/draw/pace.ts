import type { Scene } from './scene';

/** How often what goes on is drawn anew: when it has grown by half a pixel, and calmly where motion is not wanted. */
export class Pace {
  readonly #frame: () => void;
  readonly #later: () => void;
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  #timer: number | undefined;

  /**
   * @param frame asks for the next frame
   * @param later is called where there is time until then
   */
  constructor(frame: () => void, later: () => void) {
    this.#frame = frame;
    this.#later = later;
  }

  /**
   * Asks for the frame after a scene, where that will differ: it goes on, or it still shows something as it was before.
   *
   * @param perPixel ms that a pixel stands for
   * @returns whether it will differ
   */
  after(scene: Pick<Scene, 'unfinished'>, goesOn: boolean, perPixel: number): boolean {
    if (scene.unfinished) this.#frame();
    else if (goesOn) this.#goOn(perPixel);
    return scene.unfinished || goesOn;
  }

  #goOn(perPixel: number): void {
    const wait = this.#calm.matches ? 500 : Math.min(500, perPixel / 2);
    if (wait < 32) {
      this.#frame();
      return;
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#later, wait);
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
  }
}
