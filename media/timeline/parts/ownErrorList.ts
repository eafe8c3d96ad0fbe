import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OwnError } from '../model/ownError';
import { baseStyles } from './styles';

/** What the tool knows of its own error, each with its sentence. */
@customElement('lifeline-own-error')
export class OwnErrorList extends LitElement {
  static override styles = [
    baseStyles,
    css`
      dl {
        margin: 0;
        font-size: 12px;
      }
      div {
        padding: 0 0 8px;
      }
      dt {
        display: inline;
        margin-right: 8px;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
        user-select: text;
      }
      .value {
        display: inline;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) errors: readonly OwnError[] = [];

  override render(): TemplateResult {
    return html`<dl aria-label="The tool’s own error">
      ${this.errors.map(
        ({ name, value, meaning, notable }) =>
          html`<div>
            <dt class="dim">${name}</dt>
            <dd class="value ${notable ? 'warning' : ''}">${value}</dd>
            <dd class="dim">${meaning}</dd>
          </div>`,
      )}
    </dl>`;
  }
}
