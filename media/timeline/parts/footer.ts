import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { phases } from '../../../src/core/trace/phases';
import { duration } from '../format';
import { baseStyles, swatchStyles } from './styles';

/** The legend of the phases and, at the right, what the tool knows about its own error. */
@customElement('lifeline-footer')
export class Footer extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        font-size: 11px;
        color: var(--vscode-descriptionForeground);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 14px;
        padding: 3px 12px;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 5px;
      }
      @container (max-width: 520px) {
        .of-accept,
        .of-close,
        .of-hop {
          display: none;
        }
      }
      .own {
        margin-left: auto;
        white-space: nowrap;
      }
    `,
  ];

  @property({ type: Number }) forgotten = 0;
  /** ms; undefined while no worker's clock is known */
  @property({ attribute: false }) clockError: number | undefined;
  /** While picture and data part ways, this says so. */
  @property() message = '';

  override render(): TemplateResult {
    const clock = this.clockError === undefined ? '' : `clock ± ${duration(this.clockError)} · `;
    return html`<footer>
      <ul aria-label="Legend">
        ${phases.map(
          (phase) =>
            html`<li class=${`of-${phase.name}`} title=${phase.explanation}>
              <span class="swatch ${phase.name}"></span>${phase.label}
            </li>`,
        )}
        <li title="A status of 500 or above, an error of the app, or a worker that was lost">
          <span class="swatch error"></span>failed
        </li>
      </ul>
      <span class="own" role="status">
        ${this.message ? html`<strong>${this.message}</strong> · ` : nothing}
        <span title="Uncertainty of the app worker’s clock against the server’s, and what the bounded trace had to drop"
          >${clock}${this.forgotten.toLocaleString('en')} exchanges forgotten</span
        >
      </span>
    </footer>`;
  }
}
