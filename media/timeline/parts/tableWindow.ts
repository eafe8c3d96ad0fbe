import { RowOrder, type Sorting } from '../model/rowOrder';
import type { Trace } from '../model/trace';
import { ScrollArea } from './scrollArea';

const rowHeight = 22;
export const headHeight = 26;
/** ms that making the list anew may take of one frame. */
const slice = 10;

/** What the window depends on, beside the trace. */
export interface TableSetup {
  readonly sorting: Sorting;
  /** The newest stays in view where the window stands at the end. */
  readonly following: boolean;
  /** Height for rows, in pixels. */
  readonly room: number;
}

/** The part of the table that is in view: which requests there are, in which order, and where the scroll area stands. */
export class TableWindow {
  readonly #scroll: ScrollArea;
  #trace: Trace | undefined;
  #order: RowOrder | undefined;
  #room = 0;
  #first = 0;
  #shift = 0;
  #ids: readonly number[] = [];
  /** To be brought into view as soon as it has a place. */
  #wanted: number | undefined;

  /** @param grid scrolls @param spacer has its height @param scrolled another part is in view */
  constructor(grid: HTMLElement, spacer: HTMLElement, scrolled: () => void) {
    this.#scroll = new ScrollArea(grid, spacer, scrolled);
  }

  dispose(): void {
    this.#order?.dispose();
    this.#order = undefined;
    this.#trace = undefined;
  }

  /** How many requests the table lists. */
  get length(): number {
    return this.#order?.length ?? 0;
  }

  /** The list is being made: ask again soon. */
  get busy(): boolean {
    return this.#order?.busy ?? false;
  }

  /** Index of the first row in view, and the requests of all of them. */
  get first(): number {
    return this.#first;
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Pixels by which the first row in view is moved up. */
  get shift(): number {
    return this.#shift;
  }

  /** Rows that a page moves by. */
  get page(): number {
    return Math.max(1, Math.floor(this.#room / rowHeight) - 1);
  }

  at(index: number): number {
    return this.#order?.at(index) ?? 0;
  }

  indexOf(id: number): number {
    return this.#order?.indexOf(id) ?? -1;
  }

  reveal(id: number): void {
    this.#wanted = id;
  }

  toStart(): void {
    this.#scroll.toStart();
  }

  isFirst(id: number | undefined): boolean {
    return this.length > 0 && (id === undefined || this.indexOf(id) <= 0);
  }

  /** Where so many rows lead from a request or, where that is not listed, from the rows in view. */
  step(from: number | undefined, by: number): number {
    const at = from === undefined ? -1 : this.indexOf(from);
    const start = at >= 0 ? at : this.#first - (by === 1 ? 1 : 0);
    return this.at(Math.max(0, Math.min(this.length - 1, start + by)));
  }

  arrange(trace: Trace, setup: TableSetup): void {
    if (trace !== this.#trace) {
      this.dispose();
      this.#trace = trace;
      this.#order = new RowOrder(trace);
    }
    if (this.#order) this.#place(this.#order, setup);
  }

  /** @returns whether the event is dealt with */
  wheel(event: WheelEvent): boolean {
    // Where a pixel of the scroll bar stands for several, the browser would go too far.
    if (!this.#scroll.scaled || event.ctrlKey || event.deltaY === 0) return false;
    this.#scroll.by(event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * rowHeight : event.deltaY);
    return true;
  }

  #place(order: RowOrder, { sorting, following, room }: TableSetup): void {
    const scroll = this.#scroll;
    const asTheyCame = sorting.column === 'start';
    const ascends = asTheyCame && !sorting.descending;
    // What is looked at stays where it stands when others come before it or are forgotten.
    const anchor = asTheyCame && !order.busy && scroll.position > 0 ? order.at(this.#first) : undefined;
    const until = performance.now() + slice;
    order.sortBy(sorting);
    order.update(() => performance.now() > until);
    this.#room = room;
    const stood = this.#first;
    scroll.resize(order.length * rowHeight, room, following && ascends ? 1.5 * rowHeight : undefined);
    const at = anchor === undefined ? -1 : order.indexOf(anchor);
    if (at >= 0 && at !== stood) scroll.by((at - stood) * rowHeight);
    if (!order.busy) this.#revealWanted(order);
    this.#first = Math.max(0, Math.min(Math.floor(scroll.position / rowHeight), order.length - 1));
    this.#shift = scroll.position - this.#first * rowHeight;
    const count = Math.min(Math.ceil(room / rowHeight) + 1, order.length - this.#first);
    this.#ids = Array.from({ length: Math.max(0, count) }, (_, index) => order.at(this.#first + index));
  }

  #revealWanted(order: RowOrder): void {
    if (this.#wanted === undefined) return;
    const index = order.indexOf(this.#wanted);
    this.#wanted = undefined;
    if (index >= 0) this.#scroll.reveal(index * rowHeight, (index + 1) * rowHeight);
  }
}
