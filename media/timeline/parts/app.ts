import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { TimelineCommand } from '../../../src/core/trace/messages';
import { isRequestKey, type KeyAction } from '../keys';
import type { ChoiceChange } from '../model/choice';
import { deadlockIn } from '../model/deadlocks';
import { groupings, type GroupBy } from '../model/grouping';
import type { PictureStand } from '../model/keptStand';
import { acceptQueueAlert } from '../model/kernelWords';
import { ownErrorBrief, ownErrors } from '../model/ownError';
import { situationOf } from '../model/situation';
import type { Panes } from '../model/panes';
import type { Trace } from '../model/trace';
import { restoredState, type SavedState } from '../savedState';
import { nothingSelected, type Selection } from '../selection';
import type { VscodeApi } from '../vscodeApi';
import { Acting } from './acting';
import { appStyles } from './appStyles';
import { Asking } from './asking';
import { Cards } from './cards';
import { chips } from './chips';
import { Choosing } from './choosing';
import './deadlockBanner';
import './emptyState';
import { Feed } from './feed';
import { Filtering } from './filtering';
import { Following } from './following';
import './footer';
import { InspectorDock } from './inspectorDock';
import './problemBanner';
import { StandKeeper } from './standKeeper';
import { baseStyles, toolStyles } from './styles';
import { TableDock } from './tableDock';
import './toolbar';
import type { ToolAction } from './toolbar';
import './view';
import type { View } from './view';

/** The whole page: holds what is shown and selected, and hands it to its parts. */
@customElement('lifeline-timeline')
export class TimelineApp extends LitElement {
  static override styles = [baseStyles, toolStyles, appStyles];

  @state() private saved: SavedState;
  @query('lifeline-view') private view!: View | null;

  readonly #api: VscodeApi = acquireVsCodeApi();
  readonly #feed: Feed;
  readonly #asking = new Asking(this);
  readonly #cards = new Cards(this, () => this.#leave());
  readonly #choosing: Choosing;
  readonly #filtering: Filtering;
  readonly #acting: Acting;
  readonly #dock: InspectorDock;
  readonly #following: Following;
  readonly #standing: StandKeeper;
  readonly #table: TableDock;

  constructor() {
    super();
    this.saved = restoredState(this.#api.getState());
    this.#feed = new Feed(this, this.#api, {
      replaced: (trace) => this.#replaced(trace),
      reveal: (target) => this.#reveal(target),
      restore: (state) => this.#restore(state),
    });
    this.#choosing = new Choosing(this, (exchanges) => this.#asking.mind(this.#feed.host.choose(exchanges)));
    this.#following = new Following(this.#feed, () => this.saved.follow);
    this.#standing = new StandKeeper(this, {
      origin: () => this.#feed.server?.clockOriginUnixMs,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      goTo: (stand) => void this.updateComplete.then(() => this.view?.goTo(stand)),
    });
    this.#filtering = new Filtering(this, {
      trace: () => this.#feed.trace,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      named: () => this.#feed.filters,
      edit: (change, text) => this.#asking.ask(this.#feed.host.editFilters(change, text)),
      leave: () => this.#leave(),
    });
    this.#acting = new Acting(this, {
      feed: this.#feed,
      choosing: this.#choosing,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      select: (selection) => this.#select(selection),
      reveal: (selection) => this.#reveal(selection),
      ask: (answer) => this.#asking.ask(answer),
      leave: () => this.#leave(),
    });
    this.#dock = new InspectorDock(this, {
      feed: this.#feed,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      tool: (action) => this.#tool(action),
      select: (selection) => this.#select(selection),
      acting: this.#acting,
      leave: () => this.#leave(),
    });
    this.#table = new TableDock(this, {
      feed: this.#feed,
      saved: () => this.saved,
      save: (part) => this.#save(part),
      choice: () => this.#choosing.choice,
      select: (selection) => this.#select(selection, true),
      choose: (change) => this.#choose(change),
      act: (action) => this.#act(action),
      acting: this.#acting,
    });
    this.#feed.live.pauseAtNext(this.saved.paused);
  }

  override render(): TemplateResult {
    const { trace, live, server } = this.#feed;
    const { saved } = this;
    const errors = ownErrors(trace, server, this.#feed.missed);
    const situation = situationOf(server, trace.lanes.length > 0);
    const inspecting = situation === 'data' && this.#dock.shown;
    return html`
      <div class="top">
        <lifeline-toolbar
          .server=${server}
          .following=${saved.follow}
          .paused=${live.paused}
          .unseen=${live.unseen}
          .inspector=${inspecting}
          .kernel=${saved.kernel}
          .panes=${saved.panes}
          @panes=${(event: CustomEvent<Panes>) => this.#save({ panes: event.detail })}
          .groupBy=${saved.groupBy}
          .notToScale=${saved.notToScale}
          @group=${(event: CustomEvent<GroupBy>) => this.#save({ groupBy: event.detail })}
          @tool=${(event: CustomEvent<ToolAction>) => this.#tool(event.detail)}
          @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
        ></lifeline-toolbar>
        ${situation === 'data' ? this.#filtering.box() : nothing}
      </div>
      ${situation === 'data' ? this.#acting.pinBar() : nothing}
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
      <main class=${this.#dock.stacked ? 'stacked' : ''}>
        ${situation === 'data' ? this.#panes() : this.#empty()} ${inspecting ? this.#dock.render(errors) : nothing}
      </main>
      <lifeline-footer
        .ownError=${ownErrorBrief(trace, server)}
        .notable=${errors.some(({ notable }) => notable)}
        .opened=${this.#cards.isOpen('ownError')}
        .message=${this.#asking.message || live.loadingText || acceptQueueAlert(trace.store.kernel) || (situation === 'data' ? this.#following.word : '')}
        .explaining=${this.#cards.isOpen('legend')}
        @own-error=${() => this.#cards.toggle('ownError')}
        @legend=${() => this.#cards.toggle('legend')}
      ></lifeline-footer>
      ${this.#filtering.list(this.#feed.listed)} ${this.#cards.render(errors)} ${this.#acting.card()}
    `;
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('saved')) {
      this.#api.setState(this.saved);
      this.#feed.keep(this.saved);
    }
    const { selection } = this.saved;
    this.#choosing.tell(this.#feed.trace, selection);
    this.#feed.wantKernel(this.saved.kernel);
    this.#feed.details.want(selection.kind === 'exchange' ? selection.id : undefined);
  }

  #panes(): TemplateResult {
    return html`<div class="panes ${this.#table.beside ? 'beside' : ''}">
      ${this.#picture()} ${this.#table.render()}
    </div>`;
  }

  #picture(): TemplateResult {
    const { saved } = this;
    const { trace, live, server, version, clock } = this.#feed;
    return html`<div class="picture" ?hidden=${!this.#table.pictured}>
      <lifeline-view
        .trace=${trace}
        .version=${version}
        .clock=${clock}
        .slots=${server?.slots ?? 0}
        .following=${saved.follow && !live.paused}
        .ticking=${live.ticking}
        .selection=${saved.selection}
        .choice=${this.#choosing.choice}
        .pinned=${this.#acting.pinned}
        @choose=${(event: CustomEvent<ChoiceChange>) => this.#choose(event.detail)}
        .groupBy=${saved.groupBy}
        .living=${this.#feed.workers}
        .collapsed=${saved.collapsed}
        .filter=${this.#filtering.filter}
        .hiding=${saved.hiding}
        .notToScale=${saved.notToScale}
        .overview=${true}
        .origin=${server?.clockOriginUnixMs}
        @matched=${() => this.requestUpdate()}
        @collapse=${(event: CustomEvent<readonly string[]>) => this.#save({ collapsed: event.detail })}
        @select=${(event: CustomEvent<Selection>) => this.#select(event.detail)}
        @follow=${(event: CustomEvent<boolean>) => this.#follow(event.detail)}
        @stand=${(event: CustomEvent<PictureStand>) => this.#standing.moved(event.detail)}
        @act=${(event: CustomEvent<KeyAction>) => this.#act(event.detail)}
      ></lifeline-view>
      ${chips(this.#feed, this.#choosing, this.#following, {
        runAgain: () => this.#runAgain(),
        more: () => this.#acting.chips(),
        pause: (paused) => this.#pause(paused),
        follow: (follow) => this.#follow(follow),
      })}
    </div>`;
  }

  #empty(): TemplateResult {
    return html`<lifeline-empty
      .server=${this.#feed.server}
      .notes=${this.#feed.trace.store.notes}
      .version=${this.#feed.version}
      @run=${(event: CustomEvent<TimelineCommand>) => this.#run(event.detail)}
      @copy=${(event: CustomEvent<string>) => this.#asking.ask(this.#feed.host.copy(event.detail))}
    ></lifeline-empty>`;
  }

  /** Ids count from 1 in every trace: a selection of another trace must not fall on whatever gets its id here. */
  #replaced(trace: Trace): void {
    this.#choosing.clear();
    this.#acting.replaced();
    const another = this.#standing.replaced(trace);
    const { selection } = this.saved;
    if (selection.kind === 'none') return;
    const known = selection.kind === 'exchange' ? trace.exchange(selection.id) : trace.connection(selection.id);
    if (another || !known) this.#save({ selection: nothingSelected });
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
      case 'scale':
        this.#save({ notToScale: !this.saved.notToScale });
        return;
      case 'kernel':
        this.#save({ kernel: !this.saved.kernel });
        return;
      case 'help':
        this.#cards.toggle('help');
        return;
      case 'inspector':
        this.#dock.toggle();
        return;
      default:
        assertNever(action);
    }
  }

  #act(action: KeyAction): void {
    if (action === 'pause') this.#pause(!this.#feed.live.paused);
    else if (action === 'help') this.#cards.open('help');
    else if (action === 'clear') this.#deselect();
    else if (action === 'runAgain') this.#runAgain();
    else if (action === 'inspect') this.#dock.enter();
    else if (action === 'group') this.#groupAnew();
    else if (action === 'filter') this.#filtering.focus();
    else if (isRequestKey(action)) this.#acting.key(action);
    else if (action === 'scale') this.#tool('scale');
    else if (action === 'table') this.#table.next();
    else if (action === 'fit') this.view?.fit();
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
    this.#asking.ask(this.#feed.host.runAgain(exchanges));
  }

  #groupAnew(): void {
    const next = (groupings.indexOf(this.saved.groupBy) + 1) % groupings.length;
    this.#save({ groupBy: groupings[next] ?? this.saved.groupBy });
  }

  /** @param reveal brings it into the picture */
  #select(selection: Selection, reveal = false): void {
    const open = selection.kind === 'none' ? this.saved.inspectorOpen : true;
    this.#asking.quiet();
    this.#acting.selected();
    this.#save({ selection, inspectorOpen: open });
    if (reveal) this.view?.reveal(selection);
  }

  #restore(state: unknown): void {
    this.saved = restoredState(state);
    this.#feed.live.pauseAtNext(this.saved.paused);
  }

  #reveal(target: Selection): void {
    if (this.#feed.live.paused) this.#pause(false);
    this.#select(target);
    void this.updateComplete.then(() => this.view?.reveal(target));
  }

  /** Ends a pause too: nothing is left to stand still. */
  #clear(): void {
    this.#deselect();
    if (this.#feed.live.paused) this.#pause(false);
    this.#asking.ask(this.#feed.host.clear());
  }

  #follow(follow: boolean): void {
    if (follow && this.#feed.live.paused) this.#pause(false);
    if (!follow) this.#following.stop();
    this.#save({ follow });
    if (follow) this.view?.followAnew();
  }

  #pause(paused: boolean): void {
    this.#feed.pause(paused);
    this.#save({ paused });
  }

  /** The keyboard goes back to what is shown. */
  #leave(): void {
    if (this.#table.pictured) this.view?.focus();
    else this.#table.focus();
  }

  #save(part: Partial<SavedState>): void {
    this.saved = { ...this.saved, ...part };
  }

  #run(command: TimelineCommand): void {
    this.#asking.ask(this.#feed.host.run(command));
  }
}
