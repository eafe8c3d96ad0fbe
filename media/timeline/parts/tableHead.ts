import { html, nothing, type TemplateResult } from 'lit';
import type { ColumnName, TableColumn } from '../model/tableColumns';
import { resized, widthOf, type TableState } from '../model/tableState';
import { ColumnSizer } from './columnSizer';

/** The heads of the columns: what they are called, by which the rows are sorted, and how wide they are. */
export class TableHead {
  readonly #table: () => TableState;
  readonly #change: (table: TableState) => void;
  readonly #sizer = new ColumnSizer((width) => this.#resize(width));
  #sizing: ColumnName | undefined;

  /** @param change takes the table with other widths */
  constructor(table: () => TableState, change: (table: TableState) => void) {
    this.#table = table;
    this.#change = change;
  }

  /** @param active column in whose head the keyboard is */
  render(columns: readonly TableColumn[], active: number | undefined): TemplateResult {
    return html`<div role="row" aria-rowindex="1">
      ${columns.map((column, at) => this.#cell(column, at, at === active))}
    </div>`;
  }

  /** Widths for the grid; what is left over goes to the bars, and to the path unless the user has set it. */
  template(columns: readonly TableColumn[]): string {
    const table = this.#table();
    return columns
      .map((column) => {
        const width = widthOf(column, table);
        if (column.name === 'waterfall') return `minmax(${width}px, 3fr)`;
        return column.name === 'path' && table.widths.path === undefined ? `minmax(${width}px, 2fr)` : `${width}px`;
      })
      .join(' ');
  }

  #cell(column: TableColumn, at: number, active: boolean): TemplateResult {
    const { name, title, explains, numeric } = column;
    const { sorting } = this.#table();
    const sorted = sorting.column === name ? (sorting.descending ? 'descending' : 'ascending') : 'none';
    const arrow = sorted === 'ascending' ? '▲' : '▼';
    return html`<div
      role="columnheader"
      id="head-${name}"
      class="${name} ${numeric ? 'numeric' : ''} ${active ? 'active' : ''}"
      aria-colindex=${at + 1}
      aria-sort=${sorted}
      title=${explains}
      data-column=${name}
    >
      <span class="title">${title}</span>
      ${sorted === 'none' ? nothing : html`<span class="arrow" aria-hidden="true">${arrow}</span>`}
      <span
        class="sizer"
        aria-hidden="true"
        title="Drag to resize; double-click for its own width"
        @click=${(event: MouseEvent) => event.stopPropagation()}
        @dblclick=${() => this.#change(resized(this.#table(), name, undefined))}
        @pointerdown=${(event: PointerEvent) => this.#start(event, column)}
        @pointermove=${(event: PointerEvent) => this.#sizer.drag(event)}
        @pointerup=${(event: PointerEvent) => this.#sizer.stop(event)}
        @pointercancel=${(event: PointerEvent) => this.#sizer.stop(event)}
      ></span>
    </div>`;
  }

  #start(event: PointerEvent, column: TableColumn): void {
    this.#sizing = column.name;
    const head = (event.currentTarget as HTMLElement).parentElement;
    this.#sizer.start(event, head?.offsetWidth ?? widthOf(column, this.#table()));
  }

  #resize(width: number): void {
    if (this.#sizing) this.#change(resized(this.#table(), this.#sizing, width));
  }
}
