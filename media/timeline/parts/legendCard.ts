import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { legend } from './legend';
import { baseStyles, cardStyles, swatchStyles, toolStyles } from './styles';

/** What the colours and patterns of the picture mean, where the footer has no room to say so. Event: `close`. */
@customElement('lifeline-legend-card')
export class LegendCard extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    toolStyles,
    cardStyles,
    css`
      :host {
        right: auto;
        left: 8px;
        bottom: 30px;
        width: 460px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 5px 14px;
        margin: 8px 0 0;
        font-size: 12px;
      }
      dt {
        display: flex;
        align-items: baseline;
        gap: 7px;
        white-space: nowrap;
      }
      .sample {
        display: inline-flex;
        justify-content: center;
        width: 10px;
      }
      dd {
        margin: 0;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  override render(): TemplateResult {
    return html`
      <section role="dialog" aria-label="Legend" @keydown=${(event: KeyboardEvent) => this.#onKey(event)}>
        <header>
          <h2>Colours and patterns</h2>
          <button class="tool" aria-label="Close" title="Close (Esc)" @click=${() => this.#close()}>
            <vscode-icon name="close"></vscode-icon>
          </button>
        </header>
        <dl>
          ${legend.map(
            ({ name, label, explanation }) =>
              html`<dt>
                  <span class="sample"><span class="swatch ${name}"></span></span>${label}
                </dt>
                <dd>${explanation}</dd>`,
          )}
        </dl>
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
