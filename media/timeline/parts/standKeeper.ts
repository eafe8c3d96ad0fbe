import type { LitElement, ReactiveController } from 'lit';
import { standFits, type PictureStand } from '../model/keptStand';
import type { Trace } from '../model/trace';
import type { SavedState } from '../savedState';

/** ms between two stands that are kept while somebody moves on and on. */
const apart = 400;

/** What the page has to be able to do so that its picture comes back to where it stood. */
export interface StandingPage {
  /** The trace's zero, in ms since 1970. */
  readonly origin: () => number | undefined;
  readonly saved: () => Pick<SavedState, 'stand'>;
  readonly save: (part: Partial<Pick<SavedState, 'stand' | 'follow'>>) => void;
  readonly goTo: (stand: PictureStand) => void;
}

/**
 * Keeps where the picture stands in time and over its lanes, and has the picture of a page after this one go there. Of
 * another trace, the newest is of interest, and not where one looked back to.
 */
export class StandKeeper implements ReactiveController {
  readonly #page: StandingPage;
  /** All of a trace is there: before, the picture stands where it can. */
  #begun = false;
  #latest: PictureStand | undefined;
  #keptAt = -Infinity;
  #timer: number | undefined;

  constructor(host: LitElement, page: StandingPage) {
    this.#page = page;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#flush);
  }

  hostDisconnected(): void {
    window.removeEventListener('pagehide', this.#flush);
    this.#flush();
  }

  /** A trace has taken the place of the one before. @returns whether it is another one than what is saved is of */
  replaced(trace: Trace): boolean {
    const fresh = !this.#begun;
    this.#begun = true;
    const { stand } = this.#page.saved();
    if (stand && standFits(stand, trace, this.#page.origin() ?? NaN)) {
      if (fresh) this.#page.goTo(stand);
      return false;
    }
    this.#forgetLatest();
    if (stand) this.#page.save({ stand: undefined, follow: true });
    return stand !== undefined && stand.origin !== this.#page.origin();
  }

  /** The picture has come to stand elsewhere. */
  readonly moved = (stand: PictureStand): void => {
    if (!this.#begun) return;
    this.#latest = stand;
    const wait = this.#keptAt + apart - performance.now();
    if (wait <= 0) this.#flush();
    else this.#timer ??= window.setTimeout(this.#flush, wait);
  };

  readonly #flush = (): void => {
    const [stand, origin] = [this.#latest, this.#page.origin()];
    this.#forgetLatest();
    if (!stand || origin === undefined) return;
    this.#keptAt = performance.now();
    this.#page.save({ stand: { ...stand, origin } });
  };

  #forgetLatest(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#latest = undefined;
  }
}
