import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import type { ExchangeDetail, Problem } from '../../../src/core/trace/detail';
import type { ServerState } from '../../../src/core/trace/messages';
import { spansOf } from '../../../src/core/trace/spans';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import { bytes, duration } from '../format';
import { doubtOf } from '../model/doubt';
import type { OwnError } from '../model/ownError';
import type { Trace } from '../model/trace';
import { requestName, resultName, toneOf } from '../model/words';
import { nothingSelected, type Selection } from '../selection';
import './connectionPage';
import './findingList';
import './headView';
import './phaseTable';
import type { ChosenAction } from './requestActions';
import './requestMenu';
import type { RequestAction } from './requestMenu';
import './serverPage';
import { inspectorStyles } from './inspectorStyles';
import { baseStyles, toolStyles } from './styles';
import './verdictCard';

/**
 * Everything about what is selected: an exchange, a connection, or else the server itself.
 * Events: `close`, `select` with a `Selection`, and `act` with a `ChosenAction`.
 */
@customElement('lifeline-inspector')
export class Inspector extends LitElement {
  static override styles = [baseStyles, toolStyles, inspectorStyles];

  @property({ attribute: false }) server: ServerState | undefined;
  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  @property({ attribute: false }) selection: Selection = nothingSelected;
  /** Cold data of the selected exchange; undefined where it is not here. */
  @property({ attribute: false }) detail: ExchangeDetail | undefined;
  @property({ type: Boolean }) loading = false;
  /** The clock goes on: what is in progress grows. */
  @property({ type: Boolean }) ticking = false;
  /** The kernel is looked at; and when it was last. */
  @property({ type: Boolean }) kernel = false;
  @property({ attribute: false }) looked = NaN;
  @property({ attribute: false }) ownErrors: readonly OwnError[] = [];
  @property({ attribute: false }) clock: () => number = () => 0;
  @state() private tab = 0;
  @state() private revealed = nothingRevealed;
  #tick: number | undefined;

  /** What is revealed, is so in one head. */
  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('detail');
    for (const part of ['requestHead', 'responseHead'] as const) {
      const other = changed.has('detail') && before?.[part] !== this.detail?.[part];
      if (other || changed.has('selection')) this.revealed = { ...this.revealed, [part]: [] };
    }
  }

  override render(): TemplateResult {
    const { trace, selection } = this;
    const exchange = selection.kind === 'exchange' ? trace?.exchange(selection.id) : undefined;
    const connection = selection.kind === 'connection' ? trace?.connection(selection.id) : undefined;
    if (trace && exchange) return this.#exchange(trace, exchange);
    if (trace && connection) return this.#connection(trace, connection.id);
    if (selection.kind !== 'none' && trace && trace.store.now > 0) return this.#forgotten();
    return this.#server();
  }

  /** What is in progress grows here too: four times a second. */
  override updated(): void {
    window.clearTimeout(this.#tick);
    const { trace, selection } = this;
    if (!this.ticking || selection.kind !== 'exchange' || !trace?.open.has(selection.id)) return;
    this.#tick = window.setTimeout(() => this.requestUpdate(), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#tick);
  }

  override focus(): void {
    this.renderRoot.querySelector('h2')?.focus();
  }

  #frame(title: string, content: TemplateResult, tools: TemplateResult | typeof nothing = nothing): TemplateResult {
    return html`<header>
        <h2 tabindex="-1">${title}</h2>
        ${tools}
        <button
          class="tool"
          aria-label="Close Inspector"
          title="Close the inspector"
          @click=${() => this.dispatchEvent(new CustomEvent('close'))}
        >
          <vscode-icon name="close"></vscode-icon>
        </button>
      </header>
      ${content}`;
  }

  #forgotten(): TemplateResult {
    return this.#frame(
      'Not here any more',
      html`<div class="body dim">The trace is bounded and has forgotten what was selected, or it was cleared.</div>`,
    );
  }

  #server(): TemplateResult {
    return this.#frame(
      'Server',
      html`<div class="scroll">
        <div class="body">
          <lifeline-server
            .server=${this.server}
            .notes=${this.trace?.store.notes ?? []}
            .trace=${this.trace}
            .ownErrors=${this.ownErrors}
            .kernel=${this.kernel}
            .looked=${this.looked}
            .version=${this.version}
          ></lifeline-server>
        </div>
      </div>`,
    );
  }

  #exchange(trace: Trace, exchange: ExchangeRow): TemplateResult {
    const connection = trace.connection(exchange.connection);
    const result = resultName(exchange);
    const title = `${requestName(trace, exchange)}${result ? ` → ${result}` : ''}`;
    const counted = (name: string, things: readonly unknown[] = []): string =>
      things.length > 0 ? `${name} ${things.length}` : name;
    return this.#frame(
      title,
      html`
        <div class="who mono">${this.#who(trace, exchange, connection)}</div>
        ${this.detail?.problem ? this.#problem(exchange, this.detail.problem) : nothing}
        <div class="scroll">
          <vscode-tabs
            selected-index=${this.tab}
            @vsc-tabs-select=${(event: CustomEvent<{ selectedIndex: number }>) => {
              this.tab = event.detail.selectedIndex;
            }}
          >
            <vscode-tab-header slot="header">Overview</vscode-tab-header>
            <vscode-tab-header slot="header">Request</vscode-tab-header>
            <vscode-tab-header slot="header">Response</vscode-tab-header>
            <vscode-tab-header slot="header">${counted('App log', this.detail?.logs)}</vscode-tab-header>
            <vscode-tab-header slot="header">${counted('Findings', this.detail?.findings)}</vscode-tab-header>
            <vscode-tab-panel><div class="body">${this.#overview(trace, exchange, connection)}</div></vscode-tab-panel>
            <vscode-tab-panel
              ><div class="body">${this.#head('requestHead', 'No complete request head arrived.')}</div>
            </vscode-tab-panel>
            <vscode-tab-panel
              ><div class="body">${this.#head('responseHead', 'No response was sent.')}</div>
            </vscode-tab-panel>
            <vscode-tab-panel><div class="body">${this.#logs(exchange)}</div></vscode-tab-panel>
            <vscode-tab-panel><div class="body">${this.#findings(exchange)}</div></vscode-tab-panel>
          </vscode-tabs>
        </div>
      `,
      html`<lifeline-request-menu
        @choose=${(event: CustomEvent<RequestAction>) => this.#act(event.detail, exchange.id)}
      ></lifeline-request-menu>`,
    );
  }

  #who(trace: Trace, exchange: ExchangeRow, connection: ConnectionRow | undefined): TemplateResult {
    const pair = connection
      ? `${trace.store.text(connection.remote)} ⇄ ${trace.store.text(connection.local)}`
      : `connection ${exchange.connection}`;
    const slot = `worker ${exchange.worker}, slot ${exchange.slot}`;
    return html`<span>${pair}</span>${exchange.slot > 0 ? html`<span>${slot}</span>` : nothing}`;
  }

  #problem(exchange: ExchangeRow, { code, fault, message, traceback }: Problem): TemplateResult {
    return html`<div class="problem ${toneOf(exchange)}">
      ${message} <span class="dim">(${code}, ${faultText[fault]})</span> ${
        traceback
          ? html`<details open>
              <summary>Traceback</summary>
              <pre class="mono">${traceback.trimEnd().split('\n').map(tracebackLine)}</pre>
            </details>`
          : nothing
      }
    </div>`;
  }

  #overview(trace: Trace, exchange: ExchangeRow, connection: ConnectionRow | undefined): TemplateResult {
    const now = this.clock();
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
      <lifeline-verdict
        .trace=${trace}
        .verdict=${verdictOf(trace.store, exchange.id, this.detail, now)}
      ></lifeline-verdict>
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
      <lifeline-phases .spans=${spans} .marks=${this.detail?.marks ?? []} .origin=${exchange.start}></lifeline-phases>
    `;
  }

  #head(part: keyof typeof nothingRevealed, absent: string): TemplateResult {
    if (!this.detail) return this.#missing();
    const revealed = this.revealed[part];
    const reveal = (event: CustomEvent<number>): void => {
      this.revealed = { ...this.revealed, [part]: [...revealed, event.detail] };
    };
    return html`<lifeline-head
      .head=${this.detail[part]}
      .absent=${absent}
      .revealed=${revealed}
      @reveal=${reveal}
    ></lifeline-head>`;
  }

  #act(action: RequestAction, exchange: number): void {
    const detail: ChosenAction = { action, exchange, revealed: this.revealed };
    this.dispatchEvent(new CustomEvent<ChosenAction>('act', { detail }));
  }

  #missing(): TemplateResult {
    return html`<p class="dim">
      ${this.loading ? 'Loading…' : 'Not kept: the server holds the newest requests only.'}
    </p>`;
  }

  #logs(exchange: ExchangeRow): TemplateResult {
    if (!this.detail) return this.#missing();
    if (this.detail.logs.length === 0) return html`<p class="dim">The app wrote nothing during this request.</p>`;
    return html`<div class="log">
      ${this.detail.logs.map(
        (line) =>
          html`<span class="at dim">+${duration(line.at - exchange.start)}</span><span class="dim">${line.stream}</span>
            <pre class="mono">${line.text}</pre>`,
      )}
    </div>`;
  }

  #findings(exchange: ExchangeRow): TemplateResult {
    if (!this.detail) return this.#missing();
    return html`<lifeline-findings .findings=${this.detail.findings} .origin=${exchange.start}></lifeline-findings>`;
  }

  #connection(trace: Trace, id: number): TemplateResult {
    return this.#frame(
      `Connection ${id}`,
      html`<div class="scroll">
        <div class="body">
          <lifeline-connection
            .trace=${trace}
            .connection=${id}
            .now=${this.clock()}
            .version=${this.version}
            .kernel=${this.kernel}
            .looked=${this.looked}
          ></lifeline-connection>
        </div>
      </div>`,
    );
  }
}

const nothingRevealed: ChosenAction['revealed'] = { requestHead: [], responseHead: [] };

/** Source lines and their carets keep their columns; a path, or what was raised, wraps. */
function tracebackLine(line: string): TemplateResult {
  return html`<span class=${line.startsWith('    ') ? 'source' : ''}>${line === '' ? ' ' : line}</span>`;
}

const faultText = { peer: 'the client’s fault', app: 'the app’s fault', server: 'the server’s fault' } as const;

function optional(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : duration(ms);
}
