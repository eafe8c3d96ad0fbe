import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { connectionVerdictOf } from '../../../src/core/trace/connectionVerdict';
import { phaseOf } from '../../../src/core/trace/phases';
import { spansOf, turnOf, type Span } from '../../../src/core/trace/spans';
import type { Verdict } from '../../../src/core/trace/verdict';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import { isWaiting } from '../draw/hatch';
import { duration, instant, ordinal, socketPair, wallClock } from '../format';
import { laneMoment, reuseSentence } from '../model/laneMoment';
import type { Trace } from '../model/trace';
import { hasFindings, laneSummary, requestName, resultName, toneOf } from '../model/words';
import type { Selection } from '../selection';
import { baseStyles, swatchStyles } from './styles';

/** What lies under the pointer: an exchange, or a connection, or in the strip nothing but time. */
export interface Pointed {
  readonly selection: Selection;
  readonly x: number;
  readonly y: number;
  /** The instant; undefined beside the plot. */
  readonly at: number | undefined;
}

/** Follows the pointer and says, in a few lines, what it is on. The inspector says the rest. */
@customElement('lifeline-tooltip')
export class Tooltip extends LitElement {
  static override styles = [
    baseStyles,
    swatchStyles,
    css`
      :host {
        position: absolute;
        top: 0;
        left: 0;
        z-index: 10;
        width: max-content;
        max-width: min(360px, 90%);
        padding: 6px 10px;
        border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        background: var(--vscode-editorHoverWidget-background, var(--vscode-editor-background));
        color: var(--vscode-editorHoverWidget-foreground, var(--vscode-foreground));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        font-size: 12px;
        pointer-events: none;
      }
      .title {
        display: flex;
        gap: 8px;
        justify-content: space-between;
        overflow-wrap: anywhere;
      }
      .title span {
        max-height: 6em;
        overflow: hidden;
      }
      .title strong {
        white-space: nowrap;
      }
      ul {
        margin: 5px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: 10px 1fr auto;
        gap: 7px;
        align-items: center;
        line-height: 17px;
      }
      .time {
        margin-top: 4px;
        font-size: 11px;
      }
      .time,
      li > span:last-child {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  @property({ attribute: false }) pointed: Pointed | undefined;
  /** The clock reading of the picture, in ms. */
  @property({ attribute: false }) now = 0;
  /** The trace's zero, in ms since 1970, where the wall clock is of interest. */
  @property({ attribute: false }) origin: number | undefined;

  override render(): TemplateResult | typeof nothing {
    const { trace, pointed } = this;
    if (!trace || !pointed) return nothing;
    const { selection, at } = pointed;
    if (selection.kind === 'none') return this.#time(at);
    const exchange = selection.kind === 'exchange' ? trace.exchange(selection.id) : undefined;
    const connection = trace.connection(exchange ? exchange.connection : selection.id);
    if (!exchange) {
      if (!connection) return nothing;
      const pair = socketPair(trace.store.text(connection.local), trace.store.text(connection.remote));
      const until = Number.isNaN(connection.closed) ? this.now : connection.closed;
      const verdict = connectionVerdictOf(trace.store, connection.id, this.now);
      return html`<div class="title mono">${pair}</div>
        ${this.#verdict(verdict)}
        <div class="dim">${laneSummary(trace, connection)} · ${duration(until - connection.accepted)}</div>
        ${at === undefined ? nothing : html`<div>${laneMoment(trace, connection, at, this.now)}</div>`}
        ${this.#phases(turnOf(connection, this.now))} ${this.#time(at)}`;
    }
    const over = !Number.isNaN(exchange.end);
    const tone = toneOf(exchange);
    const spans = spansOf(exchange, connection, this.now);
    const verdict = verdictOf(trace.store, exchange.id, undefined, this.now);
    return html`
      <div class="title">
        <span class="mono">${requestName(trace, exchange)}</span>
        <strong class=${tone}>${resultName(exchange)}</strong>
      </div>
      ${this.#verdict(verdict)}
      ${hasFindings(exchange) ? html`<div class="warning">⚠ Findings: see the inspector.</div>` : nothing}
      <div class="dim">
        ${[`${duration(over ? exchange.end : this.now - exchange.start)} in all`, reuseSentence(trace, exchange)].filter(Boolean).join(' · ')}
      </div>
      ${this.#phases(spans, exchange.queuePosition)} ${this.#time(at)}
    `;
  }

  /** Where the pointer is in time: since the start, and by the clock on the wall. */
  #time(at: number | undefined): TemplateResult | typeof nothing {
    if (at === undefined) return nothing;
    const wall = this.origin === undefined ? '' : ` · ${wallClock(this.origin + at)}`;
    return html`<div class="time dim">${instant(at, 6)}${wall}</div>`;
  }

  #verdict(verdict: Verdict | undefined): TemplateResult | typeof nothing {
    return verdict ? html`<div><strong>${verdict.lead}</strong>${verdict.rest}</div>` : nothing;
  }

  /** @param place in the queue, when it began to wait */
  #phases(spans: readonly Span[], place = 0): TemplateResult | typeof nothing {
    if (spans.length === 0) return nothing;
    return html`<ul>
      ${spans.map(({ phase, duration: lasted, open }) => {
        const { label, provenance } = phaseOf(phase);
        const notes = [
          ...(phase === 'queue' && place > 0 ? [`${ordinal(place)} in the queue`] : []),
          ...(isWaiting(phase) || provenance !== 'measured' ? [provenance] : []),
        ];
        return html`<li>
          <span class="swatch ${phase}"></span
          ><span>${label}${notes.length > 0 ? html`<span class="dim"> · ${notes.join(', ')}</span>` : nothing}</span
          ><span>${duration(lasted)}${open ? '…' : ''}</span>
        </li>`;
      })}
    </ul>`;
  }

  /** Beside the pointer, and inside the element that holds it. */
  override updated(): void {
    const { pointed } = this;
    const room = this.parentElement ?? (this.getRootNode() as ShadowRoot).host;
    this.hidden = !pointed;
    if (!pointed) return;
    const { clientWidth, clientHeight } = room;
    const x = pointed.x + 14 + this.offsetWidth > clientWidth ? pointed.x - 14 - this.offsetWidth : pointed.x + 14;
    const y = Math.min(pointed.y + 16, clientHeight - this.offsetHeight - 4);
    this.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.max(4, Math.round(y))}px)`;
  }
}
