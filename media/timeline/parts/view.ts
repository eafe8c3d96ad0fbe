import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Hatch } from '../draw/hatch';
import { layoutOf, type Layout } from '../draw/layout';
import { Pace } from '../draw/pace';
import { paint } from '../draw/paint';
import { hitAt, type Hit } from '../draw/hit';
import type { Captions } from '../draw/laneScene';
import { sceneOf, type Scene } from '../draw/scene';
import { Stage } from '../draw/stage';
import { TextWidths } from '../draw/textWidths';
import type { Theme } from '../draw/theme';
import { ThemeWatch } from '../draw/themeWatch';
import type { ClickKind } from '../gestures';
import type { KeyAction } from '../keys';
import { Arrangement } from '../model/arrangement';
import { Camera } from '../model/camera';
import { BlockedByReader } from '../model/blockedBy';
import { nothingChosen, type Choice, type ChoiceChange } from '../model/choice';
import { noFilter, type Filter } from '../model/filterText';
import { groupingNames, type GroupBy } from '../model/grouping';
import { stripTracksOf, type StripTrack } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import { describeConnection, describeExchange } from './connectionList';
import { Navigation, type NavigatedPicture } from './navigation';
import { ScrollArea } from './scrollArea';
import './stripNumbers';
import { baseStyles } from './styles';
import './tooltip';
import type { Pointed } from './tooltip';
import { viewStyles } from './viewStyles';
import { placeZones } from './zones';

/**
 * The picture: has a scene made and painted when something changed; where it stands in time and over the lanes is the
 * navigation's. A frame follows a frame only while something in view goes on.
 *
 * Events: `select` with a `Selection`, `choose` with a `ChoiceChange`, `follow` with a flag, `collapse` with the keys of the hidden groups, `act` with a
 * `KeyAction` that others carry out, `matched` where by time more or fewer requests match the filter.
 */
@customElement('lifeline-view')
export class View extends LitElement implements NavigatedPicture {
  static override styles = [baseStyles, viewStyles];

  @property({ attribute: false }) trace: Trace | undefined;
  /** Changes when the trace has. */
  @property({ type: Number }) version = 0;
  /** The clock reading of the picture. */
  @property({ attribute: false }) clock: () => number = () => 0;
  @property({ type: Number }) slots = 0;
  @property({ type: Boolean }) following = true;
  /** The clock goes on: what is in progress grows. */
  @property({ type: Boolean }) ticking = false;
  @property({ attribute: false }) selection: Selection = nothingSelected;
  /** The exchanges that are chosen together. */
  @property({ attribute: false }) choice: Choice = nothingChosen;
  /** Ids of exchanges that are pinned. */
  @property({ attribute: false }) pinned: readonly number[] = [];
  @property({ attribute: false }) groupBy: GroupBy = 'connection';
  /** Numbers of the workers that there are now. */
  @property({ attribute: false }) living: readonly number[] | undefined;
  /** Keys of the groups whose lanes are hidden. */
  @property({ attribute: false }) collapsed: readonly string[] = [];
  /** The trace's filter, and whether it hides: another one is another picture. */
  @property({ attribute: false }) filter: Filter = noFilter;
  @property({ type: Boolean }) hiding = false;
  /** What a screen reader calls it. */
  @property() name = 'Request timeline';
  /** Handed in where pictures stand at the same place in time. */
  @property({ attribute: false }) camera = new Camera();
  /** A picture that shows the same stretch of time and the same lanes: it moves along with this one. */
  @property({ attribute: false }) peer: View | undefined;
  /** What stands at the left of a lane, where that is not its connection. */
  @property({ attribute: false }) captions: Captions | undefined;

  @state() private pointed: Pointed | undefined;
  @state() private hoveredRow: string | undefined;
  /** Where the pointer is in the plot. */
  @state() private pointer: number | undefined;
  @state() private spoken = '';
  @query('.view') private view!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.axis') private axis!: HTMLElement;
  @query('lifeline-numbers') private numbers!: HTMLElement;

  #stage: Stage | undefined;
  #navigation: Navigation | undefined;
  #layout: Layout = layoutOf(0, 0);
  #theme: ThemeWatch | undefined;
  #pace: Pace | undefined;
  #scene: Scene | undefined;
  readonly #blockers = new BlockedByReader();
  readonly #hatch = new Hatch();
  readonly #widths = new TextWidths();

  override render(): TemplateResult {
    return html`
      <div
        class="view"
        role="application"
        aria-label=${this.name}
        aria-description="Connections as lanes, requests as bars. Press question mark for the keys."
        tabindex="0"
      >
        <canvas aria-hidden="true"></canvas>
        <div class="scroller" tabindex="-1" @scroll=${() => this.changed()}><div class="spacer"></div></div>
        <div class="axis" title="Drag to zoom to a stretch of time"></div>
        <lifeline-numbers
          .trace=${this.trace}
          .version=${this.version}
          .slots=${this.slots}
          .tracks=${this.#tracks()}
          .at=${this.pointer === undefined ? undefined : this.#navigation?.camera.viewport.time(this.pointer)}
        ></lifeline-numbers>
        <lifeline-tooltip .trace=${this.trace} .pointed=${this.pointed} .now=${this.clock()}></lifeline-tooltip>
      </div>
      <div class="visually-hidden" aria-live="polite">${this.spoken}</div>
    `;
  }

  override firstUpdated(): void {
    this.#stage = new Stage(this.canvas, (width, height) => this.#draw(width, height));
    this.#navigation = new Navigation(this.view, this.camera, new ScrollArea(this.scroller, this.spacer), this);
    this.#theme = new ThemeWatch(() => this.changed());
    this.#pace = new Pace(
      () => this.#stage?.request(),
      () => this.changed(),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stage?.dispose();
    this.#theme?.dispose();
    this.#pace?.dispose();
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('trace')) this.#widths.clear();
    if (changed.has('selection')) this.#speak();
    if (changed.get('groupBy') !== undefined) {
      this.#navigation?.arrangedAnew();
      this.spoken = `Lanes: ${groupingNames[this.groupBy]}`;
    }
    if (changed.get('hiding') !== undefined || (this.hiding && changed.has('filter'))) this.#navigation?.arrangedAnew();
    // What lies over the picture needs no new scene.
    const onTop = new Set<PropertyKey>(['pointed', 'pointer', 'hoveredRow', 'spoken']);
    if ([...changed.keys()].some((name) => !onTop.has(name))) this.changed();
  }

  /** Shows the whole trace. */
  fit(): void {
    this.#navigation?.fit();
  }

  /** Back to the newest, in a window that suits the data. */
  followAnew(): void {
    this.#navigation?.followAnew();
  }

  override focus(): void {
    this.view.focus();
  }

  #draw(width: number, height: number): void {
    const { trace } = this;
    const [stage, navigation] = [this.#stage, this.#navigation];
    const theme = stage && this.#theme?.theme(stage.context);
    if (!trace || !stage || !navigation || !theme) return;
    const { camera, range } = navigation;
    const now = this.clock();
    if (trace.matchAt(now)) {
      this.#scene = undefined;
      this.dispatchEvent(new CustomEvent('matched'));
    }
    this.#arrange(width, height, trace, navigation);
    if (!this.#scene) camera.update(trace, now, this.following);
    this.#scene ??= this.#makeScene(trace, now, stage.context, theme, navigation);
    paint({ context: stage.context, layout: this.#layout, theme, hatch: this.#hatch }, this.#scene, {
      pointer: this.pointer,
      hoveredRow: this.hoveredRow,
      range,
    });
    this.#label(this.canvas, trace);
    if (!this.ticking || !(this.#scene.alive || this.following)) return;
    this.#scene = undefined;
    this.#pace?.goOn(camera.viewport.perPixel);
  }

  #makeScene(
    trace: Trace,
    now: number,
    context: CanvasRenderingContext2D,
    theme: Theme,
    { camera, scroll }: Navigation,
  ): Scene {
    return sceneOf({
      trace,
      viewport: camera.viewport,
      scroll: scroll.position,
      height: this.#layout.height - this.#layout.lanesTop,
      arrangement: this.#arranged(trace),
      slots: this.slots,
      tracks: this.#tracks(),
      now,
      selectedExchange: this.selection.kind === 'exchange' ? this.selection.id : undefined,
      selection: this.selection,
      choice: this.choice,
      ...(this.captions && { captions: this.captions }),
      barHeight: this.#layout.barHeight,
      blockedBy: this.#blockers.of(trace, this.selection),
      pinned: this.pinned,
      measure: (text) => this.#widths.of(context, theme.font, text),
    });
  }

  /** Brings zones and scroll height in line with the size and the number of lanes. */
  #arrange(width: number, height: number, trace: Trace, { camera, scroll }: Navigation): void {
    const layout = layoutOf(width, height, stripTracksOf(trace).length);
    if (width !== this.#layout.width || height !== this.#layout.height || layout.tracks !== this.#layout.tracks) {
      this.#layout = layout;
      this.#scene = undefined;
      this.requestUpdate();
      placeZones({ numbers: this.numbers, axis: this.axis, scroller: this.scroller }, layout);
    }
    // The bar of the scroll area lies over the right margin of the plot.
    const plot = width - this.#layout.titles - scroll.bar;
    if (camera.resize(plot)) this.#scene = undefined;
    const { laneHeight, lanesTop } = this.#layout;
    const tall = this.#arranged(trace).height + 8;
    // New connections come at the end; new slots and clients are seldom, and not what one looks at.
    const atEnd = this.following && this.groupBy === 'connection' ? laneHeight * 1.5 : undefined;
    if (scroll.resize(tall, height - lanesTop, atEnd)) this.#scene = undefined;
  }

  /** Those in the strip that there is room for. */
  #tracks(): readonly StripTrack[] {
    return this.trace ? stripTracksOf(this.trace).slice(0, this.#layout.tracks) : [];
  }

  #arranged(trace: Trace): Arrangement {
    const { laneHeight: lane, headerHeight: header } = this.#layout;
    return new Arrangement(trace, this.groupBy, this.collapsed, { lane, header }, this.living);
  }

  #label(canvas: HTMLCanvasElement, trace: Trace): void {
    const lanes = String(this.#arranged(trace).length);
    const exchanges = String(trace.store.exchanges.length);
    if (canvas.dataset['lanes'] !== lanes) canvas.dataset['lanes'] = lanes;
    if (canvas.dataset['exchanges'] !== exchanges) canvas.dataset['exchanges'] = exchanges;
  }

  get arrangement(): Arrangement | undefined {
    return this.trace && this.#arranged(this.trace);
  }

  get layout(): Layout {
    return this.#layout;
  }

  selectionAt(x: number, y: number): Selection {
    return this.#hitAt(x, y).selection;
  }

  /** Something that shows has changed: the next frame needs a new scene. */
  changed(): void {
    this.#again();
    this.peer?.moveAlong(this.#navigation?.scroll.position ?? 0);
  }

  /** The peer has moved. @param position of its lanes */
  moveAlong(position: number): void {
    this.#navigation?.scroll.moveTo(position);
    this.#again();
  }

  #again(): void {
    this.#scene = undefined;
    this.#stage?.request();
  }

  select(selection: Selection): void {
    this.selection = selection;
    this.dispatchEvent(new CustomEvent<Selection>('select', { detail: selection }));
  }

  follow(follow: boolean): void {
    // At once, so that no frame in between follows on.
    if (!follow) this.following = false;
    this.dispatchEvent(new CustomEvent('follow', { detail: follow }));
  }

  act(action: KeyAction): void {
    this.dispatchEvent(new CustomEvent<KeyAction>('act', { detail: action }));
  }

  pressed(x: number, y: number, kind: ClickKind): void {
    this.pointed = undefined;
    if (y < this.#layout.lanesTop) return;
    const { selection, row } = this.#hitAt(x, y);
    if (row?.kind === 'header') this.collapse(row.group.key, !row.collapsed);
    else if (kind !== 'plain' && selection.kind === 'exchange') this.choose({ kind, id: selection.id });
    else {
      this.choose({ kind: 'none' });
      this.select(selection);
    }
  }

  choose(change: ChoiceChange): void {
    this.dispatchEvent(new CustomEvent<ChoiceChange>('choose', { detail: change }));
  }

  collapse(group: string, collapsed: boolean): void {
    const others = this.collapsed.filter((each) => each !== group);
    this.collapsed = collapsed ? [...others, group] : others;
    this.dispatchEvent(new CustomEvent<readonly string[]>('collapse', { detail: this.collapsed }));
  }

  hover(x: number, y: number): void {
    const plotX = x - this.#layout.titles;
    const width = this.#navigation?.camera.viewport.width ?? 0;
    this.pointer = plotX >= 0 && plotX <= width ? plotX : undefined;
    const { selection, row } = this.#hitAt(x, y);
    this.hoveredRow = row?.key;
    this.scroller.classList.toggle('pointing', row?.kind === 'header');
    this.pointed = selection.kind === 'none' ? undefined : { selection, x, y };
    this.#stage?.request();
  }

  leave(): void {
    this.pointer = undefined;
    this.pointed = undefined;
    this.hoveredRow = undefined;
    this.#stage?.request();
  }

  #hitAt(x: number, y: number): Hit {
    const [trace, navigation] = [this.trace, this.#navigation];
    if (!trace || !navigation) return { selection: nothingSelected, row: undefined };
    return hitAt(x, y, {
      trace,
      arrangement: this.#arranged(trace),
      layout: this.#layout,
      viewport: navigation.camera.viewport,
      scroll: navigation.scroll.position,
      now: this.clock(),
    });
  }

  #speak(): void {
    const { trace, selection } = this;
    if (!trace) return;
    if (selection.kind === 'exchange') this.spoken = describeExchange(trace, selection.id);
    else if (selection.kind === 'connection') this.spoken = describeConnection(trace, selection.id);
    else this.spoken = '';
  }
}
