import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { duration } from '../format';
import type { Pin } from '../model/pins';
import type { Trace } from '../model/trace';
import { requestName, resultName, toneOf } from '../model/words';
import type { Selection } from '../selection';
import { baseStyles, toolStyles } from './styles';

/**
 * The pinned requests, above the picture: there whatever the filter hides and wherever the picture stands in time.
 * Events: `select` with a `Selection`, `unpin` with an id.
 */
@customElement('lifeline-pins')
export class PinBar extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
        flex: none;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 6px;
        max-height: 84px;
        margin: 0;
        padding: 4px 8px;
        overflow: auto;
        list-style: none;
        border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
      }
      li {
        display: flex;
        align-items: center;
        max-width: 320px;
        border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
        border-radius: 5px;
      }
      li.selected {
        border-color: var(--vscode-focusBorder);
        background: var(--vscode-list-inactiveSelectionBackground);
      }
      li.selected .dim {
        color: inherit;
      }
      .tool {
        border-radius: 4px;
      }
      .tool:first-child {
        min-width: 0;
      }
      /* One line, which scrolls: the picture needs the room. */
      @container (max-width: 600px) {
        ul {
          flex-wrap: nowrap;
          scrollbar-width: thin;
        }
        li {
          flex: none;
          max-width: 240px;
        }
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) pins: readonly Pin[] = [];
  @property({ attribute: false }) selected: number | undefined;

  override render(): TemplateResult | typeof nothing {
    const { trace } = this;
    const items = trace ? this.pins.map((pin) => this.#item(trace, pin)) : [];
    if (items.length === 0) return nothing;
    return html`<section aria-label="Pinned requests">
      <ul role="list" aria-label="Pinned requests">
        ${items}
      </ul>
    </section>`;
  }

  #item(trace: Trace, { id }: Pin): TemplateResult | typeof nothing {
    const exchange = trace.exchange(id);
    if (!exchange) return nothing;
    const [name, result] = [requestName(trace, exchange), resultName(exchange)];
    const time = Number.isNaN(exchange.end) ? 'in progress' : duration(exchange.end);
    const tone = toneOf(exchange);
    return html`<li class=${id === this.selected ? 'selected' : ''}>
      <button
        class="tool"
        title="Select it"
        aria-current=${id === this.selected ? 'true' : nothing}
        @click=${() => this.dispatchEvent(new CustomEvent<Selection>('select', { detail: { kind: 'exchange', id } }))}
      >
        <vscode-icon name="pinned"></vscode-icon><span class="mono name">${name}</span
        ><span class=${tone === 'plain' ? 'dim' : tone}>${result}</span><span class="dim">${time}</span>
      </button>
      <button
        class="tool"
        aria-label="Unpin ${name}"
        title="Unpin"
        @click=${() => this.dispatchEvent(new CustomEvent<number>('unpin', { detail: id }))}
      >
        <vscode-icon name="close"></vscode-icon>
      </button>
    </li>`;
  }
}
