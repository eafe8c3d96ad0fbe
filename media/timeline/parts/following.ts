import type { Feed } from './feed';

/** Where the picture stands to the newest requests: it shows them, or it stopped to, and so many have come since. */
export class Following {
  readonly #feed: Feed;
  readonly #follows: () => boolean;
  #newest = NaN;

  /** @param follows whether it is to show the newest */
  constructor(feed: Feed, follows: () => boolean) {
    this.#feed = feed;
    this.#follows = follows;
  }

  /** Somebody has looked back. */
  stop(): void {
    this.#newest = this.#feed.trace.store.exchanges.last;
  }

  /** It could show newer ones than it does, and it is not paused. */
  get behind(): boolean {
    return this.#feed.server?.status === 'running' && !this.#feed.live.paused && !this.#follows();
  }

  /** How many came since it stopped; 0 where that is not known. */
  get newer(): number {
    return Math.max(0, this.#feed.trace.store.exchanges.last - this.#newest) || 0;
  }

  /** Why the picture does not show the newest, in a word; empty where it does. */
  get word(): string {
    if (this.#feed.server?.status === 'running' && this.#feed.live.paused) return 'paused';
    return this.behind ? 'not following' : '';
  }
}
