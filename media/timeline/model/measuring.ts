import type { Stretch } from './stretch';

/** A stretch of time that is being measured, or was: dragged at once, or begun at one point and ended at another. */
export class Measuring {
  #stretch: Stretch | undefined;
  #byPointer = false;

  get stretch(): Stretch | undefined {
    return this.#stretch;
  }

  /** It was begun by a key, and its other end is moved by keys. */
  get byKeys(): boolean {
    return this.#stretch?.fixed === false && !this.#byPointer;
  }

  /** @param done the button is let go */
  drag(from: number, to: number, done: boolean): void {
    this.#stretch = { from, to, fixed: done };
    this.#byPointer = true;
  }

  /**
   * Begins, or ends what was begun.
   *
   * @param pointer the instant under the pointer; where it is on none, the stretch begins as `selected`
   */
  press(pointer: number | undefined, selected: Pick<Stretch, 'from' | 'to'>): void {
    if (this.#stretch?.fixed === false) {
      this.#stretch = { ...this.#stretch, fixed: true };
      return;
    }
    this.#byPointer = pointer !== undefined;
    this.#stretch =
      pointer === undefined ? { ...selected, fixed: false } : { from: pointer, to: pointer, fixed: false };
  }

  /** Moves the other end under the pointer. */
  point(time: number): boolean {
    if (!this.#byPointer || this.#stretch?.fixed !== false) return false;
    this.#stretch = { ...this.#stretch, to: time };
    return true;
  }

  /** Moves the other end by keys. @returns where it is now; undefined where it is not moved by keys */
  move(by: number): number | undefined {
    if (!this.#stretch || !this.byKeys) return undefined;
    this.#stretch = { ...this.#stretch, to: this.#stretch.to + by };
    return this.#stretch.to;
  }

  /** Goes on to what was selected by keys: up to its end, or back to its beginning. */
  reach(from: number, to: number): void {
    if (!this.#stretch || !this.byKeys) return;
    this.#stretch = { ...this.#stretch, to: to >= this.#stretch.from ? to : from };
  }

  /** @returns whether there was anything to end */
  clear(): boolean {
    const was = this.#stretch !== undefined;
    this.#stretch = undefined;
    return was;
  }
}
