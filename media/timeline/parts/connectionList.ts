import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { phaseOf } from '../../../src/core/trace/phases';
import { spansOf } from '../../../src/core/trace/spans';
import { duration, instant, portOf } from '../format';
import { noFilter, type Filter } from '../model/filterText';
import type { Trace } from '../model/trace';
import { hasFindings, laneSummary, requestName, resultName } from '../model/words';
import type { Selection } from '../selection';
import { baseStyles } from './styles';

/** Most connections that the list tells, and most exchanges of all of them. */
const mostConnections = 100;
const mostExchanges = 200;

/** The picture in words, for screen readers: the newest connections, each with its newest exchanges. */
@customElement('lifeline-connection-list')
export class ConnectionList extends LitElement {
  static override styles = baseStyles;

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  /** The filter of the trace, and whether it hides: what it hides is not told. */
  @property({ attribute: false }) filter: Filter = noFilter;
  @property({ type: Boolean }) hiding = false;

  override render(): TemplateResult {
    const { trace } = this;
    const items: TemplateResult[] = [];
    if (trace) {
      const { lanes, matches } = trace;
      const { length } = matches.hiding ? matches.connections : lanes;
      const first = Math.max(0, length - mostConnections);
      const each = Math.floor(mostExchanges / Math.max(1, length - first));
      for (let lane = first; lane < length; lane++) {
        const connection = matches.hiding ? matches.connections[lane] : lanes.connectionAt(lane);
        if (connection !== undefined) items.push(html`<li>${describe(trace, connection, each)}</li>`);
      }
    }
    return html`<div class="visually-hidden">
      <ul role="list" aria-label="Connections">
        ${items}
      </ul>
    </div>`;
  }
}

/** "127.0.0.1:54310 ⇄ 127.0.0.1:8888, 1 request · keep-alive: GET /slow 200, 1.04 s (recv 0.512 s to …)" */
function describe(trace: Trace, id: number, most: number): string {
  const connection = trace.connection(id);
  const pair = connection
    ? `${trace.store.text(connection.remote)} ⇄ ${trace.store.text(connection.local)}`
    : `connection ${id}`;
  const summary = connection ? laneSummary(trace, connection) : '';
  const all = trace.lanes.exchangesOf(id);
  const exchanges = (trace.matches.hiding ? all.filter((each) => trace.matches.has(each)) : all)
    .slice(-most)
    .map((each) => describeExchange(trace, each))
    .filter((text) => text !== '');
  return `${pair}, ${summary}${exchanges.length > 0 ? `: ${exchanges.join('; ')}` : ''}`;
}

/** One exchange in a sentence. */
function describeExchange(trace: Trace, id: number): string {
  const exchange = trace.exchange(id);
  if (!exchange) return '';
  const now = trace.store.now;
  const phases = spansOf(exchange, trace.connection(exchange.connection), now).map((span) => {
    const from = instant(span.start, 4);
    const to = span.open ? 'now' : instant(span.start + span.duration, 4);
    return `${phaseOf(span.phase).label} ${from} to ${to}`;
  });
  const over = Number.isNaN(exchange.end) ? 'in progress' : duration(exchange.end);
  const name = `${requestName(trace, exchange)} ${resultName(exchange)}`.trim();
  return `${name}, ${over}${hasFindings(exchange) ? ', with findings' : ''} (${phases.join(', ')})`;
}

function describeConnection(trace: Trace, id: number): string {
  const connection = trace.connection(id);
  if (!connection) return '';
  return `Connection from port ${portOf(trace.store.text(connection.remote)).slice(1)}, ${laneSummary(trace, connection)}`;
}

/** What is spoken when something is selected. */
export function describeSelection(trace: Trace, selection: Selection): string {
  if (selection.kind === 'none') return '';
  return selection.kind === 'exchange'
    ? describeExchange(trace, selection.id)
    : describeConnection(trace, selection.id);
}
