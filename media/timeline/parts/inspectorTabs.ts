import { html, type TemplateResult } from 'lit';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import type { SourcePlace } from '../model/content/traceback';
import type { Revelation } from '../revealed';
import './appLog';
import './environTab';
import './findingList';
import { missing, type Inspected } from './inspected';
import './messageView';
import { overview } from './overview';
import './rawTab';
import type { RequestAction } from './requestMenu';
import type { TabTitle } from './tabs';
import { tracebackText } from './tracebackView';

/** A tab of the inspector: rendered while it is the chosen one, so what it loads is loaded on demand. */
export interface InspectorTab {
  readonly id: string;
  readonly name: string;
  /** Stands behind the name, where there are any. */
  readonly count?: (detail: ExchangeDetail) => number;
  /** It fills the room below the tabs and scrolls by itself. */
  readonly fills?: boolean;
  /** Where not every exchange has it. */
  readonly has?: (detail: ExchangeDetail) => boolean;
  readonly content: (inspected: Inspected) => TemplateResult;
}

/** In the order in which they stand. Another tab is another entry. */
const tabs: readonly [InspectorTab, ...InspectorTab[]] = [
  { id: 'overview', name: 'Overview', content: overview },
  { id: 'request', name: 'Request', content: (inspected) => message(inspected, 'request') },
  { id: 'response', name: 'Response', content: (inspected) => message(inspected, 'response') },
  {
    id: 'environ',
    name: 'Environ',
    content: (inspected) => html`<lifeline-environ-tab .inspected=${inspected}></lifeline-environ-tab>`,
  },
  {
    id: 'raw',
    name: 'Raw bytes',
    fills: true,
    content: (inspected) => html`<lifeline-raw-tab .inspected=${inspected}></lifeline-raw-tab>`,
  },
  { id: 'log', name: 'App log', count: ({ logs }) => logs.length, content: log },
  { id: 'traceback', name: 'Traceback', has: ({ problem }) => Boolean(problem?.traceback), content: traceback },
  { id: 'findings', name: 'Findings', count: ({ findings }) => findings.length, content: findings },
];

/** The chosen tab, or the first where this exchange has none of that id. */
export function tabOf(id: string, detail: ExchangeDetail | undefined): InspectorTab {
  return tabs.find((tab) => tab.id === id && isThere(tab, detail)) ?? tabs[0];
}

export function titlesOf(detail: ExchangeDetail | undefined): TabTitle[] {
  return tabs
    .filter((tab) => isThere(tab, detail))
    .map(({ id, name, count }) => {
      const things = detail && count ? count(detail) : 0;
      return { id, title: things > 0 ? `${name} ${things}` : name };
    });
}

function isThere({ has }: InspectorTab, detail: ExchangeDetail | undefined): boolean {
  return has === undefined || (detail !== undefined && has(detail));
}

function message(inspected: Inspected, side: 'request' | 'response'): TemplateResult {
  const { detail, exchange, host, revealed, reveal, act } = inspected;
  if (!detail) return missing(inspected);
  return html`<lifeline-message
    .side=${side}
    .head=${detail[`${side}Head`]}
    .exchange=${exchange.id}
    .progress=${Number.isNaN(exchange.end) ? detail : 'over'}
    .host=${host}
    .revealed=${revealed}
    @reveal=${(event: CustomEvent<Revelation>) => reveal(event.detail)}
    @act=${(event: CustomEvent<RequestAction>) => act(event.detail)}
  ></lifeline-message>`;
}

function log(inspected: Inspected): TemplateResult {
  const { detail, exchange, act } = inspected;
  if (!detail) return missing(inspected);
  return html`<lifeline-log
    .lines=${detail.logs}
    .origin=${exchange.start}
    @source=${(event: CustomEvent<SourcePlace>) => act({ kind: 'openSource', ...event.detail })}
  ></lifeline-log>`;
}

function traceback(inspected: Inspected): TemplateResult {
  const text = inspected.detail?.problem?.traceback ?? '';
  return html`<pre class="mono">
${tracebackText(text.trimEnd(), (place) => inspected.act({ kind: 'openSource', ...place }))}</pre>`;
}

function findings(inspected: Inspected): TemplateResult {
  const { detail, exchange } = inspected;
  if (!detail) return missing(inspected);
  return html`<lifeline-findings .findings=${detail.findings} .origin=${exchange.start}></lifeline-findings>`;
}
