import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ServerNote } from '../../../src/core/trace/batch';
import { instant } from '../format';
import { baseStyles } from './styles';

/** The server's own life: socket, bind, listen with their arguments, workers that start and fail. */
@customElement('lifeline-notes')
export class Notes extends LitElement {
  static override styles = [
    baseStyles,
    css`
      ol {
        display: grid;
        grid-template-columns: max-content fit-content(16ch) 1fr;
        gap: 0 12px;
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 12px;
      }
      li {
        display: grid;
        grid-template-columns: subgrid;
        grid-column: 1 / -1;
        padding: 3px 0;
        align-items: baseline;
      }
      .at {
        text-align: right;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .text {
        overflow-wrap: anywhere;
      }
      :host {
        container-type: inline-size;
      }
      @container (max-width: 300px) {
        .text {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) notes: readonly ServerNote[] = [];
  /** Changes when the list has. */
  @property({ type: Number }) version = 0;

  override render(): TemplateResult {
    return html`<ol aria-label="Server events">
      ${this.notes
        .slice(-100)
        .map(
          ({ at, name, text, level }) =>
            html`<li>
              <span class="at dim">${instant(at)}</span><span class="mono">${name}</span
              ><span class="text mono ${level === 'info' ? 'dim' : level}">${withoutName(name, text)}</span>
            </li>`,
        )}
    </ol>`;
  }
}

/** "(AF_INET, SOCK_STREAM)" of "socket(AF_INET, SOCK_STREAM)": the name stands beside it already. */
function withoutName(name: string, text: string): string {
  return text.startsWith(`${name}(`) ? text.slice(name.length) : text;
}
