import { html, type LitElement, type TemplateResult } from 'lit';
import { tableColumns, type TableColumn } from '../model/tableColumns';
import { toggled, type TableState } from '../model/tableState';
import './menuButton';
import type { MenuButton, MenuEntry } from './menuButton';
import type { ChosenAction } from './requestActions';
import './requestMenu';
import type { RequestAction, RequestMenu, RequestSituation } from './requestMenu';

/** What the menus need of the table, and what they ask of it. */
export interface MenuOwner {
  readonly table: () => TableState;
  readonly situation: () => RequestSituation | undefined;
  readonly change: (table: TableState) => void;
  readonly act: (chosen: ChosenAction) => void;
}

/** The two menus of the table: of its columns, with a button of its own, and of a request. The keyboard comes back. */
export class TableMenus {
  readonly #element: LitElement;
  readonly #owner: MenuOwner;
  #exchange = 0;

  constructor(element: LitElement, owner: MenuOwner) {
    this.#element = element;
    this.#owner = owner;
  }

  render(columns: readonly TableColumn[]): TemplateResult {
    const back = (): void => this.#element.focus();
    return html`<lifeline-menu
        class="columns"
        label="Columns"
        hint="Choose the columns"
        icon="kebab-vertical"
        multiple
        .entries=${this.#entries(columns)}
        @closed=${back}
      ></lifeline-menu>
      <lifeline-request-menu
        bare
        .situation=${this.#owner.situation()}
        @choose=${(event: CustomEvent<RequestAction>) =>
          this.#owner.act({ action: event.detail, exchange: this.#exchange, revealed: {} })}
        @closed=${back}
      ></lifeline-request-menu>`;
  }

  /** @param below the head of a column; none: the corner where the button is */
  openColumns(below?: Element | null): void {
    const menu = this.#element.renderRoot.querySelector<MenuButton>('.columns');
    if (!menu) return;
    const { left, bottom } = (below ?? menu).getBoundingClientRect();
    menu.openAt(left, bottom);
  }

  openRequest(exchange: number, x: number, y: number): void {
    this.#exchange = exchange;
    this.#element.renderRoot.querySelector<RequestMenu>('lifeline-request-menu')?.openAt(x, y);
  }

  #entries(columns: readonly TableColumn[]): MenuEntry[] {
    const { table, change } = this.#owner;
    return [
      {
        label: 'As Many as Fit',
        checked: table().columns === undefined,
        choose: () => change({ ...table(), columns: undefined }),
      },
      ...tableColumns.map((column, index) => ({
        label: column.title,
        checked: columns.includes(column),
        apart: index === 0,
        choose: () => change(toggled(table(), column.name, columns)),
      })),
    ];
  }
}
