import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { counted } from '../../format';
import { plainText, type Piece } from '../../model/content/visibleText';
import { baseStyles, toolStyles } from '../styles';
import { markStyles, shownPieces } from './shownText';

/** A name and its value, as they are shown. */
export interface ShownPair {
  readonly name: readonly Piece[];
  readonly value: readonly Piece[];
  /** What is said behind the value. */
  readonly note?: string;
  /** Masked until it is revealed. */
  readonly secret: boolean;
}

/** More rows than anybody sends on purpose: the others are shown when they are asked for. */
const atOnce = 200;
/** Characters beyond which a name wraps, and a value scrolls by itself. */
const longName = 24;
const longValue = 1200;

/** Names and values as a table. Secrets stay masked until each is revealed. Event: `reveal` with a position. */
@customElement('lifeline-pairs')
export class PairTable extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    markStyles,
    css`
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12px;
      }
      th,
      td {
        padding: 3px 10px 3px 0;
        text-align: left;
        vertical-align: baseline;
        font-weight: 400;
        border-bottom: 1px solid color-mix(in srgb, var(--vscode-descriptionForeground) 14%, transparent);
      }
      th {
        width: 1%;
        color: var(--vscode-descriptionForeground);
        user-select: text;
        white-space: nowrap;
      }
      th.long {
        min-width: 120px;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      td {
        overflow-wrap: anywhere;
      }
      .note {
        display: block;
        font-family: var(--vscode-font-family);
        font-size: 11px;
      }
      .value {
        display: block;
        white-space: pre-wrap;
        user-select: text;
        unicode-bidi: plaintext;
      }
      .value.long {
        max-height: 12.6em;
        overflow: auto;
      }
      .value.long:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
      .tool {
        height: 18px;
        margin-left: 6px;
        font-size: 11px;
        color: var(--vscode-textLink-foreground);
      }
      .more {
        margin: 4px 0 0;
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) pairs: readonly ShownPair[] = [];
  /** Positions of those whose secrets are shown. */
  @property({ attribute: false }) revealed: readonly number[] = [];
  @state() private all = false;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pairs') && changed.get('pairs')?.length !== this.pairs.length) this.all = false;
  }

  override render(): TemplateResult {
    const shown = this.all ? this.pairs : this.pairs.slice(0, atOnce);
    return html`<table aria-label=${this.label}>
        ${shown.map(
          (pair, index) =>
            html`<tr>
              <th scope="row" class="mono ${plainText(pair.name).length > longName ? 'long' : ''}">
                ${shownPieces(pair.name)}
              </th>
              <td class="mono">
                ${this.#value(pair, index)}${pair.note ? html`<span class="note dim">${pair.note}</span>` : nothing}
              </td>
            </tr>`,
        )}
      </table>
      ${
        shown.length < this.pairs.length
          ? html`<button class="tool more" @click=${() => (this.all = true)}>
              Show all ${counted(this.pairs.length, 'row')}
            </button>`
          : nothing
      }`;
  }

  #value({ name, value, secret }: ShownPair, index: number): TemplateResult {
    if (!secret || this.revealed.includes(index)) {
      const long = plainText(value).length > longValue;
      return html`<span class="value ${long ? 'long' : ''}" tabindex=${long ? 0 : nothing}
        >${shownPieces(value)}</span
      >`;
    }
    return html`<span aria-label="hidden">••••••</span
      ><button
        class="tool"
        aria-label="Reveal ${plainText(name)}"
        @click=${() => this.dispatchEvent(new CustomEvent<number>('reveal', { detail: index }))}
      >
        reveal
      </button>`;
  }
}
