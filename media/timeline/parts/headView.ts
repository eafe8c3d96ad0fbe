import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readHead, type Field } from '../../../src/core/trace/heads';
import { baseStyles, toolStyles } from './styles';

/** A head: its first line and its fields. Secrets stay masked until each is revealed. Event: `reveal` with a position. */
@customElement('lifeline-head')
export class HeadView extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      .first {
        padding: 6px 10px;
        margin-bottom: 8px;
        border-radius: 3px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        background: var(--vscode-textCodeBlock-background);
        overflow-wrap: anywhere;
      }
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
        overflow-wrap: break-word;
      }
      td {
        overflow-wrap: anywhere;
        user-select: text;
      }
      .tool {
        height: 18px;
        margin-left: 6px;
        font-size: 11px;
        color: var(--vscode-textLink-foreground);
      }
    `,
  ];

  /** As received, lines apart by CRLF. */
  @property() head = '';
  @property() absent = 'There is none.';
  /** Positions of the fields whose secrets are shown. */
  @property({ attribute: false }) revealed: readonly number[] = [];

  override render(): TemplateResult {
    if (this.head === '') return html`<p class="dim">${this.absent}</p>`;
    const { firstLine, fields } = readHead(this.head);
    return html`
      <div class="first mono">${firstLine}</div>
      <table aria-label="Header fields">
        ${fields.map(
          (field, index) =>
            html`<tr>
              <th scope="row" class="mono">${field.name}</th>
              <td class="mono">${this.#value(field, index)}</td>
            </tr>`,
        )}
      </table>
      ${fields.length === 0 ? html`<p class="dim">No header fields.</p>` : nothing}
    `;
  }

  #value(field: Field, index: number): TemplateResult | string {
    if (!field.secret || this.revealed.includes(index)) return field.value;
    return html`<span aria-label="hidden">••••••</span
      ><button
        class="tool"
        aria-label="Reveal ${field.name}"
        @click=${() => this.dispatchEvent(new CustomEvent<number>('reveal', { detail: index }))}
      >
        reveal
      </button>`;
  }
}
