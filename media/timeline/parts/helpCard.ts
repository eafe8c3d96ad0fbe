import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { keyBindings, mouseHelp } from '../keys';
import { tableHelp } from '../tableKeys';
import { Card } from './card';

/** A card that lists the keys and what the mouse does. Event: `close`. */
@customElement('lifeline-help')
export class HelpCard extends Card {
  static override styles = [
    Card.styles,
    css`
      :host {
        top: 42px;
      }
      .columns {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 28px;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 3px 12px;
        align-content: start;
        margin: 8px 0 0;
        font-size: 12px;
      }
      h3 {
        margin: 12px 0 0;
        font-size: 12px;
      }
      dd {
        margin: 0;
      }
      kbd {
        display: inline-block;
        min-width: 20px;
        padding: 0 5px;
        border: 1px solid var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, currentcolor));
        border-radius: 3px;
        background: var(--vscode-keybindingLabel-background, transparent);
        color: var(--vscode-keybindingLabel-foreground, inherit);
        font-family: inherit;
        font-size: 11px;
        text-align: center;
      }
    `,
  ];

  protected override readonly name = 'Keyboard Help';
  protected override readonly heading = 'Keys and mouse';
  protected override readonly closedBy = ['Escape', '?'];

  protected override content(): TemplateResult {
    const list = (entries: readonly { shown: string; does: string }[]): TemplateResult =>
      html`<dl>
        ${entries.map(
          ({ shown, does }) =>
            html`<dt><kbd>${shown}</kbd></dt>
              <dd>${does}</dd>`,
        )}
      </dl>`;
    return html`
      <div class="columns">
        ${list(keyBindings)}
        <div>
          ${list(mouseHelp)}
          <h3>In the table</h3>
          ${list(tableHelp)}
        </div>
      </div>
    `;
  }
}
