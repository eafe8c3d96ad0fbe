import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { phases } from '../../../src/core/trace/phases';
import { baseStyles, swatchStyles, toolStyles } from './styles';

/** The legend of the phases and, at the right, what the tool knows about its own error. Event: `own-error`, to say more. */
@customElement('lifeline-footer')
export class Footer extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    toolStyles,
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
      .right {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        align-items: center;
        gap: 2px 14px;
        margin-left: auto;
      }
      .tool {
        height: 18px;
        padding: 0 4px;
        font-size: 11px;
        font-variant-numeric: tabular-nums;
      }
      @container (max-width: 520px) {
        .tool {
          height: auto;
          text-align: right;
          white-space: normal;
        }
      }
      .tool:not(.warning) {
        color: inherit;
      }
    `,
  ];

  /** The tool's own error in a few words. */
  @property() ownError = '';
  /** Something of it should be looked at. */
  @property({ type: Boolean }) notable = false;
  /** The card that says more is open. */
  @property({ type: Boolean }) opened = false;
  /** While picture and data part ways, this says so. */
  @property() message = '';

  override render(): TemplateResult {
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
      <div class="right">
        <span role="status"> ${this.message ? html`<strong>${this.message}</strong>` : nothing} </span>
        <button
          class="tool ${this.notable ? 'warning' : ''}"
          title="What the tool knows of its own error"
          aria-haspopup="dialog"
          aria-expanded=${this.opened}
          @click=${() => this.dispatchEvent(new CustomEvent('own-error'))}
        >
          ${this.ownError}
        </button>
      </div>
    </footer>`;
  }
}
