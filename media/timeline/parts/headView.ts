import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { readHead } from '../../../src/core/trace/heads';
import { visible } from '../model/content/visibleText';
import './content/pairTable';
import { markStyles, shownText } from './content/shownText';
import { baseStyles } from './styles';

/** A head: its first line and its fields. Secrets stay masked until each is revealed. Event: `reveal` with a position. */
@customElement('lifeline-head')
export class HeadView extends LitElement {
  static override styles = [
    baseStyles,
    markStyles,
    css`
      .first {
        max-height: 12.6em;
        padding: 6px 10px;
        margin-bottom: 8px;
        border-radius: 3px;
        border: 1px solid var(--vscode-contrastBorder, transparent);
        background: var(--vscode-textCodeBlock-background);
        overflow: auto;
        overflow-wrap: anywhere;
        user-select: text;
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
      <div class="first mono">${shownText(firstLine)}</div>
      ${
        fields.length === 0
          ? html`<p class="dim">No header fields.</p>`
          : html`<lifeline-pairs
              label="Header fields"
              .pairs=${fields.map(({ name, value, secret }) => ({ name: visible(name), value: visible(value), secret }))}
              .revealed=${this.revealed}
              @reveal=${(event: CustomEvent<number>) =>
                this.dispatchEvent(new CustomEvent<number>('reveal', { detail: event.detail }))}
            ></lifeline-pairs>`
      }
    `;
  }
}
