import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { TimelineCommand } from '../../../src/core/trace/messages';
import { messageOf } from '../format';
import type { KeyAction } from '../keys';
import type { ChoiceChange } from '../model/choice';
import { acceptQueueAlert } from '../model/kernelWords';
import { ownErrorBrief, ownErrors, type OwnError } from '../model/ownError';
import { groupings, type GroupBy } from '../model/grouping';
import { deadlockIn } from '../model/deadlocks';
import { situationOf, type Situation } from '../model/situation';
import type { Trace } from '../model/trace';
import { restoredState, shareOf, type SavedState } from '../savedState';
import { nothingSelected, type Selection } from '../selection';
import type { VscodeApi } from '../vscodeApi';
import { appStyles } from './appStyles';
import { Choosing } from './choosing';
import './deadlockBanner';
import './emptyState';
import { Feed } from './feed';
import { Filtering } from './filtering';
import './footer';
import './helpCard';
import './inspector';
import './ownErrorCard';
import './problemBanner';
import { carryOut, type ChosenAction } from './requestActions';
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
  static override styles = [baseStyles, toolStyles, appStyles];

  @state() private saved: SavedState;
  @state() private helping = false;
  /** What the tool knows of its own error is shown in full. */
  @state() private doubting = false;
  @state() private stacked = false;
  @state() private message = '';
  @query('lifeline-view') private view!: View | null;
  @query('main') private main!: HTMLElement;

  readonly #api: VscodeApi = acquireVsCodeApi();
  readonly #feed: Feed;
  readonly #choosing: Choosing;
  readonly #filtering: Filtering;
  #resized: ResizeObserver | undefined;

  constructor() {
    super();
    this.saved = restoredState(this.#api.getState());
    this.#feed = new Feed(this, this.#api, (trace) => this.#replaced(trace));
    this.#choosing = new Choosing(this, (exchanges) => this.#ask(this.#feed.host.choose(exchanges)));
    this.#filtering = new Filtering(this, {
      trace: () => this.#feed.trace,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      leave: () => this.view?.focus(),
    });
    if (this.saved.paused) this.#feed.live.pauseAtNext();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized = new ResizeObserver(() => {
      this.stacked = this.clientWidth < besideFrom;
    });
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
  }

  override render(): TemplateResult {
    const { trace, live, server } = this.#feed;
    const { saved } = this;
    const errors = ownErrors(trace, server, this.#feed.missed);
    const situation = situationOf(server, trace.lanes.length > 0);
    const selected = saved.selection.kind !== 'none';
    const inspecting = situation === 'data' && saved.inspectorOpen && (!this.stacked || selected);
    return html`
      <lifeline-toolbar
        .server=${server}
        .following=${saved.follow}
        .paused=${live.paused}
        .unseen=${live.unseen}
        .inspector=${inspecting}
        .kernel=${saved.kernel}
        .groupBy=${saved.groupBy}
        @group=${(event: CustomEvent<GroupBy>) => this.#save({ groupBy: event.detail })}
        @tool=${(event: CustomEvent<ToolAction>) => this.#tool(event.detail)}
        @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
      ></lifeline-toolbar>
      ${situation === 'data' ? this.#filtering.box() : nothing}
      ${
        situation === 'data' && server?.problem
          ? html`<lifeline-problem
              .server=${server}
              @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
            ></lifeline-problem>`
          : nothing
      }
      <lifeline-deadlock
        .alarm=${situation === 'data' ? deadlockIn(trace, this.#feed.clock()) : undefined}
        @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
      ></lifeline-deadlock>
      <main class=${this.stacked ? 'stacked' : ''}>
        ${situation === 'data' ? this.#picture() : this.#empty()} ${inspecting ? this.#inspector(errors) : nothing}
      </main>
      <lifeline-footer
        .ownError=${ownErrorBrief(trace, server)}
        .notable=${errors.some(({ notable }) => notable)}
        .opened=${this.doubting}
        .message=${this.message || acceptQueueAlert(trace.store.kernel) || this.#standing(situation)}
        @own-error=${() => this.#doubt(!this.doubting)}
      ></lifeline-footer>
      ${this.#filtering.list(this.#feed.listed)}
      ${
        this.doubting
          ? html`<lifeline-own-error-card
              .errors=${errors}
              @close=${() => this.#doubt(false)}
            ></lifeline-own-error-card>`
          : nothing
      }
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
    this.#choosing.tell(this.#feed.trace, selection);
    this.#feed.wantKernel(this.saved.kernel);
    this.#feed.details.want(selection.kind === 'exchange' ? selection.id : undefined);
  }

  #picture(): TemplateResult {
    const { saved } = this;
    const { trace, live, server, version, clock } = this.#feed;
    const { paused, unseen } = live;
    return html`<div class="picture">
      <lifeline-view
        .trace=${trace}
        .version=${version}
        .clock=${clock}
        .slots=${server?.slots ?? 0}
        .following=${saved.follow && !paused}
        .ticking=${live.ticking}
        .selection=${saved.selection}
        .choice=${this.#choosing.choice}
        @choose=${(event: CustomEvent<ChoiceChange>) => this.#choose(event.detail)}
        .groupBy=${saved.groupBy}
        .living=${this.#feed.workers}
        .collapsed=${saved.collapsed}
        .filter=${this.#filtering.filter}
        .hiding=${saved.hiding}
        @matched=${() => this.requestUpdate()}
        @collapse=${(event: CustomEvent<readonly string[]>) => this.#save({ collapsed: event.detail })}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
        @follow=${(event: CustomEvent<boolean>) => this.#follow(event.detail)}
        @act=${(event: CustomEvent<KeyAction>) => this.#act(event.detail)}
      ></lifeline-view>
      <div class="chips">
        ${this.#choosing.chips(() => this.#runAgain())}
        ${
          paused
            ? html`<button class="tool chip" @click=${() => this.#pause(false)}>Paused, ${unseen} new</button>`
            : nothing
        }
        ${
          !saved.follow && server?.status === 'running' && !paused
            ? html`<button class="tool chip" @click=${() => this.#follow(true)}>Follow the newest</button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #empty(): TemplateResult {
    return html`<lifeline-empty
      .server=${this.#feed.server}
      .notes=${this.#feed.trace.store.notes}
      .version=${this.#feed.version}
      @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
      @copy=${(event: CustomEvent<string>) => this.#ask(this.#feed.host.copy(event.detail))}
    ></lifeline-empty>`;
  }

  #inspector(errors: readonly OwnError[]): TemplateResult {
    const { selection, inspectorHeight, inspectorWidth } = this.saved;
    const { server, trace, version, details, live, clock } = this.#feed;
    return html`<lifeline-sash
        orientation=${this.stacked ? 'horizontal' : 'vertical'}
        .value=${(this.stacked ? inspectorHeight : inspectorWidth) * 100}
        @moved=${(event: CustomEvent<number>) => this.#resize(event.detail)}
      ></lifeline-sash>
      <lifeline-inspector
        role="region"
        aria-label="Inspector"
        .server=${server}
        .trace=${trace}
        .version=${version}
        .selection=${selection}
        .detail=${details.detail}
        .loading=${details.loading}
        .ticking=${live.ticking}
        .clock=${clock}
        .kernel=${this.saved.kernel}
        .looked=${trace.store.kernel.at}
        .ownErrors=${errors}
        @tool=${(event: CustomEvent<ToolAction>) => this.#tool(event.detail)}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
        @act=${(event: CustomEvent<ChosenAction>) => this.#actOn(event.detail)}
        @close=${() => this.#closeInspector()}
      ></lifeline-inspector>`;
  }

  /** Ids count from 1 in every trace: a selection of another trace must not fall on whatever gets its id here. */
  #replaced(trace: Trace): void {
    this.#choosing.clear();
    const { selection } = this.saved;
    if (selection.kind === 'none') return;
    const known = selection.kind === 'exchange' ? trace.exchange(selection.id) : trace.connection(selection.id);
    if (!known) this.#save({ selection: nothingSelected });
  }

  #tool(action: ToolAction): void {
    switch (action) {
      case 'follow':
        this.#follow(!this.saved.follow);
        return;
      case 'pause':
        this.#pause(!this.#feed.live.paused);
        return;
      case 'clear':
        this.#clear();
        return;
      case 'fit':
        this.view?.fit();
        return;
      case 'runAgain':
        this.#runAgain();
        return;
      case 'kernel':
        this.#save({ kernel: !this.saved.kernel });
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
    if (action === 'pause') this.#pause(!this.#feed.live.paused);
    else if (action === 'help') this.#help(true);
    else if (action === 'clear') this.#deselect();
    else if (action === 'runAgain') this.#runAgain();
    else if (action === 'inspect') this.#inspect();
    else if (action === 'group') this.#groupAnew();
    else if (action === 'filter') this.#filtering.focus();
  }

  #deselect(): void {
    this.#choosing.clear();
    this.#select(nothingSelected);
  }

  #choose(change: ChoiceChange): void {
    this.#choosing.change(change, this.#feed.trace, this.saved.selection);
    if (change.kind === 'toggle' && this.#choosing.choice.has(change.id))
      this.#select({ kind: 'exchange', id: change.id });
  }

  /** Where nothing is chosen or selected, the host offers what there is. */
  #runAgain(): void {
    const exchanges = this.#choosing.meant(this.#feed.trace, this.saved.selection);
    this.#ask(this.#feed.host.runAgain(exchanges));
  }

  #groupAnew(): void {
    const next = (groupings.indexOf(this.saved.groupBy) + 1) % groupings.length;
    this.#save({ groupBy: groupings[next] ?? this.saved.groupBy });
  }

  #inspect(): void {
    this.#save({ inspectorOpen: true });
    const focus = (): unknown => this.renderRoot.querySelector<HTMLElement>('lifeline-inspector')?.focus();
    this.updateComplete.then(focus, focus);
  }

  /** Why the picture does not show the newest, in a word. */
  #standing(situation: Situation): string {
    if (situation !== 'data' || this.#feed.server?.status !== 'running') return '';
    if (this.#feed.live.paused) return 'paused';
    return this.saved.follow ? '' : 'not following';
  }

  #select(selection: Selection): void {
    const open = selection.kind === 'none' ? this.saved.inspectorOpen : true;
    this.message = '';
    this.#save({ selection, inspectorOpen: open });
  }

  /** Ends a pause too: nothing is left to stand still. */
  #clear(): void {
    this.#deselect();
    if (this.#feed.live.paused) this.#pause(false);
    this.#ask(this.#feed.host.clear());
  }

  #follow(follow: boolean): void {
    if (follow && this.#feed.live.paused) this.#pause(false);
    this.#save({ follow });
    if (follow) this.view?.followAnew();
  }

  #pause(paused: boolean): void {
    this.#feed.pause(paused);
    this.#save({ paused });
  }

  #help(show: boolean): void {
    this.helping = show;
    if (!show) this.view?.focus();
  }

  #doubt(show: boolean): void {
    this.doubting = show;
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

  #actOn(chosen: ChosenAction): void {
    const { host, trace, clock } = this.#feed;
    this.#ask(carryOut(chosen, host, trace, clock()));
  }

  #run(command: TimelineCommand): void {
    this.#ask(this.#feed.host.run(command));
  }

  /** Waits for an answer; says it where it is a sentence, or that the host could not do what was asked. */
  #ask(answer: Promise<unknown>): void {
    answer.then(
      (said) => (this.message = typeof said === 'string' ? said : ''),
      (error: unknown) => (this.message = messageOf(error)),
    );
  }
}
