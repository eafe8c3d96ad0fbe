import { html, nothing, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { KeyAction } from '../keys';
import type { Choice, ChoiceChange } from '../model/choice';
import { panes } from '../model/panes';
import type { TableState } from '../model/tableState';
import { shareOf, type SavedState } from '../savedState';
import type { Selection } from '../selection';
import type { Acting } from './acting';
import type { Feed } from './feed';
import type { ChosenAction } from './requestActions';
import type { RequestSituation } from './requestMenu';
import './requestTable';
import './sash';

/** Lower than this, picture and table stand side by side or, where that is too narrow, the picture stands alone. */
const belowFrom = 300;
const besideFrom = 760;

type DockState = Pick<SavedState, 'selection' | 'follow' | 'panes' | 'table' | 'tableHeight' | 'tableWidth'>;

/** What the page has to be able to do for its table. */
export interface TabledPage {
  readonly feed: Feed;
  readonly saved: () => DockState;
  readonly save: (part: Partial<DockState>) => void;
  readonly choice: () => Choice;
  /** Selects, and brings it into the picture. */
  readonly select: (selection: Selection) => void;
  readonly choose: (change: ChoiceChange) => void;
  readonly act: (action: KeyAction) => void;
  readonly acting: Acting;
}

/** The table of requests below the picture or, on a low page, beside it: whether it is shown, and how large. */
export class TableDock implements ReactiveController {
  readonly #host: LitElement;
  readonly #page: TabledPage;
  readonly #situation = (): RequestSituation => this.#page.acting.situation;
  #low = false;
  #narrow = false;
  #resized: ResizeObserver | undefined;
  #observed: Element | undefined;

  constructor(host: LitElement, page: TabledPage) {
    this.#host = host;
    this.#page = page;
    host.addController(this);
  }

  get pictured(): boolean {
    return this.#page.saved().panes !== 'table';
  }

  get tabled(): boolean {
    const shown = this.#page.saved().panes;
    return shown === 'table' || (shown === 'both' && !(this.#low && this.#narrow));
  }

  /** They stand side by side. */
  get beside(): boolean {
    return this.#low && this.tabled && this.pictured;
  }

  hostConnected(): void {
    this.#resized = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      const [low, narrow] = [height < belowFrom, width < besideFrom];
      if (low === this.#low && narrow === this.#narrow) return;
      [this.#low, this.#narrow] = [low, narrow];
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#resized?.disconnect();
  }

  hostUpdated(): void {
    const panes = this.#host.renderRoot.querySelector('.panes');
    if (panes && panes !== this.#observed) {
      this.#resized?.disconnect();
      this.#resized?.observe(panes);
      this.#observed = panes;
    }
    const table = this.#element();
    if (!table) return;
    const { tableHeight, tableWidth } = this.#page.saved();
    const alone = !this.pictured;
    table.style.flex = alone ? '1' : 'none';
    table.style.height = alone || this.beside ? 'auto' : `${tableHeight * 100}%`;
    table.style.width = this.beside ? `${tableWidth * 100}%` : 'auto';
  }

  render(): TemplateResult | typeof nothing {
    if (!this.tabled) return nothing;
    const { feed, save, choice, acting } = this.#page;
    const { selection, follow, table } = this.#page.saved();
    const { trace, version, clock, live } = feed;
    return html`${this.pictured ? this.#sash() : nothing}
      <lifeline-table
        .trace=${trace}
        .version=${version}
        .clock=${clock}
        .ticking=${live.ticking}
        .following=${follow && !live.paused}
        .selection=${selection}
        .choice=${choice()}
        .round=${trace.matches.round}
        .table=${table}
        .situation=${this.#situation}
        .pinned=${acting.pinned}
        @table=${(event: CustomEvent<TableState>) => save({ table: event.detail })}
        @select=${(event: CustomEvent<Selection>) => this.#page.select(event.detail)}
        @choose=${(event: CustomEvent<ChoiceChange>) => this.#page.choose(event.detail)}
        @act=${(event: CustomEvent<KeyAction>) => this.#page.act(event.detail)}
        @do=${(event: CustomEvent<ChosenAction>) => acting.act(event.detail)}
      ></lifeline-table>`;
  }

  focus(): void {
    this.#element()?.focus();
  }

  /** Timeline, both, table, and round again. */
  next(): void {
    const at = panes.indexOf(this.#page.saved().panes);
    this.#page.save({ panes: panes[(at + 1) % panes.length] ?? 'both' });
  }

  #sash(): TemplateResult {
    const { tableHeight, tableWidth } = this.#page.saved();
    return html`<lifeline-sash
      label="Resize the table"
      orientation=${this.beside ? 'vertical' : 'horizontal'}
      .value=${(this.beside ? tableWidth : tableHeight) * 100}
      @moved=${(event: CustomEvent<number>) => this.#resize(event.detail)}
    ></lifeline-sash>`;
  }

  #resize(pixels: number): void {
    const room = this.#element()?.parentElement;
    if (!room) return;
    const { tableHeight, tableWidth } = this.#page.saved();
    if (this.beside) this.#page.save({ tableWidth: shareOf(tableWidth + pixels / room.clientWidth, tableWidth) });
    else this.#page.save({ tableHeight: shareOf(tableHeight + pixels / room.clientHeight, tableHeight) });
  }

  #element(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('lifeline-table');
  }
}
