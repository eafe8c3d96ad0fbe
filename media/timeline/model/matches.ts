import type { TraceStore } from '../../../src/core/trace/traceStore';
import { Answers } from './answers';
import { noFilter, type Filter } from './filterText';

/**
 * Which exchanges of a trace match the filter. Each is asked once, and again when its row changes (or, where the filter
 * asks for a time, while it goes on); the picture only looks up what is known.
 *
 * To ask very many takes longer than a frame may. So another filter is asked in slices, while what shows is what the one
 * before had answered; new rows are asked by both.
 */
export class Matches {
  readonly #store: TraceStore;
  readonly #capacity: number;
  #answers: Answers | undefined;
  /** Those of the filter that is being asked. */
  #coming: { readonly answers: Answers | undefined; next: number } | undefined;
  #filter: Filter = noFilter;
  #wantsHiding = false;
  #version = 0;
  #round = 0;

  constructor(store: TraceStore, capacity: number) {
    this.#store = store;
    this.#capacity = Math.max(1, capacity);
  }

  /** The filter that was set last. */
  get filter(): Filter {
    return this.#filter;
  }

  /** It is still being asked: `goOn` has to be called. */
  get pending(): boolean {
    return this.#coming !== undefined;
  }

  /** There is a filter. */
  get active(): boolean {
    return this.#answers !== undefined;
  }

  /** What does not match is to be hidden. */
  get wantsHiding(): boolean {
    return this.#wantsHiding;
  }

  /** What does not match is not shown at all. */
  get hiding(): boolean {
    return this.active && this.#wantsHiding;
  }

  get count(): number {
    return this.#answers?.count ?? 0;
  }

  /** Changes whenever an exchange matches that did not, or the other way round. */
  get version(): number {
    return this.#version + (this.#answers?.changes ?? 0);
  }

  /** Changes with the filter whose answers show. */
  get round(): number {
    return this.#round;
  }

  /** Connections with a match, in order of id. */
  get connections(): readonly number[] {
    return this.#answers?.connections ?? [];
  }

  /** Changes when a connection has its first match, or its last one is gone. */
  get connectionsVersion(): number {
    return this.#version + (this.#answers?.connectionChanges ?? 0);
  }

  use(filter: Filter, hiding: boolean): void {
    if (hiding !== this.#wantsHiding) this.#version++;
    this.#wantsHiding = hiding;
    if (filter === this.#filter) return;
    this.#filter = filter;
    const answers = filter.terms.length > 0 ? new Answers(filter, this.#store, this.#capacity) : undefined;
    // The newest are those that are looked at, as a rule, but in the order of ids connections come in theirs.
    this.#coming = { answers, next: this.#store.exchanges.first };
    this.goOn(fewExchanges);
  }

  /** Asks so many more exchanges. @returns whether that were all, so that the answers show */
  goOn(most: number): boolean {
    const coming = this.#coming;
    if (!coming) return false;
    const { first, last } = this.#store.exchanges;
    const from = Math.max(coming.next, first);
    coming.next = coming.answers ? Math.min(last + 1, from + most) : last + 1;
    for (let id = from; id < coming.next; id++) coming.answers?.put(id, this.#store.now);
    if (coming.next <= last) return false;
    this.#version += 1 + (this.#answers?.changes ?? 0);
    this.#round++;
    this.#answers = coming.answers;
    this.#coming = undefined;
    return true;
  }

  has(id: number): boolean {
    return this.#answers?.has(id) ?? false;
  }

  /** It stands in no lane as long as others are hidden. */
  hides(id: number): boolean {
    return this.hiding && !this.has(id);
  }

  hasConnection(id: number): boolean {
    return this.#answers?.hasConnection(id) ?? false;
  }

  /** An exchange is new or has changed. @returns whether it matches now and did not, or the other way round */
  put(id: number, now: number): boolean {
    this.#coming?.answers?.put(id, now);
    return this.#answers?.put(id, now) ?? false;
  }

  /** Time has gone on. @returns those that match now and did not, or the other way round */
  refresh(open: Iterable<number>, now: number): readonly number[] {
    if (!this.#answers?.dependOnTime) return [];
    return [...open].filter((id) => this.put(id, now));
  }

  /** To be called before rows are asked anew: those that the trace has forgotten match no longer. */
  forget(): void {
    this.#answers?.forget();
    this.#coming?.answers?.forget();
  }
}

/** So many are asked at once: it takes a few ms. */
const fewExchanges = 20_000;
