import { html, nothing, type TemplateResult } from 'lit';
import type { ExchangeRow } from '../../../src/core/trace/columns';
import type { ColumnName, TableColumn } from '../model/tableColumns';
import type { Trace } from '../model/trace';
import { hasFindings, toneOf } from '../model/words';
import { describeSelection } from './connectionList';

export interface RowInput {
  readonly trace: Trace;
  readonly id: number;
  /** Its place in the table, from 0. */
  readonly index: number;
  readonly columns: readonly TableColumn[];
  readonly now: number;
  readonly selected: boolean;
  readonly chosen: boolean;
  readonly pinned: boolean;
  /** The column where the keyboard is, -1 for the row as a whole; undefined where it is elsewhere. */
  readonly active: number | undefined;
}

const longestTitle = 500;

/** One request as a row of the grid. What a screen reader says of it as a whole is what the picture says of its bar. */
export function tableRow(input: RowInput): TemplateResult {
  const { trace, id, index, selected, chosen, active } = input;
  const exchange = trace.exchange(id);
  const kinds = [selected ? 'selected' : '', chosen ? 'chosen' : '', active === -1 ? 'active' : ''].join(' ');
  return html`<div
    role="row"
    id="row-${id}"
    class=${kinds}
    aria-rowindex=${index + 2}
    aria-selected=${selected || chosen}
    aria-label=${`${describeSelection(trace, { kind: 'exchange', id }) || 'Not known'}${input.pinned ? ', pinned' : ''}`}
    data-id=${id}
  >
    ${input.pinned ? html`<vscode-icon class="pin" name="pinned" size="14" aria-hidden="true"></vscode-icon>` : nothing}
    ${input.columns.map((column, at) => cell(input, exchange, column, at))}
  </div>`;
}

function cell(input: RowInput, exchange: ExchangeRow | undefined, column: TableColumn, at: number): TemplateResult {
  const { id, active } = input;
  const { name, numeric } = column;
  const text = exchange ? column.text(input.trace, exchange, input.now) : '';
  const whole = exchange && column.whole?.(input.trace, exchange);
  const classes = [name, numeric ? 'numeric' : '', active === at ? 'active' : '', quiet(text) ? 'dimmed' : ''];
  return html`<div
    role="gridcell"
    id="cell-${id}-${name}"
    class=${classes.join(' ')}
    aria-colindex=${at + 1}
    title=${whole === undefined ? nothing : whole.slice(0, longestTitle)}
  >
    ${contentOf(name, text, exchange)}
  </div>`;
}

function contentOf(name: ColumnName, text: string, exchange: ExchangeRow | undefined): unknown {
  if (name === 'waterfall') return html`<div class="bars" role="presentation"></div>`;
  // White space in a target is the client's, and shown as it is.
  if (name !== 'status' || !exchange) return html`<span class="text">${text}</span>`;
  const tone = toneOf(exchange);
  return html`${tone === 'plain' ? nothing : html`<vscode-icon class=${tone} name=${tone} aria-hidden="true"></vscode-icon>`}${text}
  ${
    hasFindings(exchange)
      ? html`<span class="warning" aria-hidden="true">⚠</span><span class="visually-hidden">, with findings</span>`
      : nothing
  }`;
}

/** There is nothing to read. */
function quiet(text: string): boolean {
  return text === '–' || text === '0';
}

/** What of the table an event is on. */
export function targetOf(event: Event): { readonly column: ColumnName | undefined; readonly id: number | undefined } {
  const element = event.target as Element;
  const name = element.closest<HTMLElement>('[data-column]')?.dataset['column'];
  const id = element.closest<HTMLElement>('[data-id]')?.dataset['id'];
  return { column: name as ColumnName | undefined, id: id === undefined ? undefined : Number(id) };
}
