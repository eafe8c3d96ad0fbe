import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ServerNote } from '../../../src/core/trace/batch';
import type { ServerState } from '../../../src/core/trace/messages';
import { duration } from '../format';
import './notes';
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
        margin: 0 0 14px;
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
        margin: 0 0 4px;
        font-size: 11px;
        font-weight: 600;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  @property({ attribute: false }) server: ServerState | undefined;
  @property({ attribute: false }) notes: readonly ServerNote[] = [];
  /** Changes when the notes have. */
  @property({ type: Number }) version = 0;

  override render(): TemplateResult {
    const { server } = this;
    const error = server?.clockError;
    const facts: [string, string | undefined][] = [
      ['App', server?.app],
      ['Address', server?.address],
      ['Concurrency', server?.concurrency],
      ['Python', server?.python],
      ['Worker’s clock', error === undefined ? undefined : `known to ± ${duration(error)}`],
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
      ${
        this.notes.length === 0
          ? nothing
          : html`<h3>What the server did so far</h3>
              <lifeline-notes .notes=${this.notes} .version=${this.version}></lifeline-notes>`
      }
      <p class="dim">Select a request or a connection to see what happened in it.</p>
    `;
  }
}
