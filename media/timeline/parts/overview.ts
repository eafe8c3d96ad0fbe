import { html, nothing, type TemplateResult } from 'lit';
import { spansOf } from '../../../src/core/trace/spans';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import { bytes, duration } from '../format';
import { doubtOf } from '../model/doubt';
import type { Inspected } from './inspected';
import './phaseTable';
import './verdictCard';

/** The tab that says where the time of an exchange went: verdict, sums, phases with their marks. */
export function overview({ trace, exchange, connection, detail, now }: Inspected): TemplateResult {
  const spans = spansOf(exchange, connection, now, trace.isLast(exchange));
  const sum = (phase: string): number | undefined =>
    spans
      .filter((span) => span.phase === phase)
      .reduce<number | undefined>((all, span) => (all ?? 0) + span.duration, undefined);
  const over = !Number.isNaN(exchange.end);
  const doubt = doubtOf(trace.store.lags, exchange, connection, now);
  const facts: [string, string | undefined][] = [
    ['Total', `${duration(over ? exchange.end : now - exchange.start)}${over ? '' : '…'}`],
    ['App call', optional(sum('app'))],
    ['Waited', optional(sum('queue'))],
    ['Received', bytes(exchange.bytesIn)],
    ['Sent', bytes(exchange.bytesOut)],
  ];
  return html`
    <lifeline-verdict .trace=${trace} .verdict=${verdictOf(trace.store, exchange.id, detail, now)}></lifeline-verdict>
    ${doubt ? html`<p class="doubt">${doubt}</p>` : nothing}
    <dl class="facts">
      ${facts.map(([name, value]) =>
        value === undefined
          ? nothing
          : html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
      )}
    </dl>
    <lifeline-phases .spans=${spans} .marks=${detail?.marks ?? []} .origin=${exchange.start}></lifeline-phases>
  `;
}

function optional(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : duration(ms);
}
