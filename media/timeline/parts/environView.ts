import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EnvironVariable, ShownEnviron } from '../../../src/core/trace/shownEnviron';
import { counted } from '../format';
import { environRows, hasText, type EnvironRow } from '../model/environRows';
import { textAsBytes } from '../model/rawWords';
import { referenceUrl } from '../references';
import { environStyles } from './environStyles';
import { baseStyles, toolStyles } from './styles';

/** Which earlier request the environ is compared with, whatever is selected. */
export type EnvironComparison = 'none' | 'connection' | 'any';

/** A request that an environ can be compared with. */
export interface ComparedRequest {
  readonly kind: EnvironComparison;
  /** Undefined where the trace has none. */
  readonly id?: number;
  readonly label: string;
}

/**
 * The environ that the app was given, as a table to search in, and beside it what was another in an earlier request.
 * Events: `compare` with an `EnvironComparison`, `reveal` with the name of a variable, `copy` with a text.
 */
@customElement('lifeline-environ')
export class EnvironView extends LitElement {
  static override styles = [baseStyles, toolStyles, environStyles];

  @property({ attribute: false }) environ: ShownEnviron | undefined;
  /** Requests that it can be compared with. */
  @property({ attribute: false }) earlier: readonly ComparedRequest[] = [];
  @property() comparison: EnvironComparison = 'none';
  /** The environ that it is compared with; undefined where that is not kept. */
  @property({ attribute: false }) other: ShownEnviron | 'loading' | undefined;
  /** Names of the variables whose secrets are shown. */
  @property({ attribute: false }) revealed: readonly string[] = [];
  @state() private text = '';
  @state() private changesOnly = false;
  @state() private copied = '';
  #copiedTimer: number | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('environ')) this.copied = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#copiedTimer);
  }

  override render(): TemplateResult {
    const { environ } = this;
    if (!environ) return html``;
    if ('absent' in environ) return html`<p class="dim">${environ.absent}</p>`;
    const other = this.#other();
    const before = typeof other === 'object' ? other.variables : undefined;
    const all = environRows(environ.variables, before);
    const wanted = (row: EnvironRow): boolean => !(before && this.changesOnly && row.change === 'none');
    const rows = all.filter((row) => wanted(row) && hasText(row, this.text, this.#isShown(row.variable)));
    return html`${this.#tools(rows.length, all.length, before !== undefined)}
      ${typeof other === 'string' ? html`<p class="dim">${other}</p>` : nothing}
      <div role="table" aria-label="Environ">
        <div role="row" class="head dim">
          <span role="columnheader">Name</span><span role="columnheader">Value</span
          ><span role="columnheader">From</span>
        </div>
        ${rows.map((row) => this.#row(row))}
      </div>
      ${rows.length === 0 ? html`<p class="dim">${this.text ? 'No variable has that.' : 'Nothing changed.'}</p>` : nothing}
      ${environ.dropped.length > 0 ? this.#dropped(environ.dropped) : nothing}
      <div class="visually-hidden" role="status">${this.copied ? `Copied ${this.copied}.` : ''}</div>`;
  }

  #tools(shown: number, all: number, compares: boolean): TemplateResult {
    const compared = this.earlier.find(({ kind }) => kind === this.comparison)?.id ?? 0;
    return html`<div class="tools">
      <input
        type="search"
        aria-label="Search Environ"
        placeholder="Search"
        .value=${this.text}
        @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}
      />
      <select aria-label="Compare With" @change=${(event: Event) => this.#compare(event)}>
        <option value="none" .selected=${this.comparison === 'none'}>Compare with…</option>
        ${this.earlier.map(
          ({ kind, label }) => html`<option value=${kind} .selected=${kind === this.comparison}>${label}</option>`,
        )}
      </select>
      ${
        compares
          ? html`<label
              ><input
                type="checkbox"
                .checked=${this.changesOnly}
                @change=${(event: Event) => (this.changesOnly = (event.target as HTMLInputElement).checked)}
              />Only what changed since #${compared}</label
            >`
          : nothing
      }
      <span class="dim count"
        >${shown === all ? counted(all, 'variable') : `${shown} of ${counted(all, 'variable')}`}</span
      >
    </div>`;
  }

  #compare(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    const detail = this.earlier.find(({ kind }) => kind === value)?.kind ?? 'none';
    this.dispatchEvent(new CustomEvent<EnvironComparison>('compare', { detail }));
  }

  /** What it is compared with, or a sentence on why it is not; undefined where it is not to be. */
  #other(): Extract<ShownEnviron, { variables: unknown }> | string | undefined {
    const compared = this.earlier.find(({ kind }) => kind === this.comparison);
    if (!compared) return undefined;
    if (compared.id === undefined) return 'There is no such request in the trace.';
    if (this.other === 'loading') return 'Loading…';
    if (!this.other) return `What the server knew of #${compared.id} is not kept any more.`;
    return 'absent' in this.other ? this.other.absent : this.other;
  }

  #row({ variable, change, before }: EnvironRow): TemplateResult {
    const { name, value, origin, reference } = variable;
    const shown = this.#isShown(variable);
    const url = referenceUrl(reference);
    return html`<div role="row" class=${change}>
      <span role="rowheader" class="mono name"
        >${change === 'none' ? nothing : html`<span class="mark" aria-hidden="true" title=${changeWords[change]}>${marks[change]}</span>`}${
          change === 'none' ? nothing : html`<span class="visually-hidden">${changeWords[change]}: </span>`
        }${breakable(name)}</span
      >
      <span role="cell" class="mono value">
        ${shown ? valueOf(variable, value) : this.#secret(name)}
        ${
          shown && change !== 'gone'
            ? html`<button
                class="tool copy"
                aria-label="Copy ${name}"
                title="Copy"
                @click=${() => this.#copy(variable)}
              >
                <vscode-icon name=${this.copied === name ? 'check' : 'copy'}></vscode-icon>
              </button>`
            : nothing
        }
        ${
          before === undefined || !shown
            ? nothing
            : html`<span class="before"><span class="dim">before:</span> ${valueOf(variable, before)}</span>`
        }
      </span>
      <span role="cell" class="dim origin"
        >${url === undefined ? origin : html`<a href=${url} title=${reference}>${origin}</a>`}</span
      >
    </div>`;
  }

  #secret(name: string): TemplateResult {
    return html`<span aria-label="hidden">••••••</span
      ><button
        class="tool reveal"
        aria-label="Reveal ${name}"
        @click=${() => this.dispatchEvent(new CustomEvent<string>('reveal', { detail: name }))}
      >
        reveal
      </button>`;
  }

  #dropped(names: readonly string[]): TemplateResult {
    return html`<p class="dim">
      Not passed to the app: ${names.join(', ')}. With an underscore in its name, a field could pose as another one.
    </p>`;
  }

  #isShown({ name, secret }: EnvironVariable): boolean {
    return !secret || this.revealed.includes(name);
  }

  #copy({ name, value }: EnvironVariable): void {
    this.dispatchEvent(new CustomEvent<string>('copy', { detail: value }));
    this.copied = name;
    window.clearTimeout(this.#copiedTimer);
    this.#copiedTimer = window.setTimeout(() => (this.copied = ''), 2000);
  }
}

/** A text as the app has it, one character a byte, and what its bytes say in UTF-8 where that is more. */
function valueOf({ text }: EnvironVariable, value: string): TemplateResult | string {
  if (!text) return html`<span class="object">${value}</span>`;
  const { escaped, utf8 } = textAsBytes(value);
  if (escaped === '') return html`<span class="dim">(empty)</span>`;
  return utf8 === undefined ? escaped : html`${escaped} <span class="dim">in UTF-8: ${utf8}</span>`;
}

/** A name that may go on in the next line after each underscore. */
function breakable(name: string): TemplateResult[] {
  return name.split(/(?<=_)/).map((part) => html`${part}<wbr />`);
}

const marks = { changed: '≠', added: '+', gone: '−' } as const;
const changeWords = { changed: 'changed', added: 'only here', gone: 'not here' } as const;
