import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { Card } from './card';
import { legend } from './legend';
import { swatchStyles } from './styles';

/** What the colours and patterns of the picture mean, where the footer has no room to say so. Event: `close`. */
@customElement('lifeline-legend-card')
export class LegendCard extends Card {
  static override styles = [
    Card.styles,
    swatchStyles,
    css`
      :host {
        right: auto;
        left: 8px;
        bottom: 30px;
        width: 460px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 5px 14px;
        margin: 8px 0 0;
        font-size: 12px;
      }
      dt {
        display: flex;
        align-items: baseline;
        gap: 7px;
        white-space: nowrap;
      }
      .sample {
        display: inline-flex;
        justify-content: center;
        width: 10px;
      }
      dd {
        margin: 0;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  protected override readonly name = 'Legend';
  protected override readonly heading = 'Colours and patterns';

  protected override content(): TemplateResult {
    return html`
      <dl>
        ${legend.map(
          ({ name, label, explanation }) =>
            html`<dt>
                <span class="sample"><span class="swatch ${name}"></span></span>${label}
              </dt>
              <dd>${explanation}</dd>`,
        )}
      </dl>
    `;
  }
}
