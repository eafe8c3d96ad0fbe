import '@vscode-elements/elements/dist/vscode-button/index.js';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ServerState, TimelineCommand } from '../../../src/core/trace/messages';
import { baseStyles } from './styles';

/** Says above the picture what went wrong with the server, and offers what can be done. Event: `run`. */
@customElement('lifeline-problem')
export class ProblemBanner extends LitElement {
  static override styles = [
    baseStyles,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 8px;
        padding: 6px 12px;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        border-left: 3px solid var(--vscode-charts-red);
        background: var(--vscode-textCodeBlock-background);
        font-size: 12px;
      }
      span {
        flex: 1 1 240px;
        max-height: 5.6em;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) server: ServerState | undefined;

  override render(): TemplateResult {
    const listens = this.server?.address !== undefined;
    return html`<div role="alert">
      <span>${this.server?.problem}</span>
      ${listens ? this.#button('Restart Server', 'restart') : this.#button('Start Server', 'start')}
      ${this.#button('Set App File…', 'setAppFile', true)} ${this.#button('Show Log', 'showLog', true)}
    </div>`;
  }

  #button(label: string, command: TimelineCommand, secondary = false): TemplateResult {
    const run = (): boolean => this.dispatchEvent(new CustomEvent<TimelineCommand>('run', { detail: command }));
    return html`<vscode-button ?secondary=${secondary} @click=${run}>${label}</vscode-button>`;
  }
}
