import '@vscode-elements/elements/dist/vscode-icon/index.js';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import type { HostFunctions, ServerState } from '../../../src/core/trace/messages';
import type { OwnError } from '../model/ownError';
import type { Trace } from '../model/trace';
import { requestName, resultName } from '../model/words';
import { nothingRevealed, revealedWith, type Revealed } from '../revealed';
import { nothingSelected, type Selection } from '../selection';
import './connectionPage';
import { markStyles } from './content/shownText';
import type { Inspected } from './inspected';
import { inspectorStyles } from './inspectorStyles';
import { tabOf, titlesOf } from './inspectorTabs';
import { problemNote } from './problemNote';
import type { ChosenAction } from './requestActions';
import './requestMenu';
import type { RequestAction, RequestSituation } from './requestMenu';
import './requestOrigin';
import './serverPage';
import { baseStyles, toolStyles } from './styles';
import './tabs';
import { tracebackStyles } from './tracebackView';

/**
 * Everything about what is selected: an exchange, a connection, or else the server itself.
 * Events: `close`, `select` with a `Selection`, and `act` with a `ChosenAction`.
 */
@customElement('lifeline-inspector')
export class Inspector extends LitElement {
  static override styles = [baseStyles, toolStyles, markStyles, tracebackStyles, inspectorStyles];

  /** Not the host itself: lit takes it for one of its directives, since it has any property that is asked for. */
  @property({ attribute: false }) host: (() => HostFunctions) | undefined;
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
  /** What the menu of the selected request has to know. */
  @property({ attribute: false }) actions: RequestSituation | undefined;
  /** What is put into it stands in its place. */
  @property({ type: Boolean }) covered = false;
  @property({ attribute: false }) clock: () => number = () => 0;
  /** The chosen tab's id; it stays chosen when something else is selected. */
  @state() private tab = 'overview';
  @state() private revealed: Revealed = nothingRevealed;
  #tick: number | undefined;

  /** What is revealed, is so in what was looked at: not in another exchange, nor in another head of this one. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('selection')) this.revealed = nothingRevealed;
    if (!changed.has('detail')) return;
    const before = changed.get('detail');
    for (const part of ['requestHead', 'responseHead'] as const) {
      if (before?.[part] !== this.detail?.[part]) this.revealed = { ...this.revealed, [part]: [] };
    }
  }

  override render(): TemplateResult {
    if (this.covered) return html`<slot></slot>`;
    const { trace, selection, host } = this;
    const exchange = selection.kind === 'exchange' ? trace?.exchange(selection.id) : undefined;
    const connection = selection.kind === 'connection' ? trace?.connection(selection.id) : undefined;
    if (trace && host && exchange) return this.#exchange(trace, host, exchange);
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

  #exchange(trace: Trace, host: () => HostFunctions, exchange: ExchangeRow): TemplateResult {
    const connection = trace.connection(exchange.connection);
    const result = resultName(exchange);
    const title = `${requestName(trace, exchange)}${result ? ` → ${result}` : ''}`;
    // Right after another one was selected, the detail is still that of the one before.
    const fits = this.detail === undefined || this.detail.exchange === exchange.id;
    const detail = fits ? this.detail : undefined;
    const loading = this.loading || !fits;
    const { revealed } = this;
    const inspected: Inspected = {
      trace,
      exchange,
      connection,
      detail,
      loading,
      now: this.clock(),
      host,
      revealed,
      reveal: (revelation) => (this.revealed = revealedWith(this.revealed, revelation)),
      act: (action) => this.#act(action, exchange.id),
    };
    return this.#frame(
      title,
      html`
        <div class="who mono">
          <lifeline-origin .exchange=${exchange.id} .origin=${detail?.replayOf}></lifeline-origin
          >${this.#who(trace, exchange, connection)}
        </div>
        ${problemNote(inspected, () => (this.tab = 'traceback'))} ${this.#tabs(inspected)}
      `,
      html`<lifeline-request-menu
        .situation=${this.actions}
        @choose=${(event: CustomEvent<RequestAction>) => inspected.act(event.detail)}
      ></lifeline-request-menu>`,
    );
  }

  #tabs(inspected: Inspected): TemplateResult {
    const tab = tabOf(this.tab, inspected.detail);
    return html`<lifeline-tabs
      .tabs=${titlesOf(inspected.detail)}
      .chosen=${tab.id}
      @choose=${(event: CustomEvent<string>) => (this.tab = event.detail)}
    >
      <div class="body ${tab.fills ? 'fills' : ''}">${tab.content(inspected)}</div>
    </lifeline-tabs>`;
  }

  #who(trace: Trace, exchange: ExchangeRow, connection: ConnectionRow | undefined): TemplateResult {
    const pair = connection
      ? `${trace.store.text(connection.remote)} ⇄ ${trace.store.text(connection.local)}`
      : `connection ${exchange.connection}`;
    const slot = `worker ${exchange.worker}, slot ${exchange.slot}`;
    return html`<span>${pair}</span>${exchange.slot > 0 ? html`<span>${slot}</span>` : nothing}`;
  }

  #act(action: RequestAction, exchange: number): void {
    const detail: ChosenAction = { action, exchange, revealed: this.revealed };
    this.dispatchEvent(new CustomEvent<ChosenAction>('act', { detail }));
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
