import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { connectionVerdictOf } from '../../../src/core/trace/connectionVerdict';
import { bytes, duration, instant } from '../format';
import type { Trace } from '../model/trace';
import { closeName, requestName, resultName, toneOf } from '../model/words';
import type { Selection } from '../selection';
import './kernelPair';
import { baseStyles, linkListStyles, toolStyles } from './styles';
import './verdictCard';

/** Most requests that the page lists. */
const mostRequests = 50;

/** One connection in the inspector: its pair, its times, who closed it and how, its requests. Event: `select`. */
@customElement('lifeline-connection')
export class ConnectionPage extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    linkListStyles,
    css`
      h3 {
        margin: 14px 0 4px;
        font-size: 11px;
        font-weight: 600;
        color: var(--vscode-descriptionForeground);
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 5px 16px;
        margin: 0;
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
    `,
  ];

  @property({ attribute: false }) trace: Trace | undefined;
  @property({ type: Number }) connection = 0;
  /** The clock reading of the picture, in ms. */
  @property({ attribute: false }) now = 0;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  /** The kernel is looked at; and when it was last. */
  @property({ type: Boolean }) kernel = false;
  @property({ attribute: false }) looked = NaN;

  override render(): TemplateResult | typeof nothing {
    const { trace } = this;
    const row = trace?.connection(this.connection);
    if (!trace || !row) return nothing;
    const open = Number.isNaN(row.closed);
    const pairs: [string, string][] = [
      ['Socket pair', `${trace.store.text(row.remote)} ⇄ ${trace.store.text(row.local)}`],
      ['Accepted', instant(row.accepted, 6)],
      ['Accept took', duration(row.registered - row.accepted)],
      ['Closed', open ? 'still open' : `${instant(row.closed, 6)}, ${closeName(row)}`],
      ['Close took', open || Number.isNaN(row.closing) ? '–' : duration(row.closed - row.closing)],
      ['Open for', duration((open ? this.now : row.closed) - row.accepted)],
      ['Requests', String(row.requests)],
      ['Received', bytes(row.bytesIn)],
      ['Sent', bytes(row.bytesOut)],
    ];
    return html`<lifeline-verdict
        .trace=${trace}
        .verdict=${connectionVerdictOf(trace.store, this.connection, this.now)}
      ></lifeline-verdict>
      <dl>
        ${pairs.map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <h3>In the kernel</h3>
      <lifeline-kernel-pair
        .trace=${trace}
        .connection=${this.connection}
        .now=${this.now}
        .on=${this.kernel}
        .looked=${this.looked}
      ></lifeline-kernel-pair>
      ${this.#requests(trace)}`;
  }

  #requests(trace: Trace): TemplateResult | typeof nothing {
    const ids = trace.lanes.exchangesOf(this.connection).slice(-mostRequests);
    if (ids.length === 0) return nothing;
    return html`<h3>Requests, newest first</h3>
      <ul>
        ${[...ids].reverse().map((id) => this.#request(trace, id))}
      </ul>`;
  }

  #request(trace: Trace, id: number): TemplateResult | typeof nothing {
    const exchange = trace.exchange(id);
    if (!exchange) return nothing;
    const took = Number.isNaN(exchange.end) ? 'in progress' : duration(exchange.end);
    const select = (): boolean =>
      this.dispatchEvent(
        new CustomEvent<Selection>('select', { detail: { kind: 'exchange', id }, bubbles: true, composed: true }),
      );
    return html`<li>
      <button class="tool" @click=${select}>
        <span class="mono">${requestName(trace, exchange)}</span>
        <span class=${toneOf(exchange)}>${resultName(exchange)}</span><span class="dim">${took}</span>
      </button>
    </li>`;
  }
}
