import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, duration } from '../format';
import { stretchFacts, type Stretch } from '../model/stretch';
import type { Trace } from '../model/trace';
import { baseStyles, toolStyles } from './styles';

/** What is measured, in numbers. Events: `zoom`, `close`. */
@customElement('lifeline-measure')
export class MeasureCard extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      :host {
        position: absolute;
        bottom: 10px;
        z-index: 7;
        max-width: calc(100% - 24px);
        padding: 3px 4px 3px 12px;
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 5px;
        background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        font-size: 12px;
      }
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 2px 10px;
      }
      strong {
        font-size: 13px;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) stretch: Stretch | undefined;

  /** What had happened when this was counted. */
  #newest = NaN;

  /** What comes later changes nothing, but where the stretch reaches beyond it. */
  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const later = changed.size === 1 && changed.has('version');
    const end = this.stretch ? Math.max(this.stretch.from, this.stretch.to) : NaN;
    return !later || !(end < this.#newest);
  }

  override render(): TemplateResult | typeof nothing {
    const { trace, stretch } = this;
    if (!trace || !stretch) return nothing;
    const { length, begun, most } = stretchFacts(trace, stretch);
    this.#newest = trace.newest;
    const ask = (name: 'zoom' | 'close'): boolean => this.dispatchEvent(new CustomEvent(name));
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') ask('close');
    };
    return html`<div role="group" aria-label="Measured" @keydown=${onKey}>
      <strong>${duration(length)}</strong>
      <span title="Requests whose first byte arrived within">${counted(begun, 'request')} began</span>
      <span title="App calls that ran, or waited for a slot">at most ${most} in flight</span>
      <span>
        <button class="tool" aria-label="Zoom to It" title="Zoom to it (Z, double click)" @click=${() => ask('zoom')}>
          <vscode-icon name="zoom-in"></vscode-icon>
        </button>
        <button class="tool" aria-label="End Measuring" title="End measuring (Esc)" @click=${() => ask('close')}>
          <vscode-icon name="close"></vscode-icon>
        </button>
      </span>
    </div>`;
  }
}
