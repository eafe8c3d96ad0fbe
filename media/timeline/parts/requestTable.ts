import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { assertNever } from '../../../src/core/assertNever';
import type { KeyAction } from '../keys';
import { nothingChosen, type Choice, type ChoiceChange } from '../model/choice';
import type { ColumnName, TableColumn } from '../model/tableColumns';
import {
  freshTable,
  resized,
  shownColumns,
  sortedAnew,
  totalWidth,
  widthOf,
  type TableState,
} from '../model/tableState';
import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import type { ChosenAction } from './requestActions';
import type { RequestSituation } from './requestMenu';
import { baseStyles, swatchStyles, toolStyles } from './styles';
import { TableHead } from './tableHead';
import { TableMenus } from './tableMenus';
import { moveOf, type TableMove } from '../tableKeys';
import { tableRow, targetOf } from './tableRow';
import { tableStyles } from './tableStyles';
import { TableWindow, headHeight } from './tableWindow';
import { drawBars, scaleOf } from './waterfall';

/** ms between two looks at what came meanwhile: nobody reads faster. */
const calmly = 100;
/** Pixels left and right of the cells, where the bars are not among them. */
const rowMargins = 72;

/**
 * The requests as rows, of which only those in view exist. It is the accessible form of the picture, by the grid pattern
 * of ARIA: the keyboard stays on the grid, and `aria-activedescendant` says where in it.
 *
 * Events: `select` with a `Selection`, `choose` with a `ChoiceChange`, `act` with a `KeyAction`, `do` with a
 * `ChosenAction`, `table` with a `TableState`.
 */
@customElement('lifeline-table')
export class RequestTable extends LitElement {
  static override styles = [baseStyles, swatchStyles, toolStyles, tableStyles];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) clock: () => number = () => 0;
  /** The clock goes on: what is in progress grows. */
  @property({ type: Boolean }) ticking = false;
  /** The newest stays in view where the table stands at its end. */
  @property({ type: Boolean }) following = true;
  @property({ attribute: false }) selection: Selection = nothingSelected;
  @property({ attribute: false }) choice: Choice = nothingChosen;
  /** Of the trace's matches, changes with the filter whose answers show. */
  @property({ type: Number }) round = 0;
  @property({ attribute: false }) table: TableState = freshTable;
  /** What the menu of the selected request has to know. */
  @property({ attribute: false }) situation: (() => RequestSituation) | undefined;
  /** Exchanges that are pinned. */
  @property({ attribute: false }) pinned: readonly number[] = [];

  /** Where the keyboard is: in the heads or in the selected row; there at a column, or with -1 at the row as a whole. */
  @state() private active = { head: false, column: -1 };
  @state() private room = 0;
  @state() private width = 0;
  @state() private barWidth = 0;
  @state() private spoken = '';
  @query('.grid') private grid!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.rows') private rows!: HTMLElement;
  @query('.list') private list!: HTMLElement;

  readonly #head = new TableHead(
    () => this.table,
    (table) => this.#change(table),
  );
  readonly #menus = new TableMenus(this, {
    table: () => this.table,
    situation: () => this.situation?.(),
    change: (table) => this.#change(table),
    act: (detail) => this.dispatchEvent(new CustomEvent<ChosenAction>('do', { detail })),
  });
  #window: TableWindow | undefined;
  #columns: readonly TableColumn[] = [];
  #later: number | undefined;
  #rendered = 0;
  /** Where choosing several began. */
  #anchor: number | undefined;
  readonly #resized = new ResizeObserver(() => this.#measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#window?.dispose();
    this.#resized.disconnect();
    window.clearTimeout(this.#later);
    this.#later = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override focus(): void {
    this.grid.focus();
  }

  /** What only came with time can wait a little. */
  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const grown = changed.size > 0 && [...changed.keys()].every((name) => name === 'version');
    const wait = this.#rendered + calmly - performance.now();
    if (!grown || wait <= 0) return true;
    this.#lookAgain(wait);
    return false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { trace, selection } = this;
    this.#columns = shownColumns(this.table, this.width - rowMargins);
    if (!trace || !this.#window) return;
    if (changed.has('selection') && selection.kind === 'exchange') {
      this.#window.reveal(selection.id);
      this.active = { ...this.active, head: false };
    }
    trace.matchAt(this.clock());
    const { following, room } = this;
    this.#window.arrange(trace, { sorting: this.table.sorting, following, room });
  }

  override render(): TemplateResult {
    const { active } = this;
    const { length, busy } = this.#window ?? { length: 0, busy: true };
    return html`
      <div
        class="grid"
        role="grid"
        tabindex="0"
        aria-label="Requests"
        aria-rowcount=${length + 1}
        aria-colcount=${this.#columns.length}
        aria-multiselectable="true"
        aria-busy=${busy}
        aria-activedescendant=${this.#activeId() ?? nothing}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @click=${(event: MouseEvent) => this.#click(event)}
        @contextmenu=${(event: MouseEvent) => this.#contextMenu(event)}
      >
        <div class="content" role="presentation">
          <div class="head" role="rowgroup">
            ${this.#head.render(this.#columns, active.head ? active.column : undefined)}
          </div>
          <div class="rows" role="rowgroup"><div class="list" role="presentation">${this.#rows()}</div></div>
          <div class="spacer" role="presentation"></div>
        </div>
      </div>
      ${length === 0 && !busy ? html`<div class="none">${this.#absent()}</div>` : nothing}
      ${this.#menus.render(this.#columns)}
      <div class="visually-hidden" aria-live="polite">${this.spoken}</div>
    `;
  }

  #absent(): string {
    return this.trace?.store.exchanges.length === 0 ? 'No requests yet.' : 'No request matches the filter.';
  }

  override firstUpdated(): void {
    this.#window = new TableWindow(this.grid, this.spacer, () => this.requestUpdate());
    if (this.selection.kind === 'exchange') this.#window.reveal(this.selection.id);
    this.requestUpdate();
  }

  override updated(): void {
    this.#rendered = performance.now();
    this.style.setProperty('--columns', this.#head.template(this.#columns));
    this.style.setProperty('--least', `${totalWidth(this.#columns, this.table) + rowMargins}px`);
    this.rows.style.setProperty('--room', `${this.room}px`);
    this.#watch();
    const [trace, window] = [this.trace, this.#window];
    if (!trace || !window) return;
    this.list.style.transform = `translateY(${-window.shift}px)`;
    const now = this.clock();
    const scale = scaleOf(trace, window.ids, now, this.table.sorting.column !== 'start');
    const cells = this.list.querySelectorAll<HTMLElement>('.bars');
    cells.forEach((cell, at) => drawBars(cell, trace, window.ids[at] ?? 0, now, scale, this.barWidth));
    if (window.busy) this.#lookAgain(0);
    else if (this.ticking && window.ids.some((id) => trace.open.has(id))) this.#lookAgain(2 * calmly);
  }

  get #selected(): number | undefined {
    return this.selection.kind === 'exchange' ? this.selection.id : undefined;
  }

  #rows(): unknown {
    const [trace, window] = [this.trace, this.#window];
    if (!trace || !window) return nothing;
    const { active, choice } = this;
    const selected = this.#selected;
    return repeat(
      window.ids,
      (id) => id,
      (id, at) =>
        tableRow({
          trace,
          id,
          index: window.first + at,
          columns: this.#columns,
          now: this.clock(),
          selected: id === selected,
          chosen: choice.has(id),
          pinned: this.pinned.includes(id),
          active: id === selected && !active.head ? active.column : undefined,
        }),
    );
  }

  #activeId(): string | undefined {
    const { head, column } = this.active;
    const name = this.#columns[column]?.name;
    if (head) return `head-${name ?? ''}`;
    const selected = this.#selected;
    if (selected === undefined || !this.#window?.ids.includes(selected)) return undefined;
    return name === undefined ? `row-${selected}` : `cell-${selected}-${name}`;
  }

  #measure(): void {
    this.room = Math.max(0, this.grid.clientHeight - headHeight);
    this.width = this.grid.clientWidth;
    const bars = this.renderRoot.querySelector('[role=columnheader].waterfall');
    this.barWidth = bars ? bars.clientWidth - 16 : 0;
  }

  /** The heads come and go with their columns. */
  #watch(): void {
    this.#resized.observe(this.grid);
    const bars = this.renderRoot.querySelector('[role=columnheader].waterfall');
    if (bars) this.#resized.observe(bars);
  }

  #lookAgain(wait: number): void {
    this.#later ??= window.setTimeout(() => {
      this.#later = undefined;
      this.requestUpdate();
    }, wait);
  }

  /** At once, so that a key that follows goes on from there. */
  #change(table: TableState): void {
    this.table = table;
    this.dispatchEvent(new CustomEvent<TableState>('table', { detail: table }));
  }

  /** What is selected stays in view, else the first of the new order is. */
  #sort(name: ColumnName): void {
    const selected = this.#selected;
    if (selected === undefined) this.#window?.toStart();
    else this.#window?.reveal(selected);
    this.#change({ ...this.table, sorting: sortedAnew(this.table, name) });
  }

  #wheel(event: WheelEvent): void {
    if (!this.#window?.wheel(event)) return;
    event.preventDefault();
    this.requestUpdate();
  }

  #click(event: MouseEvent): void {
    const { column, id } = targetOf(event);
    if (column) this.#sort(column);
    if (id === undefined) return;
    this.active = { ...this.active, head: false };
    if (event.ctrlKey || event.metaKey) {
      this.#anchor = id;
      this.#choose({ kind: 'toggle', id });
    } else if (event.shiftKey) this.#chooseTo(id);
    else this.#select(id);
  }

  #contextMenu(event: MouseEvent): void {
    event.preventDefault();
    const { column, id } = targetOf(event);
    if (column) this.#menus.openColumns(event.target as Element);
    if (id === undefined) return;
    if (!this.choice.has(id)) this.#select(id);
    this.#menus.openRequest(id, event.clientX, event.clientY);
  }

  #onKey(event: KeyboardEvent): void {
    const move = moveOf(event, this.active.head);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    this.#move(move);
  }

  #move(move: TableMove): void {
    const column = this.#columns[Math.max(0, this.active.column)];
    const selected = this.#selected;
    switch (move.kind) {
      case 'rows':
        this.#moveRows(move.by, move.choosing);
        return;
      case 'pages':
        this.#moveRows(move.by * (this.#window?.page ?? 1), move.choosing);
        return;
      case 'columns':
        this.#moveColumns(move.by);
        return;
      case 'resize':
        if (!column) return;
        this.#change(resized(this.table, column.name, widthOf(column, this.table) + move.by));
        this.spoken = `${column.title}: ${widthOf(column, this.table)} pixels`;
        return;
      case 'sort':
        if (column) this.#sort(column.name);
        return;
      case 'choose':
        if (selected !== undefined) this.#choose({ kind: 'toggle', id: selected });
        return;
      case 'menu': {
        const { head } = this.active;
        const at = this.renderRoot.querySelector(head ? `#head-${column?.name}` : `#row-${selected}`);
        if (head) this.#menus.openColumns(at);
        else if (selected !== undefined) {
          const { left, top } = this.getBoundingClientRect();
          this.#menus.openRequest(selected, left + 24, at?.getBoundingClientRect().bottom ?? top + headHeight);
        }
        return;
      }
      case 'act':
        this.dispatchEvent(new CustomEvent<KeyAction>('act', { detail: move.action }));
        return;
      default:
        assertNever(move);
    }
  }

  /** From the selected row on, else from those in view. Above the first stands the head. */
  #moveRows(by: number, choosing: boolean): void {
    const window = this.#window;
    if (!window || window.length === 0) return;
    const selected = this.#selected;
    if (this.active.head) {
      if (by <= 0) return;
      this.active = { ...this.active, head: false };
      if (by === 1 && selected !== undefined && window.indexOf(selected) >= 0) {
        window.reveal(selected);
        return;
      }
    } else if (by === -1 && !choosing && window.isFirst(selected)) {
      this.active = { head: true, column: Math.max(0, this.active.column) };
      return;
    }
    const to = window.step(selected, by);
    if (choosing) this.#chooseTo(to);
    else this.#select(to);
  }

  #moveColumns(by: number): void {
    const { head, column } = this.active;
    const to = Math.max(head ? 0 : -1, Math.min(this.#columns.length - 1, column + by));
    this.active = { head, column: to };
    const name = this.#columns[Math.max(0, to)]?.name ?? '';
    this.renderRoot.querySelector(`#head-${name}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #select(id: number): void {
    this.#anchor = id;
    this.#choose({ kind: 'none' });
    this.#tellSelected(id);
  }

  #tellSelected(id: number): void {
    this.selection = { kind: 'exchange', id };
    this.dispatchEvent(new CustomEvent<Selection>('select', { detail: this.selection }));
  }

  #choose(change: ChoiceChange): void {
    this.dispatchEvent(new CustomEvent<ChoiceChange>('choose', { detail: change }));
  }

  /** From where choosing began to another row, in the order of the table. */
  #chooseTo(id: number): void {
    const window = this.#window;
    if (!window) return;
    const to = window.indexOf(id);
    const anchor = window.indexOf(this.#anchor ?? this.#selected ?? id);
    const from = anchor < 0 ? to : anchor;
    const ids = Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => window.at(Math.min(from, to) + at));
    this.#choose({ kind: 'these', ids });
    this.#tellSelected(id);
  }
}
