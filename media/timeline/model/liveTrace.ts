import type { Batch } from '../../../src/core/trace/batch';
import { connectionSchema, exchangeSchema } from '../../../src/core/trace/columns';
import type { TracePart } from '../../../src/core/trace/handover';
import { packedIds } from '../../../src/core/trace/packedRows';
import { Trace } from './trace';

/** Rows to hold back while paused; beyond, it is cheaper to ask for a snapshot. */
const mostHeld = 50_000;

/**
 * The trace as the picture shows it: live, or standing still while new batches are held back. It also estimates the
 * trace's clock between batches, so that what is in progress grows.
 */
export class LiveTrace {
  #trace = new Trace(1);
  /** All of a long trace, which comes in parts, while its newest end shows. */
  #coming: { readonly trace: Trace; readonly parts: number; arrived: number } | undefined;
  #held: Batch[] | undefined;
  #heldRows = 0;
  #frozen = 0;
  #lastShown = 0;
  #lastHeld = 0;
  #arrived = 0;
  #pauseNext = false;
  /** The server runs, so its clock goes on between batches. */
  running = false;

  get trace(): Trace {
    return this.#trace;
  }

  get paused(): boolean {
    return this.#held !== undefined;
  }

  /** The clock of the picture goes on by itself. */
  get ticking(): boolean {
    return !this.paused && this.running && this.#trace.open.size > 0;
  }

  /** Exchanges that came while paused. */
  get unseen(): number {
    return Math.max(0, this.#lastHeld - this.#lastShown);
  }

  /** More came than is held back: to go on, a snapshot is needed. */
  get overflowed(): boolean {
    return this.#heldRows > mostHeld;
  }

  /** The clock reading of the picture, in ms; `page` is the page's own clock. */
  now(page: number): number {
    if (this.paused) return this.#frozen;
    return this.#trace.store.now + (this.ticking ? Math.max(0, page - this.#arrived) : 0);
  }

  /** "loading 40 %", while parts of the trace are on their way; else empty. */
  get loadingText(): string {
    if (!this.#coming) return '';
    const { parts, arrived } = this.#coming;
    return `loading ${Math.floor((100 * arrived) / parts)} %`;
  }

  /** @param parts how many will follow, which are all of the trace; the batch is then its newest end */
  replace(batch: Batch, capacity: number, page: number, parts = 0): void {
    const wasPaused = this.paused || this.#pauseNext;
    this.#pauseNext = false;
    this.#held = undefined;
    this.#trace = new Trace(capacity);
    this.#trace.append(batch);
    this.#arrived = page;
    this.#coming = parts === 0 ? undefined : { trace: withoutRows(batch, capacity), parts, arrived: 0 };
    if (wasPaused) this.pause(page);
  }

  /** A part of the trace has come. @returns whether it was the last: then all of it shows */
  take(part: TracePart, page: number): boolean {
    const coming = this.#coming;
    if (!coming) return false;
    const { filter, wantsHiding } = this.#trace.matches;
    coming.trace.filterBy(filter, wantsHiding);
    coming.trace.take(part);
    coming.arrived++;
    if (coming.arrived < coming.parts) return false;
    this.#coming = undefined;
    this.#trace = coming.trace;
    if (this.paused) this.pause(page);
    return true;
  }

  append(batch: Batch, page: number): void {
    this.#coming?.trace.append(batch);
    if (this.#held) {
      const ids = packedIds(exchangeSchema, batch.exchanges);
      this.#heldRows += ids.length + packedIds(connectionSchema, batch.connections).length;
      for (const id of ids) this.#lastHeld = Math.max(this.#lastHeld, id);
      if (this.overflowed) this.#held.length = 0;
      else this.#held.push(batch);
      return;
    }
    this.#trace.append(batch);
    this.#arrived = page;
  }

  pause(page: number): void {
    this.#frozen = this.now(page);
    this.#held = [];
    this.#heldRows = 0;
    this.#lastShown = Math.max(0, this.#trace.store.exchanges.last);
    this.#lastHeld = this.#lastShown;
  }

  /** To stand still as soon as there is something to show, or not to. */
  pauseAtNext(paused: boolean): void {
    this.#pauseNext = paused;
  }

  /** @returns false where too much was held back, so that a snapshot is needed */
  resume(page: number): boolean {
    const complete = !this.overflowed;
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#heldRows = 0;
    this.#pauseNext = false;
    for (const batch of held) this.#trace.append(batch);
    if (held.length > 0) this.#arrived = page;
    return complete;
  }
}

function withoutRows(batch: Batch, capacity: number): Trace {
  const trace = new Trace(capacity);
  trace.append({ ...batch, exchanges: new Float64Array(0), connections: new Float64Array(0) });
  return trace;
}
