import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { Batch } from '../../../src/core/trace/batch';
import { exchangeSchema } from '../../../src/core/trace/columns';
import type { ServerState, TimelineCommand, ToWebview } from '../../../src/core/trace/messages';
import { packedIds } from '../../../src/core/trace/packedRows';
import { HostLink } from '../hostLink';
import type { KeyAction } from '../keys';
import { DetailReader } from '../model/detailReader';
import { LiveTrace } from '../model/liveTrace';
import { situationOf, type Situation } from '../model/situation';
import { restoredState, shareOf, type SavedState } from '../savedState';
import { nothingSelected, type Selection } from '../selection';
import type { VscodeApi } from '../vscodeApi';
import './connectionList';
import './emptyState';
import './footer';
import './helpCard';
import './inspector';
import './problemBanner';
import './sash';
import { baseStyles, toolStyles } from './styles';
import './toolbar';
import type { ToolAction } from './toolbar';
import './view';
import type { View } from './view';

/** Narrower than this, the inspector lies below the picture. */
const besideFrom = 820;

/** The whole page: holds what is shown and selected, and hands it to its parts. */
@customElement('lifeline-timeline')
export class TimelineApp extends LitElement {
  static override styles = [
    baseStyles,
    toolStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        background: var(--vscode-editor-background);
        overflow: hidden;
      }
      main {
        flex: 1;
        display: flex;
        min-height: 0;
      }
      main.stacked {
        flex-direction: column;
      }
      .picture {
        position: relative;
        flex: 1;
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }
      lifeline-inspector {
        flex: none;
      }
      main:not(.stacked) lifeline-inspector {
        min-width: 340px;
      }
      .chips {
        position: absolute;
        right: 20px;
        bottom: 10px;
        z-index: 6;
        display: flex;
        gap: 8px;
      }
      .chip {
        border-radius: 13px;
        padding: 0 12px;
        background: var(--vscode-button-background);
        color: var(--vscode-button-foreground);
        border-color: var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
        box-shadow: 0 2px 6px var(--vscode-widget-shadow, transparent);
      }
      .chip:hover:not(:disabled) {
        background: var(--vscode-button-hoverBackground);
      }
    `,
  ];

  @state() private server: ServerState | undefined;
  @state() private version = 0;
  @state() private saved: SavedState;
  @state() private helping = false;
  @state() private stacked = false;
  @state() private message = '';
  @query('lifeline-view') private view!: View | null;
  @query('main') private main!: HTMLElement;

  readonly #api: VscodeApi = acquireVsCodeApi();
  readonly #link: HostLink;
  readonly #live = new LiveTrace();
  readonly #details: DetailReader;
  readonly #clock = (): number => this.#live.now(performance.now());
  #resized: ResizeObserver | undefined;
  #listed = 0;
  #listTimer: number | undefined;

  constructor() {
    super();
    this.saved = restoredState(this.#api.getState());
    this.#link = new HostLink((message) => this.#api.postMessage(message), {
      snapshot: (batch, capacity) => this.#snapshot(batch, capacity),
      batch: (batch) => this.#batch(batch),
      state: (server) => {
        this.server = server;
        this.#live.running = server.status === 'running' || server.status === 'stopping';
      },
    });
    this.#details = new DetailReader(
      (exchange) => this.#link.host.detail(exchange),
      () => this.requestUpdate(),
    );
    if (this.saved.paused) this.#live.pauseAtNext();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('message', this.#onMessage);
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#resized = new ResizeObserver(() => {
      this.stacked = this.clientWidth < besideFrom;
    });
    this.#resized.observe(this);
    this.#link.ready();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('message', this.#onMessage);
    document.removeEventListener('visibilitychange', this.#onVisible);
    this.#resized?.disconnect();
    window.clearTimeout(this.#listTimer);
  }

  override render(): TemplateResult {
    const { trace } = this.#live;
    const { server, saved } = this;
    const situation = situationOf(server, trace.lanes.length > 0);
    const selected = saved.selection.kind !== 'none';
    const inspecting = situation === 'data' && saved.inspectorOpen && (!this.stacked || selected);
    return html`
      <lifeline-toolbar
        .server=${server}
        .following=${saved.follow}
        .paused=${this.#live.paused}
        .unseen=${this.#live.unseen}
        .inspector=${inspecting}
        @tool=${(event: CustomEvent<ToolAction>) => this.#tool(event.detail)}
        @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
      ></lifeline-toolbar>
      ${
        situation === 'data' && server?.problem
          ? html`<lifeline-problem
              .server=${server}
              @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
            ></lifeline-problem>`
          : nothing
      }
      <main class=${this.stacked ? 'stacked' : ''}>
        ${situation === 'data' ? this.#picture() : this.#empty()} ${inspecting ? this.#inspector() : nothing}
      </main>
      <lifeline-footer
        .forgotten=${trace.store.exchanges.forgotten}
        .clockError=${server?.clockError}
        .message=${this.message || this.#standing(situation)}
      ></lifeline-footer>
      <lifeline-connection-list .trace=${trace} .version=${this.#listed}></lifeline-connection-list>
      ${this.helping ? html`<lifeline-help @close=${() => this.#help(false)}></lifeline-help>` : nothing}
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('saved')) this.#api.setState(this.saved);
    const share = this.stacked ? this.saved.inspectorHeight : this.saved.inspectorWidth;
    const inspector = this.renderRoot.querySelector<HTMLElement>('lifeline-inspector');
    inspector?.style.setProperty(this.stacked ? 'height' : 'width', `${share * 100}%`);
    inspector?.style.setProperty(this.stacked ? 'width' : 'height', 'auto');
    const { selection } = this.saved;
    this.#details.want(selection.kind === 'exchange' ? selection.id : undefined);
  }

  #picture(): TemplateResult {
    const { saved, server } = this;
    const { paused, unseen } = this.#live;
    const live = server?.status === 'running';
    return html`<div class="picture">
      <lifeline-view
        .trace=${this.#live.trace}
        .version=${this.version}
        .clock=${this.#clock}
        .slots=${server?.slots ?? 0}
        .following=${saved.follow && !paused}
        .ticking=${this.#live.ticking}
        .selection=${saved.selection}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
        @follow=${(event: CustomEvent<boolean>) => this.#follow(event.detail)}
        @act=${(event: CustomEvent<KeyAction>) => this.#act(event.detail)}
      ></lifeline-view>
      <div class="chips">
        ${
          paused
            ? html`<button class="tool chip" @click=${() => this.#pause(false)}>Paused, ${unseen} new</button>`
            : nothing
        }
        ${
          !saved.follow && live && !paused
            ? html`<button class="tool chip" @click=${() => this.#follow(true)}>Follow the newest</button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #empty(): TemplateResult {
    return html`<lifeline-empty
      .server=${this.server}
      .notes=${this.#live.trace.store.notes}
      .version=${this.version}
      @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
      @copy=${(event: CustomEvent<string>) => this.#ask(this.#link.host.copy(event.detail))}
    ></lifeline-empty>`;
  }

  #inspector(): TemplateResult {
    const { selection, inspectorHeight, inspectorWidth } = this.saved;
    return html`<lifeline-sash
        orientation=${this.stacked ? 'horizontal' : 'vertical'}
        .value=${(this.stacked ? inspectorHeight : inspectorWidth) * 100}
        @moved=${(event: CustomEvent<number>) => this.#resize(event.detail)}
      ></lifeline-sash>
      <lifeline-inspector
        role="region"
        aria-label="Inspector"
        .server=${this.server}
        .trace=${this.#live.trace}
        .version=${this.version}
        .selection=${selection}
        .detail=${this.#details.detail}
        .loading=${this.#details.loading}
        .ticking=${this.#live.ticking}
        .clock=${this.#clock}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
        @close=${() => this.#closeInspector()}
      ></lifeline-inspector>`;
  }

  readonly #onMessage = (event: MessageEvent<ToWebview>): void => this.#link.receive(event.data);

  /** What came while the page was hidden may be lost, and nothing may come that tells so. */
  readonly #onVisible = (): void => {
    if (!document.hidden) this.#link.ready();
  };

  #snapshot(batch: Batch, capacity: number): void {
    this.#take(() => this.#live.replace(batch, capacity, performance.now()));
    const { selection } = this.saved;
    const { trace } = this.#live;
    // Ids count from 1 in every trace: a selection of another trace must not fall on whatever gets its id here.
    const known =
      selection.kind === 'exchange'
        ? trace.exchange(selection.id)
        : trace.connection(selection.kind === 'none' ? 0 : selection.id);
    if (selection.kind !== 'none' && !known) this.#save({ selection: nothingSelected });
  }

  #batch(batch: Batch): void {
    const { selection } = this.saved;
    const touches = selection.kind === 'exchange' && packedIds(exchangeSchema, batch.exchanges).includes(selection.id);
    this.#take(() => this.#live.append(batch, performance.now()));
    if (this.#live.overflowed) return;
    if (touches) this.#details.changed();
  }

  #take(change: () => void): void {
    change();
    this.version++;
    // The list in words is for reading, so it need not keep up with every batch.
    this.#listTimer ??= window.setTimeout(() => {
      this.#listTimer = undefined;
      this.#listed++;
      this.requestUpdate();
    }, 400);
  }

  #tool(action: ToolAction): void {
    switch (action) {
      case 'follow':
        this.#follow(!this.saved.follow);
        return;
      case 'pause':
        this.#pause(!this.#live.paused);
        return;
      case 'clear':
        this.#clear();
        return;
      case 'fit':
        this.view?.fit();
        return;
      case 'help':
        this.#help(!this.helping);
        return;
      case 'inspector':
        this.#toggleInspector();
        return;
      default:
        assertNever(action);
    }
  }

  #act(action: KeyAction): void {
    if (action === 'pause') this.#pause(!this.#live.paused);
    else if (action === 'help') this.#help(true);
    else if (action === 'clear') this.#select(nothingSelected);
    else if (action === 'inspect') this.#inspect();
  }

  #inspect(): void {
    this.#save({ inspectorOpen: true });
    const focus = (): unknown => this.renderRoot.querySelector<HTMLElement>('lifeline-inspector')?.focus();
    this.updateComplete.then(focus, focus);
  }

  /** Why the picture does not show the newest, in a word. */
  #standing(situation: Situation): string {
    if (situation !== 'data' || this.server?.status !== 'running') return '';
    if (this.#live.paused) return 'paused';
    return this.saved.follow ? '' : 'not following';
  }

  #select(selection: Selection): void {
    const open = selection.kind === 'none' ? this.saved.inspectorOpen : true;
    this.#save({ selection, inspectorOpen: open });
  }

  /** Ends a pause too: nothing is left to stand still. */
  #clear(): void {
    this.#select(nothingSelected);
    if (this.#live.paused) this.#pause(false);
    this.#ask(this.#link.host.clear());
  }

  #follow(follow: boolean): void {
    if (follow && this.#live.paused) this.#pause(false);
    this.#save({ follow });
    if (follow) this.view?.followAnew();
  }

  #pause(paused: boolean): void {
    if (paused) this.#live.pause(performance.now());
    else if (!this.#live.resume(performance.now())) this.#link.ready();
    this.#save({ paused });
    this.version++;
  }

  #help(show: boolean): void {
    this.helping = show;
    if (!show) this.view?.focus();
  }

  #toggleInspector(): void {
    const shown = this.renderRoot.querySelector('lifeline-inspector') !== null;
    if (shown) this.#closeInspector();
    else this.#save({ inspectorOpen: true });
  }

  #closeInspector(): void {
    if (this.stacked) this.#save({ selection: nothingSelected });
    else this.#save({ inspectorOpen: false });
    this.view?.focus();
  }

  #resize(pixels: number): void {
    const { clientWidth, clientHeight } = this.main;
    const { inspectorWidth, inspectorHeight } = this.saved;
    if (this.stacked) {
      this.#save({ inspectorHeight: shareOf(inspectorHeight + pixels / clientHeight, inspectorHeight) });
    } else {
      this.#save({ inspectorWidth: shareOf(inspectorWidth + pixels / clientWidth, inspectorWidth) });
    }
  }

  #save(part: Partial<SavedState>): void {
    this.saved = { ...this.saved, ...part };
  }

  #run(command: TimelineCommand): void {
    this.#ask(this.#link.host.run(command));
  }

  /** Waits for an answer that carries nothing; says it where the host could not do what was asked. */
  #ask(answer: Promise<void>): void {
    answer.then(
      () => (this.message = ''),
      (error: unknown) => (this.message = messageOf(error)),
    );
  }
}

/** An error that crossed from the host is an object with a message, no longer an Error. */
function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message);
}
