import '@vscode-elements/elements/dist/vscode-button/index.js';
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ServerState, TimelineCommand } from '../../../src/core/trace/messages';
import { bannerStyles, baseStyles } from './styles';

/** Says above the picture what went wrong with the server, and offers what can be done. Event: `run`. */
@customElement('lifeline-problem')
export class ProblemBanner extends LitElement {
  static override styles = [baseStyles, bannerStyles];

  @property({ attribute: false }) server: ServerState | undefined;

  override render(): TemplateResult {
    const listens = this.server?.address !== undefined;
    return html`<div class="banner" role="alert">
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
