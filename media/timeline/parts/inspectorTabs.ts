import { html, type TemplateResult } from 'lit';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import { duration } from '../format';
import './environTab';
import './findingList';
import './headView';
import { missing, type Inspected } from './inspected';
import { overview } from './overview';
import './rawTab';
import type { TabTitle } from './tabs';

/** A tab of the inspector: rendered while it is the chosen one, so what it loads is loaded on demand. */
export interface InspectorTab {
  readonly id: string;
  readonly name: string;
  /** Stands behind the name, where there are any. */
  readonly count?: (detail: ExchangeDetail) => number;
  /** It fills the room below the tabs and scrolls by itself. */
  readonly fills?: boolean;
  readonly content: (inspected: Inspected) => TemplateResult;
}

/** In the order in which they stand. Another tab is another entry. */
const tabs: readonly [InspectorTab, ...InspectorTab[]] = [
  { id: 'overview', name: 'Overview', content: overview },
  {
    id: 'request',
    name: 'Request',
    content: (inspected) => head(inspected, 'requestHead', 'No complete request head arrived.'),
  },
  {
    id: 'response',
    name: 'Response',
    content: (inspected) => head(inspected, 'responseHead', 'No response was sent.'),
  },
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
  { id: 'log', name: 'App log', count: ({ logs }) => logs.length, content: logs },
  { id: 'findings', name: 'Findings', count: ({ findings }) => findings.length, content: findings },
];

/** The chosen tab, or the first where there is none of that id. */
export function tabOf(id: string): InspectorTab {
  return tabs.find((tab) => tab.id === id) ?? tabs[0];
}

export function titlesOf(detail: ExchangeDetail | undefined): TabTitle[] {
  return tabs.map(({ id, name, count }) => {
    const things = detail && count ? count(detail) : 0;
    return { id, title: things > 0 ? `${name} ${things}` : name };
  });
}

function head(inspected: Inspected, part: 'requestHead' | 'responseHead', absent: string): TemplateResult {
  const { detail, revealed, reveal } = inspected;
  if (!detail) return missing(inspected);
  return html`<lifeline-head
    .head=${detail[part]}
    .absent=${absent}
    .revealed=${revealed[part] ?? []}
    @reveal=${(event: CustomEvent<number>) => reveal({ place: part, index: event.detail })}
  ></lifeline-head>`;
}

function logs(inspected: Inspected): TemplateResult {
  const { detail, exchange } = inspected;
  if (!detail) return missing(inspected);
  if (detail.logs.length === 0) return html`<p class="dim">The app wrote nothing during this request.</p>`;
  return html`<div class="log">
    ${detail.logs.map(
      (line) =>
        html`<span class="at dim">+${duration(line.at - exchange.start)}</span><span class="dim">${line.stream}</span>
          <pre class="mono">${line.text}</pre>`,
    )}
  </div>`;
}

function findings(inspected: Inspected): TemplateResult {
  const { detail, exchange } = inspected;
  if (!detail) return missing(inspected);
  return html`<lifeline-findings .findings=${detail.findings} .origin=${exchange.start}></lifeline-findings>`;
}
