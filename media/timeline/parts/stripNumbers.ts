import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles, swatchStyles } from './styles';

/** What the strip shows at this moment, in numbers, at its left. */
@customElement('lifeline-numbers')
export class StripNumbers extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    css`
      :host {
        container-type: inline-size;
        font-size: 12px;
        overflow: hidden;
      }
      dl {
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 2px;
        height: 100%;
        margin: 0;
        padding: 0 12px;
        line-height: 17px;
      }
      div {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        white-space: nowrap;
      }
      .swatch,
      .rule {
        margin-right: 7px;
      }
      .rule {
        display: inline-block;
        width: 10px;
        border-top: 1px solid var(--vscode-charts-foreground, currentcolor);
        vertical-align: middle;
      }
      dt {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      dd {
        margin: 0;
        color: var(--vscode-descriptionForeground);
        font-variant-numeric: tabular-nums;
      }
      .busy {
        color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
      }
      .short {
        display: none;
      }
      @container (max-width: 200px) {
        .long {
          display: none;
        }
        .short {
          display: inline;
        }
        dl {
          padding: 0 8px;
        }
      }
      @container (max-height: 56px) {
        dl {
          gap: 0;
          line-height: 14px;
          font-size: 11px;
        }
      }
    `,
  ];

  @property({ type: Number }) running = 0;
  @property({ type: Number }) slots = 0;
  @property({ type: Number }) waiting = 0;
  @property({ type: Number }) mostWaiting = 0;
  @property({ type: Number }) connections = 0;

  override render(): TemplateResult {
    const { running, slots, waiting, mostWaiting, connections } = this;
    return html`<dl>
      <div>
        <dt>
          <span class="swatch app"></span><span class="long">Running app calls</span><span class="short">Running</span>
        </dt>
        <dd>${running}<span class="long"> of ${slots} slots</span><span class="short">/${slots}</span></dd>
      </div>
      <div>
        <dt>
          <span class="swatch queue"></span><span class="long">Waiting for a slot</span
          ><span class="short">Waiting</span>
        </dt>
        <dd class=${waiting > 0 ? 'busy' : ''}>${waiting}<span class="long">, most ${mostWaiting}</span></dd>
      </div>
      <div>
        <dt><span class="rule"></span><span class="long">Open connections</span><span class="short">Open</span></dt>
        <dd>${connections}</dd>
      </div>
    </dl>`;
  }
}
