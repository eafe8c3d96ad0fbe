import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ReplayOrigin } from '../../../src/core/trace/detail';
import type { Selection } from '../selection';
import { baseStyles } from './styles';

/** The number of an exchange, and which one it is a replay of. Event: `select` with a `Selection`. */
@customElement('lifeline-origin')
export class RequestOrigin extends LitElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline;
        font-size: 12px;
        color: var(--vscode-descriptionForeground);
      }
      button {
        padding: 0;
        border: 0;
        background: transparent;
        color: var(--vscode-textLink-foreground);
        font: inherit;
        cursor: pointer;
      }
      button:hover {
        text-decoration: underline;
      }
      button:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
      }
    `,
  ];

  @property({ type: Number }) exchange = 0;
  @property({ attribute: false }) origin: ReplayOrigin | undefined;

  override render(): TemplateResult {
    const { origin } = this;
    const link = (id: number): TemplateResult => {
      const detail: Selection = { kind: 'exchange', id };
      const select = (): unknown =>
        this.dispatchEvent(new CustomEvent<Selection>('select', { detail, bubbles: true, composed: true }));
      return html`<button title="Select it" @click=${select}>#${id}</button>`;
    };
    const after = origin && html`, ${origin.edited ? 'edited ' : ''}replay of ${link(origin.exchange)}`;
    return html`<span>#${this.exchange}${after ?? nothing}</span>`;
  }
}
