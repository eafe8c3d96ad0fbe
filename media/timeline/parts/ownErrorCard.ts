import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OwnError } from '../model/ownError';
import { Card } from './card';
import './ownErrorList';

/** The tool's own error, opened from the corner where it stands in brief. Event: `close`. */
@customElement('lifeline-own-error-card')
export class OwnErrorCard extends Card {
  static override styles = [
    Card.styles,
    css`
      :host {
        bottom: 30px;
        width: 380px;
      }
    `,
  ];

  @property({ attribute: false }) errors: readonly OwnError[] = [];

  protected override readonly name = 'The Tool’s Own Error';
  protected override readonly heading = 'The tool’s own error';

  protected override content(): TemplateResult {
    return html` <lifeline-own-error .errors=${this.errors}></lifeline-own-error> `;
  }
}
