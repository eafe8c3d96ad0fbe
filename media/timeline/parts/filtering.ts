import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import type { FilterChange, NamedFilter } from '../../../src/core/trace/messages';
import { noFilter, readFilter, type Filter } from '../model/filterText';
import type { Trace } from '../model/trace';
import type { SavedState } from '../savedState';
import './connectionList';
import './filterBox';

type FilterState = Pick<SavedState, 'filter' | 'hiding'>;

/** What the page has to be able to do for its filter. */
export interface FilteredPage {
  readonly trace: () => Trace;
  readonly saved: () => FilterState;
  readonly save: (part: Partial<FilterState>) => void;
  /** Filters that are kept under names, and how they become others. */
  readonly named: () => readonly NamedFilter[];
  readonly edit: (change: FilterChange, text: string) => void;
  /** The keyboard goes back to the picture. */
  readonly leave: () => void;
}

/** Sees to it that the trace which the page shows is asked what the box says, and that Ctrl+F leads to the box. */
export class Filtering implements ReactiveController {
  readonly #host: LitElement;
  readonly #page: FilteredPage;
  #text = '';
  #filter: Filter = noFilter;
  /** Whose answers show: to ask very many requests takes some frames. */
  #shown: Filter = noFilter;
  #frame: number | undefined;

  constructor(host: LitElement, page: FilteredPage) {
    this.#host = host;
    this.#page = page;
    host.addController(this);
  }

  /** The one that shows: another one whenever the picture is. */
  get filter(): Filter {
    return this.#shown;
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKey);
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** Before the page is rendered. */
  hostUpdate(): void {
    const { filter, hiding } = this.#page.saved();
    if (filter !== this.#text) {
      this.#text = filter;
      this.#filter = readFilter(filter);
    }
    this.#page.trace().filterBy(this.#filter, hiding);
    if (this.#frame === undefined) this.#goOn();
  }

  box(): TemplateResult {
    const [trace, { filter, hiding }] = [this.#page.trace(), this.#page.saved()];
    return html`<lifeline-filter
      .text=${filter}
      .problems=${this.#filter.problems}
      .active=${trace.matches.active}
      .count=${trace.matches.count}
      .total=${trace.store.exchanges.length}
      .hiding=${hiding}
      .trace=${trace}
      .named=${this.#page.named()}
      @edit=${(event: CustomEvent<FilterChange>) => this.#page.edit(event.detail, filter)}
      @filter=${(event: CustomEvent<string>) => this.#page.save({ filter: event.detail })}
      @hide=${(event: CustomEvent<boolean>) => this.#page.save({ hiding: event.detail })}
      @leave=${() => this.#page.leave()}
    ></lifeline-filter>`;
  }

  /** The picture in words. @param version changes when the trace has, seldom */
  list(version: number): TemplateResult {
    return html`<lifeline-connection-list
      .trace=${this.#page.trace()}
      .version=${version}
      .filter=${this.#filter}
      .hiding=${this.#page.saved().hiding}
    ></lifeline-connection-list>`;
  }

  focus(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('lifeline-filter')?.focus();
  }

  /** Asks as many requests as a frame has time for. */
  #goOn(): void {
    const { matches } = this.#page.trace();
    const end = performance.now() + mostMs;
    while (matches.pending && performance.now() < end) matches.goOn(askedAtOnce);
    if (!matches.pending) {
      this.#shown = this.#filter;
      return;
    }
    // Of another trace, nothing is answered yet.
    if (this.#shown === this.#filter) this.#shown = noFilter;
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#host.requestUpdate();
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const find =
      (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f';
    if (!find || !this.#host.renderRoot.querySelector('lifeline-filter')) return;
    event.preventDefault();
    this.focus();
  };
}

/** ms of a frame that asking may take, and how many requests are asked between two looks at the clock. */
const mostMs = 6;
const askedAtOnce = 2000;
