import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ServerNote } from '../../../src/core/trace/batch';
import type { KernelHistory } from '../../../src/core/trace/kernelHistory';
import type { ServerState } from '../../../src/core/trace/messages';
import { acceptQueueSentence } from '../model/kernelWords';
import type { OwnError } from '../model/ownError';
import type { Trace } from '../model/trace';
import './kernelSwitch';
import './notes';
import './ownErrorList';
import { baseStyles } from './styles';

/** The server in the inspector, while nothing is selected: what it is, and what it did so far. */
@customElement('lifeline-server')
export class ServerPage extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 5px 16px;
        margin: 0;
        align-items: baseline;
      }
      dt {
        font-size: 11px;
        color: var(--vscode-descriptionForeground);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        user-select: text;
      }
      h3 {
        margin: 14px 0 4px;
        font-size: 11px;
        font-weight: 600;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  @property({ attribute: false }) server: ServerState | undefined;
  @property({ attribute: false }) notes: readonly ServerNote[] = [];
  @property({ attribute: false }) trace: Trace | undefined;
  @property({ attribute: false }) ownErrors: readonly OwnError[] = [];
  /** The kernel is looked at; and when it was last. */
  @property({ type: Boolean }) kernel = false;
  @property({ attribute: false }) looked = NaN;
  /** Changes when the notes have. */
  @property({ type: Number }) version = 0;

  override render(): TemplateResult {
    const { server } = this;
    const facts: [string, string | undefined][] = [
      ['App', server?.app],
      ['Address', server?.address],
      ['Concurrency', server?.concurrency],
      ['Python', server?.python],
    ];
    return html`
      <dl>
        ${facts.map(([name, value]) =>
          value === undefined || value === ''
            ? nothing
            : html`<dt>${name}</dt>
                <dd>${value}</dd>`,
        )}
      </dl>
      ${this.#acceptQueue()}
      ${
        this.notes.length === 0
          ? nothing
          : html`<h3>What the server did so far</h3>
              <lifeline-notes .notes=${this.notes} .version=${this.version}></lifeline-notes>`
      }
      <h3>The tool’s own error</h3>
      <lifeline-own-error .errors=${this.ownErrors}></lifeline-own-error>
      <p class="dim">Select a request or a connection to see what happened in it.</p>
    `;
  }

  #acceptQueue(): TemplateResult | typeof nothing {
    const { store } = this.trace ?? {};
    if (!this.kernel) return html`<lifeline-kernel-switch></lifeline-kernel-switch>`;
    if (!store || Number.isNaN(store.kernel.at)) return nothing;
    return html`<h3>In the kernel</h3>
      ${store.kernel.absent ? html`<p class="dim">${store.kernel.absent}</p>` : this.#depth(store.kernel, acceptQueueSentence(store.kernel, store.lags))}`;
  }

  #depth(kernel: KernelHistory, sentence: string): TemplateResult {
    const { depth, limit } = kernel.acceptQueue ?? {};
    if (depth === undefined || limit === undefined) return html`<p class="dim">The listening socket is not there.</p>`;
    return html`<dl>
      <dt>Accept queue</dt>
      <dd>
        <span class=${depth > 0 ? 'warning' : ''}>${depth.toLocaleString('en')} of ${limit.toLocaleString('en')}</span>
        <div class="dim">Connections that are established already, and that the server has not accepted yet.</div>
        ${sentence ? html`<div>${sentence}</div>` : nothing}
      </dd>
    </dl>`;
  }
}
