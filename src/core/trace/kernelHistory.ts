import type { AcceptQueue, KernelView, PairView } from './kernelView';
import { Series } from './series';

/**
 * What the readings of the kernel's tables have told so far, in the extension host and in the webview alike. Bounded: of
 * pairs the ones that changed last are kept, and the depth of the accept queue is a series.
 */
export class KernelHistory {
  /** Depth of the accept queue at each reading at which it was another than before. */
  readonly depths = new Series(mostDepths);
  readonly #pairs = new Map<number, PairView>();
  #absent = '';
  #at = NaN;
  #acceptQueue: AcceptQueue | undefined;
  #pulse: KernelView['pulse'];

  /** Why nothing can be seen here; empty where it can, or where nobody has looked. */
  get absent(): string {
    return this.#absent;
  }

  /** When the newest reading began, in ms on the trace's clock; NaN before the first. */
  get at(): number {
    return this.#at;
  }

  get acceptQueue(): AcceptQueue | undefined {
    return this.#acceptQueue;
  }

  /** The newest answer of the server thread. */
  get pulse(): KernelView['pulse'] {
    return this.#pulse;
  }

  pair(connection: number): PairView | undefined {
    return this.#pairs.get(connection);
  }

  append(view: KernelView): void {
    this.#absent = view.absent;
    this.#at = view.at;
    this.#acceptQueue = view.acceptQueue;
    this.#pulse = view.pulse;
    for (const pair of view.pairs) {
      this.#pairs.delete(pair.connection); // to the end: the newest change
      this.#pairs.set(pair.connection, pair);
    }
    for (const connection of this.#pairs.keys()) {
      if (this.#pairs.size <= mostPairs) break;
      this.#pairs.delete(connection);
    }
    if (view.depths) this.depths.unpack(view.depths);
    const depth = view.acceptQueue?.depth ?? 0;
    const last = this.depths.length - 1;
    if (depth !== (last < 0 ? 0 : this.depths.valueAt(last))) this.depths.add(view.at, depth);
  }

  /** Everything as one view, for a viewer that has nothing yet; undefined where nobody has looked so far. */
  snapshot(): KernelView | undefined {
    if (Number.isNaN(this.#at)) return undefined;
    return {
      absent: this.#absent,
      at: this.#at,
      pauseMs: 0,
      pairs: [...this.#pairs.values()],
      acceptQueue: this.#acceptQueue,
      pulse: this.#pulse,
      depths: this.depths.pack(),
    };
  }

  clear(): void {
    this.#pairs.clear();
    this.depths.clear();
  }
}

const mostPairs = 1000;
const mostDepths = 4096;
