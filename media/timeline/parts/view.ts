import { LitElement, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { assertNever } from '../../../src/core/assertNever';
import type { ExchangeRow } from '../../../src/core/trace/columns';
import { Hatch } from '../draw/hatch';
import { layoutOf, type Layout } from '../draw/layout';
import { paint } from '../draw/paint';
import { hitAt, type Hit } from '../draw/hit';
import { sceneOf, type Scene } from '../draw/scene';
import { Stage } from '../draw/stage';
import { stripNumbers } from '../draw/strip';
import { TextWidths } from '../draw/textWidths';
import { readTheme, type Theme } from '../draw/theme';
import { listenForGestures } from '../gestures';
import { actionOf, type KeyAction } from '../keys';
import { Camera } from '../model/camera';
import { neighbour } from '../model/neighbours';
import type { Trace } from '../model/trace';
import { nothingSelected, type Selection } from '../selection';
import { describeConnection, describeExchange } from './connectionList';
import { ScrollArea } from './scrollArea';
import './stripNumbers';
import { baseStyles } from './styles';
import './tooltip';
import type { Pointed } from './tooltip';
import { viewStyles } from './viewStyles';

/**
 * The picture: owns the viewport and the scroll position, turns input into moves of them, and has a scene made and
 * painted when something changed. A frame follows a frame only while something in view goes on.
 *
 * Events: `select` with a `Selection`, `follow` with a flag, `act` with a `KeyAction` that others carry out.
 */
@customElement('lifeline-view')
export class View extends LitElement {
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

  @state() private pointed: Pointed | undefined;
  @state() private spoken = '';
  @query('canvas') private canvas!: HTMLCanvasElement;
  @query('.scroller') private scroller!: HTMLElement;
  @query('.spacer') private spacer!: HTMLElement;
  @query('.axis') private axis!: HTMLElement;
  @query('lifeline-numbers') private numbers!: HTMLElement;

  #stage: Stage | undefined;
  #scroll!: ScrollArea;
  readonly #camera = new Camera();
  #layout: Layout = layoutOf(0, 0);
  #theme: Theme | undefined;
  #scene: Scene | undefined;
  #range: { from: number; to: number } | undefined;
  #pointer: number | undefined;
  #later: number | undefined;
  #themeObserver: MutationObserver | undefined;
  readonly #hatch = new Hatch();
  readonly #widths = new TextWidths();
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  override render(): TemplateResult {
    const numbers = this.trace && stripNumbers(this.trace);
    return html`
      <div
        class="view"
        role="application"
        aria-label="Request timeline"
        aria-description="Connections as lanes, requests as bars. Press question mark for the keys."
        tabindex="0"
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
      >
        <canvas aria-hidden="true"></canvas>
        <div class="scroller" tabindex="-1" @scroll=${() => this.#changed()}><div class="spacer"></div></div>
        <div class="axis" title="Drag to zoom to a stretch of time"></div>
        <lifeline-numbers
          .running=${numbers?.running ?? 0}
          .waiting=${numbers?.waiting ?? 0}
          .mostWaiting=${numbers?.mostWaiting ?? 0}
          .connections=${numbers?.connections ?? 0}
          .slots=${this.slots}
        ></lifeline-numbers>
        <lifeline-tooltip .trace=${this.trace} .pointed=${this.pointed} .now=${this.clock()}></lifeline-tooltip>
      </div>
      <div class="visually-hidden" aria-live="polite">${this.spoken}</div>
    `;
  }

  override firstUpdated(): void {
    this.#scroll = new ScrollArea(this.scroller, this.spacer);
    this.#stage = new Stage(this.canvas, (width, height) => this.#draw(width, height));
    const view = this.renderRoot.querySelector<HTMLElement>('.view');
    if (view) this.#listen(view);
    this.#themeObserver = new MutationObserver(() => {
      this.#theme = undefined;
      this.#changed();
    });
    this.#themeObserver.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
    this.#themeObserver.observe(document.body, { attributes: true, attributeFilter: ['style', 'class'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stage?.dispose();
    this.#themeObserver?.disconnect();
    window.clearTimeout(this.#later);
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('trace')) this.#widths.clear();
    if (changed.has('selection')) this.#speak();
    if (changed.size > 0) this.#changed();
  }

  /** Shows the whole trace. */
  fit(): void {
    if (this.trace) this.#camera.fit(this.trace, this.clock());
    this.#changed();
  }

  /** Back to the newest, in a window that suits the data. */
  followAnew(): void {
    this.#camera.endFit();
    this.#scroll.toEnd();
    this.#changed();
  }

  /** Scrolls and pans so that the selection is in view. */
  reveal(): void {
    const { trace, selection } = this;
    if (!trace || selection.kind === 'none') return;
    const exchange = selection.kind === 'exchange' ? trace.exchange(selection.id) : undefined;
    this.#revealLane(exchange ? exchange.connection : selection.id);
    if (exchange && this.#camera.reveal(exchange.start, this.#endOf(exchange))) this.#stopFollowing();
    this.#changed();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.view')?.focus();
  }

  /** Something that shows has changed: the next frame needs a new scene. */
  #changed(): void {
    this.#scene = undefined;
    this.#stage?.request();
  }

  #draw(width: number, height: number): void {
    const { trace } = this;
    const stage = this.#stage;
    if (!trace || !stage) return;
    this.#theme ??= readTheme(getComputedStyle(document.documentElement), stage.context);
    this.#arrange(width, height, trace);
    const now = this.clock();
    if (!this.#scene) this.#camera.update(trace, now, this.following);
    this.#scene ??= this.#makeScene(trace, now, stage.context, this.#theme);
    paint({ context: stage.context, layout: this.#layout, theme: this.#theme, hatch: this.#hatch }, this.#scene, {
      pointer: this.#pointer,
      hoveredConnection: this.pointed?.connection,
      range: this.#range,
    });
    this.#label(this.canvas, trace);
    if (this.ticking && (this.#scene.alive || this.following)) this.#goOn();
  }

  /** The next frame of what goes on: when it has grown by half a pixel, and calmly where motion is not wanted. */
  #goOn(): void {
    this.#scene = undefined;
    const wait = this.#calm.matches ? 500 : Math.min(500, this.#camera.viewport.perPixel / 2);
    if (wait < 32) {
      this.#stage?.request();
      return;
    }
    window.clearTimeout(this.#later);
    this.#later = window.setTimeout(() => this.#changed(), wait);
  }

  #makeScene(trace: Trace, now: number, context: CanvasRenderingContext2D, theme: Theme): Scene {
    const { selection } = this;
    return sceneOf({
      trace,
      viewport: this.#camera.viewport,
      scroll: this.#scroll.position,
      height: this.#layout.height - this.#layout.lanesTop,
      laneHeight: this.#layout.laneHeight,
      slots: this.slots,
      now,
      selectedExchange: selection.kind === 'exchange' ? selection.id : undefined,
      selectedConnection: selection.kind === 'connection' ? selection.id : undefined,
      measure: (text) => this.#widths.of(context, theme.font, text),
    });
  }

  /** Brings zones and scroll height in line with the size and the number of lanes. */
  #arrange(width: number, height: number, trace: Trace): void {
    if (width !== this.#layout.width || height !== this.#layout.height) {
      this.#layout = layoutOf(width, height);
      this.#scene = undefined;
      const { titles, strip, axis, lanesTop } = this.#layout;
      this.numbers.style.width = `${titles - 1}px`;
      this.numbers.style.height = `${strip}px`;
      this.axis.style.top = `${strip}px`;
      this.axis.style.height = `${axis}px`;
      this.axis.style.left = `${titles}px`;
      this.scroller.style.top = `${lanesTop}px`;
    }
    // The bar of the scroll area lies over the right margin of the plot.
    const plot = width - this.#layout.titles - this.#scroll.bar;
    if (this.#camera.resize(plot)) this.#scene = undefined;
    const { laneHeight, lanesTop } = this.#layout;
    const tall = trace.lanes.length * laneHeight + 8;
    const atEnd = this.following ? laneHeight * 1.5 : undefined;
    if (this.#scroll.resize(tall, height - lanesTop, atEnd)) this.#scene = undefined;
  }

  #label(canvas: HTMLCanvasElement, trace: Trace): void {
    const lanes = String(trace.lanes.length);
    const exchanges = String(trace.store.exchanges.length);
    if (canvas.dataset['lanes'] !== lanes) canvas.dataset['lanes'] = lanes;
    if (canvas.dataset['exchanges'] !== exchanges) canvas.dataset['exchanges'] = exchanges;
  }

  #listen(view: HTMLElement): void {
    const plotX = (x: number): number => x - this.#layout.titles;
    listenForGestures(
      view,
      (x, y) => {
        if (y >= this.#layout.lanesTop && this.#scroll.onBar(x)) return undefined;
        return y < this.#layout.lanesTop && x > this.#layout.titles ? 'axis' : 'picture';
      },
      {
        pan: (dx, dy) => {
          this.#scroll.dragging = true;
          this.#scroll.by(dy);
          this.#pan(dx);
        },
        zoom: (x, factor) => this.#zoomAt(plotX(x), factor),
        scroll: (dy) => {
          if (dy < 0 && this.#scroll.position > 0) this.#stopFollowing();
          this.#scroll.by(dy);
        },
        range: (from, to, done) => this.#chooseRange(plotX(from), plotX(to), done),
        click: (x, y) => {
          view.focus();
          this.pointed = undefined;
          if (y >= this.#layout.lanesTop) this.#select(this.#hitAt(x, y).selection);
        },
        doubleClick: (x, y) => this.#zoomTo(this.#hitAt(x, y).selection),
        hover: (x, y) => this.#hover(x, y),
        leave: () => {
          this.#pointer = undefined;
          this.pointed = undefined;
          this.#stage?.request();
        },
      },
    );
    view.addEventListener('pointerup', () => (this.#scroll.dragging = false));
  }

  #pan(pixels: number): void {
    if (pixels < 0) this.#stopFollowing();
    else if (this.following) return;
    this.#camera.pan(pixels);
    this.#changed();
  }

  /** Who zooms with the pointer looks at what is under it: that stays, and the newest may go on without. */
  #zoomAt(x: number, factor: number): void {
    this.#stopFollowing();
    this.#camera.zoomAt(Math.max(0, x), factor);
    this.#changed();
  }

  /** By keys: around the selected request where it is in view, else the middle or, while following, the newest. */
  #zoom(factor: number): void {
    const at = this.#selectedX();
    if (at !== undefined) {
      this.#zoomAt(at, factor);
      return;
    }
    this.#camera.zoom(factor);
    this.#changed();
  }

  /** Where the middle of what can be seen of the selected request stands; undefined where none of it is in view. */
  #selectedX(): number | undefined {
    const exchange = this.selection.kind === 'exchange' ? this.trace?.exchange(this.selection.id) : undefined;
    if (!exchange) return undefined;
    const { viewport } = this.#camera;
    const from = Math.max(0, viewport.x(exchange.start));
    const to = Math.min(viewport.width, viewport.x(this.#endOf(exchange)));
    return from <= to ? (from + to) / 2 : undefined;
  }

  #chooseRange(from: number, to: number, done: boolean): void {
    this.#range = done ? undefined : { from, to };
    if (done && Math.abs(to - from) >= 4) {
      const { viewport } = this.#camera;
      this.#stopFollowing();
      this.#camera.show(viewport.time(Math.min(from, to)), viewport.time(Math.max(from, to)), 0);
    }
    this.#changed();
  }

  #zoomTo(selection: Selection): void {
    const exchange = selection.kind === 'exchange' ? this.trace?.exchange(selection.id) : undefined;
    if (!exchange) return;
    this.#stopFollowing();
    this.#camera.show(exchange.start, this.#endOf(exchange), 0.1);
    this.#changed();
  }

  #endOf(exchange: ExchangeRow): number {
    return Number.isNaN(exchange.end) ? this.clock() : exchange.start + exchange.end;
  }

  #stopFollowing(): void {
    if (!this.following) return;
    this.following = false;
    this.dispatchEvent(new CustomEvent('follow', { detail: false }));
  }

  #hover(x: number, y: number): void {
    const plotX = x - this.#layout.titles;
    this.#pointer = plotX >= 0 && plotX <= this.#camera.viewport.width ? plotX : undefined;
    const { selection, connection } = this.#hitAt(x, y);
    const exchange = selection.kind === 'exchange' ? selection.id : undefined;
    this.pointed = connection === undefined ? undefined : { exchange, connection, x, y };
    this.#stage?.request();
  }

  #hitAt(x: number, y: number): Hit {
    if (!this.trace) return { selection: nothingSelected, connection: undefined };
    return hitAt(x, y, {
      trace: this.trace,
      layout: this.#layout,
      viewport: this.#camera.viewport,
      scroll: this.#scroll.position,
      now: this.clock(),
    });
  }

  #select(selection: Selection): void {
    this.dispatchEvent(new CustomEvent<Selection>('select', { detail: selection }));
  }

  #revealLane(connection: number): void {
    const lane = this.trace?.lanes.laneOf(connection) ?? -1;
    if (lane < 0) return;
    const { laneHeight } = this.#layout;
    this.#scroll.reveal(lane * laneHeight, (lane + 1) * laneHeight);
  }

  #onKey(event: KeyboardEvent): void {
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    this.#act(action);
  }

  #act(action: KeyAction): void {
    const { width } = this.#camera.viewport;
    switch (action) {
      case 'panLeft':
        this.#pan(-width / 10);
        return;
      case 'panRight':
        this.#pan(width / 10);
        return;
      case 'zoomIn':
        this.#zoom(1 / 1.5);
        return;
      case 'zoomOut':
        this.#zoom(1.5);
        return;
      case 'fit':
        this.fit();
        return;
      case 'first':
      case 'laneUp':
      case 'laneDown':
      case 'previous':
      case 'next':
        this.#step(action);
        return;
      case 'newest':
        this.#scroll.toEnd();
        this.dispatchEvent(new CustomEvent('follow', { detail: true }));
        return;
      case 'inspect':
      case 'clear':
      case 'pause':
      case 'help':
        this.dispatchEvent(new CustomEvent<KeyAction>('act', { detail: action }));
        return;
      default:
        assertNever(action);
    }
  }

  #step(where: 'first' | 'laneUp' | 'laneDown' | 'previous' | 'next'): void {
    if (!this.trace) return;
    const to = neighbour(this.trace, this.selection, where);
    if (!to) return;
    this.#select(to);
    this.selection = to;
    this.reveal();
  }

  #speak(): void {
    const { trace, selection } = this;
    if (!trace) return;
    if (selection.kind === 'exchange') this.spoken = describeExchange(trace, selection.id);
    else if (selection.kind === 'connection') this.spoken = describeConnection(trace, selection.id);
    else this.spoken = '';
  }
}
