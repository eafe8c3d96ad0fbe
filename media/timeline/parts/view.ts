import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Hatch } from '../draw/hatch';
import type { Layout } from '../draw/layout';
import { Pace } from '../draw/pace';
import { paint } from '../draw/paint';
import { hitAt, type Hit } from '../draw/hit';
import type { Captions } from '../draw/laneScene';
import type { Scene } from '../draw/scene';
import { SceneMaker } from '../draw/sceneMaker';
import { Stage } from '../draw/stage';
import type { Theme } from '../draw/theme';
import { ThemeWatch } from '../draw/themeWatch';
import type { ClickKind } from '../gestures';
import type { KeyAction } from '../keys';
import { Arrangement } from '../model/arrangement';
import { Camera } from '../model/camera';
import { nothingChosen, type Choice, type ChoiceChange } from '../model/choice';
import { noFilter, type Filter } from '../model/filterText';
import { groupingNames, type GroupBy } from '../model/grouping';
import type { PictureStand } from '../model/keptStand';
import type { TimeWindow } from '../model/overviewWindow';
import { measuredSentence, type Stretch } from '../model/stretch';
import { stripTracksOf, type StripTrack } from '../model/stripTracks';
import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import type { Viewport } from '../viewport';
import { describeSelection } from './connectionList';
import './measureCard';
import { Navigation, type NavigatedPicture } from './navigation';
import { Pointing, type PointedPicture } from './pointing';
import './overviewBand';
import type { OverviewBand } from './overviewBand';
import { ScrollArea } from './scrollArea';
import { Standing } from './standing';
import './stripNumbers';
import { baseStyles } from './styles';
import './tooltip';
import { viewStyles } from './viewStyles';
import { labelCanvas, tableHasFocus, Zones, type ZonedPicture } from './zones';

/**
 * The picture: has a scene made and painted when something changed; where it stands in time and over the lanes is the
 * navigation's. A frame follows a frame only while something in view goes on.
 *
 * Events: `select` with a `Selection`, `choose` with a `ChoiceChange`, `follow` with a flag, `collapse` with the keys of the hidden groups, `act` with a
 * `KeyAction` that others carry out, `stand` with a `PictureStand`, `matched` where by time more or fewer requests match the filter.
 */
@customElement('lifeline-view')
export class View extends LitElement implements NavigatedPicture, PointedPicture, ZonedPicture {
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
  /** Each phase is to have room, however short it was. */
  @property({ type: Boolean }) notToScale = false;
  /** The whole recording is shown above. */
  @property({ type: Boolean }) overview = false;
  /** The trace's zero, in ms since 1970, where the wall clock is of interest. */
  @property({ attribute: false }) origin: number | undefined;

  @state() private stretch: Stretch | undefined;
  /** Not to scale, there would be too much. */
  @state() private crowded = false;
  @state() private spoken = '';
  @query('.view') private view!: HTMLElement;
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.axis') private axis!: HTMLElement;
  @query('lifeline-numbers') private numbers!: HTMLElement;
  @query('lifeline-overview') private band!: OverviewBand | null;

  #stage: Stage | undefined;
  #navigation: Navigation | undefined;
  #scene: Scene | undefined;
  #theme: ThemeWatch | undefined;
  #pace: Pace | undefined;
  /** To be brought into view as soon as it has a place. */
  #wanted: Selection | undefined;
  readonly #hatch = new Hatch();
  readonly #maker = new SceneMaker();
  readonly #pointing = new Pointing(this);
  readonly #zones = new Zones(
    this,
    () => ({ numbers: this.numbers, axis: this.axis, scroller: this.scroller }),
    () => this.requestUpdate(),
  );
  readonly #standing = new Standing((detail) => this.dispatchEvent(new CustomEvent<PictureStand>('stand', { detail })));

  override render(): TemplateResult {
    return html`
      ${
        this.overview
          ? html`<lifeline-overview
              .trace=${this.trace}
              @show=${(event: CustomEvent<TimeWindow>) => this.#navigation?.show(event.detail, 'overview')}
              @fit=${() => this.fit()}
            ></lifeline-overview>`
          : nothing
      }
      <div
        class="view"
        role="application"
        aria-label=${this.name}
        aria-description="Connections as lanes, requests as bars. Press question mark for the keys."
        tabindex="0"
      >
        <canvas aria-hidden="true"></canvas>
        <div class="scroller" tabindex="-1"><div class="spacer"></div></div>
        <div class="axis" title="Drag to zoom to a stretch of time"></div>
        <lifeline-numbers
          .trace=${this.trace}
          .version=${this.version}
          .slots=${this.slots}
          .tracks=${this.#tracks()}
          .at=${this.#pointing.time}
        ></lifeline-numbers>
        <lifeline-tooltip
          .trace=${this.trace}
          .pointed=${this.#pointing.pointed}
          .now=${this.clock()}
          .origin=${this.origin}
        ></lifeline-tooltip>
      </div>
      ${
        this.stretch
          ? html`<lifeline-measure
              .trace=${this.trace}
              .version=${this.version}
              .stretch=${this.stretch}
              @zoom=${() => this.#navigation?.zoomTo()}
              @close=${() => this.#navigation?.endMeasuring()}
            ></lifeline-measure>`
          : nothing
      }
      <div class="note" role="status" ?hidden=${!this.crowded}>To scale: too many requests in view. Zoom in.</div>
      <div class="visually-hidden" aria-live="polite">${this.spoken}</div>
    `;
  }

  override firstUpdated(): void {
    this.#stage = new Stage(this.canvas, (width, height) => this.#draw(width, height));
    const scroll = new ScrollArea(this.scroller, this.spacer, () => this.changed());
    this.#navigation = new Navigation(this.view, this.camera, scroll, this);
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
    if (changed.has('trace')) this.#maker.clear();
    if (changed.has('selection') && this.trace) {
      this.spoken = tableHasFocus(this) ? '' : describeSelection(this.trace, this.selection);
    }
    if (changed.get('groupBy') !== undefined) {
      this.#navigation?.arrangedAnew();
      this.spoken = `Lanes: ${groupingNames[this.groupBy]}`;
    }
    if (changed.get('hiding') !== undefined || (this.hiding && changed.has('filter'))) this.#navigation?.arrangedAnew();
    // What lies over the picture needs no new scene.
    const onTop = new Set<PropertyKey>(['spoken', 'stretch', 'crowded']);
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

  /** Where it stood on a page before this one. */
  goTo(stand: PictureStand): void {
    this.#standing.goTo(stand);
    this.changed();
  }

  /** Scrolls and pans to it. */
  reveal(wanted: Selection): void {
    this.#wanted = wanted;
    this.changed();
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
    if (this.#zones.arrange(width, height, navigation)) this.#scene = undefined;
    this.#standing.settle(navigation, this.layout.laneHeight);
    if (!this.#scene) camera.update(trace, now, this.following);
    this.#scene ??= this.#makeScene(trace, now, stage, theme, navigation);
    paint({ context: stage.context, layout: this.layout, theme, hatch: this.#hatch }, this.#scene, {
      pointer: this.pointer,
      hoveredRow: this.#pointing.row?.key,
      range,
      measured: this.stretch,
    });
    this.band?.place({ viewport: camera.viewport, now, titles: this.layout.titles });
    labelCanvas(this.canvas, this.#arranged(trace).length, trace.store.exchanges.length);
    const goesOn = this.ticking && (this.#scene.alive || this.following);
    if (this.#pace?.after(this.#scene, goesOn, camera.viewport.perPixel)) this.#scene = undefined;
    this.#standing.look(navigation, this.layout.laneHeight, this.following);
    // Last, as it asks for a new scene.
    if (this.#wanted) navigation.reveal(this.#wanted);
    this.#wanted = undefined;
  }

  #makeScene(trace: Trace, now: number, stage: Stage, theme: Theme, { camera, scroll }: Navigation): Scene {
    const scene = this.#maker.make(
      {
        trace,
        viewport: camera.viewport,
        scroll: scroll.position,
        height: this.layout.height - this.layout.lanesTop,
        arrangement: this.#arranged(trace),
        notToScale: this.notToScale,
        slots: this.slots,
        tracks: this.#tracks(),
        now,
        selection: this.selection,
        choice: this.choice,
        ...(this.captions && { captions: this.captions }),
        barHeight: this.layout.barHeight,
        pinned: this.pinned,
        font: theme.font,
      },
      stage.context,
    );
    this.crowded = this.#maker.crowded;
    return scene;
  }

  /** Those in the strip that there is room for. */
  #tracks(): readonly StripTrack[] {
    return this.trace ? stripTracksOf(this.trace).slice(0, this.layout.tracks) : [];
  }

  #arranged(trace: Trace): Arrangement {
    const { laneHeight: lane, headerHeight: header } = this.layout;
    return new Arrangement(trace, this.groupBy, this.collapsed, { lane, header }, this.living);
  }

  get arrangement(): Arrangement | undefined {
    return this.trace && this.#arranged(this.trace);
  }

  get viewport(): Viewport {
    return this.#maker.schematic ?? this.camera.viewport;
  }

  get pointer(): number | undefined {
    return this.#pointing.x;
  }

  get layout(): Layout {
    return this.#zones.layout;
  }

  /** Something that shows has changed: the next frame needs a new scene. */
  changed(): void {
    this.#again();
    this.peer?.moveAlong(this.#navigation?.scroll.position ?? 0);
  }

  measured(stretch: Stretch | undefined): void {
    this.stretch = stretch;
    if (!stretch) this.focus();
    if (stretch?.fixed && this.trace) this.spoken = measuredSentence(this.trace, stretch);
    this.#stage?.request();
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
    this.#pointing.press();
    if (y < this.layout.lanesTop) return;
    const { selection, row } = this.hitAt(x, y);
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
    this.#pointing.hover(x, y);
    this.scroller.classList.toggle('pointing', this.#pointing.row?.kind === 'header');
    this.#stage?.request();
  }

  leave(): void {
    this.#pointing.leave();
    this.#stage?.request();
  }

  hitAt(x: number, y: number): Hit {
    const [trace, navigation] = [this.trace, this.#navigation];
    if (!trace || !navigation) return { selection: nothingSelected, row: undefined };
    const { viewport } = this;
    const [arrangement, scroll] = [this.#arranged(trace), navigation.scroll.position];
    return hitAt(x, y, { trace, arrangement, layout: this.layout, viewport, scroll, now: this.clock() });
  }
}
