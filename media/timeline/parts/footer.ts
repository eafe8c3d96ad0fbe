import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { legend } from './legend';
import { baseStyles, swatchStyles, toolStyles } from './styles';

/**
 * The legend of the phases and, at the right, what the tool knows about its own error. On a low page, or a narrow one,
 * it is one line, and a button has all of the legend. Events: `own-error`, to say more, and `legend`, to show it.
 */
@customElement('lifeline-footer')
export class Footer extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    toolStyles,
    css`
      :host {
        display: block;
        flex: none;
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
        white-space: nowrap;
      }
      .right {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        align-items: center;
        gap: 2px 14px;
        min-width: 0;
        margin-left: auto;
      }
      .tool {
        height: 18px;
        padding: 0 4px;
        font-size: 11px;
        font-variant-numeric: tabular-nums;
      }
      .tool:not(.warning) {
        color: inherit;
      }
      .legend {
        display: none;
      }
      @media (max-height: 360px), (max-width: 760px) {
        footer {
          flex-wrap: nowrap;
          padding: 1px 8px;
        }
        .legend {
          display: inline-flex;
          flex: none;
        }
        /* One line of it: what has no room there goes whole. */
        ul {
          flex: 1 1 0;
          height: 18px;
          overflow: hidden;
          line-height: 18px;
        }
        .right {
          flex-wrap: nowrap;
        }
        [role='status'] {
          min-width: 0;
          overflow: hidden;
          text-overflow: ellipsis;
          white-space: nowrap;
        }
      }
      @media (max-width: 760px) {
        ul {
          display: none;
        }
      }
      @media (max-width: 520px) {
        .own {
          height: auto;
          text-align: right;
          white-space: normal;
        }
      }
    `,
  ];

  /** The tool's own error in a few words. */
  @property() ownError = '';
  /** Something of it should be looked at. */
  @property({ type: Boolean }) notable = false;
  /** The card that says more is open. */
  @property({ type: Boolean }) opened = false;
  /** The card with the legend is open. */
  @property({ type: Boolean }) explaining = false;
  /** While picture and data part ways, this says so. */
  @property() message = '';

  override render(): TemplateResult {
    return html`<footer>
      <button
        class="tool legend"
        title="What the colours and patterns mean"
        aria-haspopup="dialog"
        aria-expanded=${this.explaining}
        @click=${() => this.dispatchEvent(new CustomEvent('legend'))}
      >
        Legend
      </button>
      <ul aria-label="Legend">
        ${legend.map(
          ({ name, label, explanation }) =>
            html`<li title=${explanation}><span class="swatch ${name}"></span>${label}</li>`,
        )}
      </ul>
      <div class="right">
        <span role="status" title=${this.message || nothing}>
          ${this.message ? html`<strong>${this.message}</strong>` : nothing}
        </span>
        <button
          class="tool own ${this.notable ? 'warning' : ''}"
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
