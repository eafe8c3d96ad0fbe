import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { FilterChange, NamedFilter } from '../../../src/core/trace/messages';
import { completionsOf, type Completion } from '../model/filterCompletion';
import type { Trace } from '../model/trace';
import { longestFilter } from '../savedState';
import { filterBoxStyles } from './filterBoxStyles';
import './menuButton';
import type { MenuEntry } from './menuButton';
import { baseStyles, toolStyles } from './styles';

/** What is said aloud waits until nobody types. */
const quiet = 700;

/**
 * The one box to filter requests with, what to go on with, and how many match. What is typed holds at once.
 *
 * Events: `filter` with the text, `hide` with whether what does not match is hidden, `leave` where the keyboard is to go
 * back to the picture, `edit` with what is to be done with the filters that are kept under names.
 */
@customElement('lifeline-filter')
export class FilterBox extends LitElement {
  static override styles = [baseStyles, toolStyles, filterBoxStyles];

  @property() text = '';
  /** What of it cannot be read. */
  @property({ attribute: false }) problems: readonly string[] = [];
  @property({ type: Boolean }) active = false;
  @property({ type: Number }) count = 0;
  @property({ type: Number }) total = 0;
  @property({ type: Boolean }) hiding = false;
  /** Has the values that are offered. */
  @property({ attribute: false }) trace: Trace | undefined;
  /** Those that are kept under names. */
  @property({ attribute: false }) named: readonly NamedFilter[] = [];

  @state() private offers: readonly Completion[] = [];
  /** The offer that Enter takes; -1 for none. */
  @state() private chosen = -1;
  @state() private said = '';
  @query('input') private input!: HTMLInputElement;
  #timer: number | undefined;

  override render(): TemplateResult {
    const { offers, chosen, problems } = this;
    const problem = problems[0];
    return html`
      <div class="row" role="search" aria-label="Filter requests">
        <div class="box ${problem === undefined ? '' : 'invalid'}">
          <vscode-icon name="filter"></vscode-icon>
          <input
            type="text"
            role="combobox"
            aria-label="Filter"
            aria-autocomplete="list"
            aria-expanded=${offers.length > 0}
            aria-controls="offers"
            aria-activedescendant=${chosen < 0 ? nothing : `offer-${chosen}`}
            aria-invalid=${problem === undefined ? nothing : 'true'}
            aria-describedby=${problem === undefined ? nothing : 'problem'}
            placeholder="Filter, such as status:5xx slower:200ms -path:/static"
            title="Filter requests (/). All words have to match; -word leaves out, commas mean either, quotes hold words together."
            autocomplete="off"
            spellcheck="false"
            maxlength=${longestFilter}
            .value=${live(this.text)}
            @input=${() => this.#typed()}
            @focus=${() => this.#offer()}
            @click=${() => this.#offer()}
            @blur=${() => this.#close()}
            @keydown=${(event: KeyboardEvent) => this.#key(event)}
          />
          ${this.active ? html`<span class="count ${this.count === 0 ? 'none' : ''}">${this.#counts()}</span>` : nothing}
          ${
            this.text === ''
              ? nothing
              : html`<button
                  class="tool"
                  aria-label="Clear Filter"
                  title="Clear the filter (Esc)"
                  @click=${() => this.#clear()}
                >
                  <vscode-icon name="close"></vscode-icon>
                </button>`
          }
        </div>
        <lifeline-menu
          label="Saved Filters"
          hint="Choose a saved filter, or save this one"
          icon="bookmark"
          compact
          .entries=${this.#entries()}
        ></lifeline-menu>
        <button
          class="tool"
          aria-label="Hide Others"
          aria-pressed=${this.hiding}
          title=${this.hiding ? 'Only what matches is shown. Click to dim the rest instead.' : 'The rest is dimmed. Click to hide it, and lanes without a match.'}
          @click=${() => this.dispatchEvent(new CustomEvent<boolean>('hide', { detail: !this.hiding }))}
        >
          <vscode-icon name=${this.hiding ? 'eye-closed' : 'eye'}></vscode-icon><span class="label">Hide others</span>
        </button>
      </div>
      ${problem === undefined ? nothing : html`<div class="problem" id="problem">${problem}</div>`} ${this.#list()}
      <div class="visually-hidden" role="status">${this.said}</div>
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    // Not what the page begins with.
    if (changed.get('text') === undefined && changed.get('hiding') === undefined) return;
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.said = this.#sentence()), quiet);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  #list(): TemplateResult {
    const { offers, chosen } = this;
    return html`<div class="offers" ?hidden=${offers.length === 0}>
      <div id="offers" role="listbox" aria-label="Filter completions">
        ${offers.map(
          ({ label, does }, index) =>
            html`<div
              id="offer-${index}"
              class="offer"
              role="option"
              aria-selected=${index === chosen}
              @mousedown=${(event: Event) => event.preventDefault()}
              @click=${() => this.#take(index)}
            >
              <span class="mono">${label}</span><span class="does">${does}</span>
            </div>`,
        )}
      </div>
      <div class="syntax">
        All words have to match: <kbd>-word</kbd> leaves out, <kbd>method:GET,POST</kbd> is either,
        <kbd>"two words"</kbd> stand together.
      </div>
    </div>`;
  }

  #entries(): MenuEntry[] {
    const edit = (change: FilterChange) => () =>
      void this.dispatchEvent(new CustomEvent<FilterChange>('edit', { detail: change }));
    const named = this.named.map(({ name, text }) => ({
      label: name,
      hint: text,
      checked: text === this.text,
      choose: () => this.#change(text),
    }));
    const none = named.length === 0;
    return [
      ...named,
      { label: 'Save This Filter…', apart: !none, disabled: this.text.trim() === '', choose: edit('save') },
      { label: 'Rename…', disabled: none, choose: edit('rename') },
      { label: 'Delete…', disabled: none, choose: edit('delete') },
    ];
  }

  #counts(): string {
    return `${this.count.toLocaleString('en')} of ${this.total.toLocaleString('en')} match`;
  }

  #sentence(): string {
    if (this.problems[0] !== undefined) return this.problems[0];
    if (!this.active) return 'No filter';
    return `${this.#counts()}; the rest is ${this.hiding ? 'hidden' : 'dimmed'}`;
  }

  #typed(): void {
    this.#change(this.input.value);
    this.#offer();
  }

  #offer(): void {
    const { value, selectionStart } = this.input;
    this.chosen = -1;
    this.offers = this.trace ? completionsOf(value, selectionStart ?? value.length, this.trace) : [];
  }

  #close(): void {
    this.offers = [];
    this.chosen = -1;
  }

  #take(index: number): void {
    const offer = this.offers[index];
    if (!offer) return;
    this.input.value = offer.text;
    this.input.setSelectionRange(offer.caret, offer.caret);
    this.#change(offer.text);
    this.#offer();
  }

  #clear(): void {
    this.#change('');
    this.#close();
    this.#leave();
  }

  #key(event: KeyboardEvent): void {
    const { offers, chosen } = this;
    const [{ length }, taken] = [offers, chosen >= 0];
    if (event.key === 'ArrowDown' && length === 0) this.#offer();
    else if (event.key === 'ArrowDown') this.chosen = (chosen + 1) % length;
    else if (event.key === 'ArrowUp' && length > 0) this.chosen = (Math.max(0, chosen) + length - 1) % length;
    else if ((event.key === 'Enter' || event.key === 'Tab') && taken) this.#take(chosen);
    else if (event.key === 'Enter') this.#leave();
    else if (event.key === 'Escape' && taken) this.#close();
    else if (event.key === 'Escape') this.#clear();
    else return;
    event.preventDefault();
  }

  #change(text: string): void {
    this.dispatchEvent(new CustomEvent<string>('filter', { detail: text }));
  }

  #leave(): void {
    this.dispatchEvent(new CustomEvent('leave'));
  }
}
