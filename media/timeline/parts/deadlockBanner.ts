import '@vscode-elements/elements/dist/vscode-button/index.js';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TimelineCommand } from '../../../src/core/trace/messages';
import type { Alarm } from '../model/deadlocks';
import type { Selection } from '../selection';
import { bannerStyles, baseStyles } from './styles';

/** Says above the picture that the app waits for itself, while it does. Events: `run`, and `select` with a `Selection`. */
@customElement('lifeline-deadlock')
export class DeadlockBanner extends LitElement {
  static override styles = [baseStyles, bannerStyles];

  @property({ attribute: false }) alarm: Alarm | undefined;

  override render(): TemplateResult | typeof nothing {
    const { alarm } = this;
    if (!alarm) return nothing;
    const selection: Selection = { kind: 'exchange', id: alarm.exchange };
    const show = (): boolean => this.dispatchEvent(new CustomEvent<Selection>('select', { detail: selection }));
    const run = (command: TimelineCommand): boolean =>
      this.dispatchEvent(new CustomEvent<TimelineCommand>('run', { detail: command }));
    return html`<div class="banner" role="alert">
      <span><strong>${alarm.lead}</strong>${alarm.rest}</span>
      <vscode-button @click=${show}>Show Request</vscode-button>
      <vscode-button secondary @click=${() => run('setConcurrency')}>Change Model…</vscode-button>
      <vscode-button secondary @click=${() => run('restart')}>Restart Server</vscode-button>
    </div>`;
  }
}
