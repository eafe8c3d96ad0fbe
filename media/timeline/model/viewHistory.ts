import type { Viewport } from '../viewport';

/** Where the picture stood, and whether it followed the newest. */
export interface Stand {
  readonly viewport: Viewport;
  readonly following: boolean;
}

/** The places that the picture was moved away from, the last one on top: the way back. */
export class ViewHistory {
  readonly #stands: Stand[] = [];
  #gesture = '';
  #at = -Infinity;

  /**
   * The picture is about to move away.
   *
   * @param gesture moves of one gesture, each soon after the one before, are one move; empty where it is a move of its own
   * @param at ms on any clock
   */
  leave(stand: Stand, gesture: string, at: number): void {
    const goesOn = gesture !== '' && gesture === this.#gesture && at - this.#at < pause;
    this.#gesture = gesture;
    this.#at = at;
    if (goesOn) return;
    this.#stands.push(stand);
    if (this.#stands.length > mostStands) this.#stands.shift();
  }

  /** The last place that is not where the picture stands anyway. */
  back({ viewport, following }: Stand): Stand | undefined {
    this.#gesture = '';
    for (let last = this.#stands.pop(); last; last = this.#stands.pop()) {
      const same = last.viewport.start === viewport.start && last.viewport.span === viewport.span;
      if (last.following ? !following : !same) return last;
    }
    return undefined;
  }
}

/** ms after which a gesture is a new one */
const pause = 700;
const mostStands = 50;
