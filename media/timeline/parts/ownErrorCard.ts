import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OwnError } from '../model/ownError';
import './ownErrorList';
import { baseStyles, cardStyles, toolStyles } from './styles';

/** The tool's own error, opened from the corner where it stands in brief. Event: `close`. */
@customElement('lifeline-own-error-card')
export class OwnErrorCard extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    cardStyles,
    css`
      :host {
        bottom: 30px;
        width: 380px;
      }
    `,
  ];

  @property({ attribute: false }) errors: readonly OwnError[] = [];

  override render(): TemplateResult {
    return html`
      <section role="dialog" aria-label="The Tool’s Own Error" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
        <header>
          <h2>The tool’s own error</h2>
          <button class="tool" aria-label="Close" title="Close (Esc)" @click=${() => this.#close()}>
            <vscode-icon name="close"></vscode-icon>
          </button>
        </header>
        <lifeline-own-error .errors=${this.errors}></lifeline-own-error>
      </section>
    `;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#close();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
}
