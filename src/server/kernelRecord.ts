import { harPairStates, type HarKernel } from '../core/trace/harKernel';
import type { KernelView, PairView } from '../core/trace/kernelView';
import { Series } from '../core/trace/series';

/**
 * What the kernel told while a recording ran, until the recording is finished. A pair that is gone is kept as the text
 * that goes to the file, as a long recording has many.
 */
export class KernelRecord {
  readonly #pairs = new Map<number, PairView>();
  readonly #depths = new Series(mostDepths);
  #texts: Buffer[] = [];
  #newTexts: string[] = [];
  #count = 0;
  #leftOut = 0;
  #limit: number | undefined;

  add(view: KernelView): void {
    const { acceptQueue, at } = view;
    if (acceptQueue) {
      this.#limit = acceptQueue.limit;
      const last = this.#depths.length - 1;
      if (acceptQueue.depth !== this.#depths.valueAt(last)) this.#depths.add(at, acceptQueue.depth);
    }
    for (const pair of view.pairs) {
      this.#pairs.delete(pair.connection); // to the end: the newest change
      if (pair.states.at(-1)?.state === 'CLOSED') this.#write(pair);
      else this.#pairs.set(pair.connection, pair);
    }
    for (const pair of this.#pairs.values()) {
      if (this.#pairs.size <= mostOpen) break;
      this.#pairs.delete(pair.connection);
      this.#write(pair);
    }
  }

  /** A `HarKernel` as pieces of JSON; undefined where nothing was told. */
  finish(): Buffer[] | undefined {
    if (this.#limit === undefined) return undefined;
    for (const pair of this.#pairs.values()) this.#write(pair);
    this.#pack();
    const acceptQueue = Array.from({ length: this.#depths.length }, (_, position) => ({
      atMs: this.#depths.timeAt(position),
      depth: this.#depths.valueAt(position),
    }));
    const rest: Omit<HarKernel, 'connections'> = { acceptQueueLimit: this.#limit, acceptQueue, leftOut: this.#leftOut };
    const head = `${JSON.stringify(rest).slice(0, -1)},"connections":[`;
    return [Buffer.from(head), ...this.#texts, Buffer.from('\n]}')];
  }

  #write(pair: PairView): void {
    if (this.#count >= mostPairs) {
      this.#leftOut++;
      return;
    }
    this.#newTexts.push(`${this.#count++ === 0 ? '\n' : ',\n'}${JSON.stringify(harPairStates(pair))}`);
    if (this.#newTexts.length >= 256) this.#pack();
  }

  #pack(): void {
    if (this.#newTexts.length > 0) this.#texts.push(Buffer.from(this.#newTexts.join('')));
    this.#newTexts = [];
  }
}

const mostOpen = 4096;
const mostDepths = 4096;
const mostPairs = 200_000;
