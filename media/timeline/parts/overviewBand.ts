import { LitElement, html, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { counted, duration, instant } from '../format';
import type { OverviewColumns } from '../model/overview';
import { areaPath, grouped, linePath, marksPath } from '../model/overviewPaths';
import {
  draggedWindow,
  leastSpan,
  steppedWindow,
  type Grip,
  type Recording,
  type TimeWindow,
} from '../model/overviewWindow';
import type { Trace } from '../model/trace';
import type { Viewport } from '../viewport';
import { overviewStyles } from './overviewStyles';
import { baseStyles } from './styles';

/** Height of the drawing, in pixels. */
const tall = 26;
/** Of the window's frame, so that it can be seen and gripped. */
const leastFrame = 8;
/** ms between two drawings while the recording grows; the window moves with every frame. */
const redrawEvery = 100;
/** More exchanges in progress than these change nothing that could be seen. */
const mostOpen = 2000;

/** Where the picture stands, as the overview needs it. */
export interface OverviewStand {
  readonly viewport: Viewport;
  readonly now: number;
  /** Width of the column of titles. */
  readonly titles: number;
}

/**
 * The whole recording above the picture: what was in flight, the part of it that waited for a slot, how long the longest
 * took, and where requests failed. A frame shows which stretch the picture has, and moves it.
 *
 * Events: `show` with a `TimeWindow`, `fit`.
 */
@customElement('lifeline-overview')
export class OverviewBand extends LitElement {
  static override styles = [baseStyles, overviewStyles];

  @property({ attribute: false }) trace: Trace | undefined;

  @query('.map') private map!: HTMLElement;
  @query('.frame') private frame!: HTMLElement;
  @query('.edge.from') private fromEdge!: HTMLElement;
  @query('.edge.to') private toEdge!: HTMLElement;
  @query('.span') private span!: HTMLElement;
  @query('.count') private count!: HTMLElement;
  @query('.in-flight') private inFlight!: SVGPathElement;
  @query('.waiting') private waiting!: SVGPathElement;
  @query('.longest') private longest!: SVGPathElement;
  @query('.failed') private failed!: SVGPathElement;
  @query('svg') private drawing!: SVGElement;

  #stand: OverviewStand | undefined;
  #recording: Recording = { from: 0, to: 1 };
  #drawn = '';
  #drawnAt = -Infinity;
  #later: number | undefined;
  #drag: { grip: Grip; x: number; window: TimeWindow; moved: boolean } | undefined;

  override render(): TemplateResult {
    const slider = (grip: Grip, name: string, className: string): TemplateResult =>
      html`<div
        class=${className}
        role="slider"
        tabindex="0"
        aria-label=${name}
        aria-orientation="horizontal"
        @keydown=${(event: KeyboardEvent) => this.#onKey(event, grip)}
      ></div>`;
    return html`
      <div class="caption">
        <span class="word">Recording </span><span class="span dim"></span><span class="count dim"></span>
      </div>
      <div
        class="map"
        role="group"
        aria-label="Overview of the recording"
        title="The whole recording. Drag the frame or its edges; double click to show all."
        @pointerdown=${(event: PointerEvent) => this.#press(event)}
        @pointermove=${(event: PointerEvent) => this.#move(event)}
        @pointerup=${() => (this.#drag = undefined)}
        @pointercancel=${() => (this.#drag = undefined)}
        @dblclick=${() => this.dispatchEvent(new CustomEvent('fit'))}
      >
        <svg aria-hidden="true" preserveAspectRatio="none" height=${tall}>
          ${svg`<defs>
            <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect class="faint" width="5" height="5"></rect><rect class="stripe" width="2.2" height="5"></rect>
            </pattern>
          </defs>
          <path class="in-flight"></path>
          <path class="waiting" fill="url(#hatch)"></path>
          <path class="longest"></path>
          <path class="failed"></path>`}
        </svg>
        ${slider('window', 'Stretch of time in view', 'frame')}
        ${slider('from', 'Begin of the stretch in view', 'edge from')}
        ${slider('to', 'End of the stretch in view', 'edge to')}
      </div>
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#later);
  }

  /** To be called with every frame of the picture. */
  place(stand: OverviewStand): void {
    const { trace } = this;
    if (!trace || !this.hasUpdated || Number.isNaN(trace.first)) return;
    this.#stand = stand;
    const to = trace.open.size > 0 ? Math.max(trace.newest, stand.now) : trace.newest;
    this.#recording = { from: trace.first, to: Math.max(to, trace.first + leastSpan) };
    this.style.setProperty('--titles', `${stand.titles}px`);
    this.style.setProperty('--plot', `${stand.viewport.width}px`);
    this.#placeFrame(stand.viewport);
    this.#redraw(trace, stand);
  }

  #placeFrame({ start, end, width: plot }: Viewport): void {
    const { from, to } = this.#recording;
    const x = (time: number): number => Math.min(plot, Math.max(0, ((time - from) / (to - from)) * plot));
    const middle = Math.min(plot - leastFrame / 2, Math.max(leastFrame / 2, (x(start) + x(end)) / 2));
    const left = Math.min(x(start), middle - leastFrame / 2);
    const right = Math.max(x(end), middle + leastFrame / 2);
    this.frame.style.transform = `translateX(${left}px)`;
    this.frame.style.width = `${right - left}px`;
    this.fromEdge.style.transform = `translateX(${left}px)`;
    this.toEdge.style.transform = `translateX(${right}px)`;
    tell(
      this.frame,
      this.#recording,
      (start + end) / 2,
      `${instant(start)} to ${instant(end)}, ${duration(end - start)}`,
    );
    tell(this.fromEdge, this.#recording, start, instant(start));
    tell(this.toEdge, this.#recording, end, instant(end));
  }

  /** At once where it stands still; while it grows, now and then. */
  #redraw(trace: Trace, { viewport, now }: OverviewStand): void {
    const plot = viewport.width;
    const { from, to } = this.#recording;
    const wanted = `${trace.store.version} ${plot} ${from} ${to} ${trace.open.size}`;
    if (wanted === this.#drawn) return;
    const wait = this.#drawnAt + redrawEvery - performance.now();
    if (wait > 0) {
      this.#later ??= window.setTimeout(() => {
        this.#later = undefined;
        if (this.trace && this.#stand) this.#redraw(this.trace, this.#stand);
      }, wait);
      return;
    }
    this.#drawn = wanted;
    this.#drawnAt = performance.now();
    const columns = trace.overview.columns(from, to, Math.max(1, Math.floor(plot)), startsOfOpen(trace), now);
    this.#draw(columns, plot);
    this.span.textContent = duration(to - from);
    this.count.textContent = ` · ${counted(trace.store.exchanges.length, 'request')}`;
  }

  #draw({ begun, inFlight, waiting, longest, failed }: OverviewColumns, plot: number): void {
    const most = inFlight.reduce((a, b) => Math.max(a, b), 1);
    // The root, so that a single request beside a burst of hundreds can be seen.
    const height = (load: number): number => Math.sqrt(load / most) * (tall - 4);
    const loads = inFlight.map((load, column) =>
      load > 0 || (begun[column] ?? 0) > 0 ? Math.max(2, height(load)) : 0,
    );
    const waits = waiting.map((load, column) =>
      load > 0 ? Math.max(1, ((loads[column] ?? 0) * load) / Math.max(load, inFlight[column] ?? 0)) : 0,
    );
    const longestOfAll = longest.reduce((a, b) => Math.max(a, b), 0);
    const logarithm = (ms: number): number => Math.log2(1 + ms * 10);
    const tops = longest.map((ms) => (ms > 0 ? (logarithm(ms) / logarithm(longestOfAll)) * (tall - 4) : 0));
    this.drawing.setAttribute('width', String(plot));
    this.drawing.setAttribute('viewBox', `0 0 ${plot} ${tall}`);
    this.inFlight.setAttribute('d', areaPath(loads, tall));
    this.waiting.setAttribute('d', areaPath(waits, tall, loads));
    this.longest.setAttribute('d', linePath(grouped(tops, 3), tall));
    this.failed.setAttribute('d', marksPath(failed, tall));
  }

  #press(event: PointerEvent): void {
    const stand = this.#stand;
    if (event.button !== 0 || !stand) return;
    const grip = this.#gripOf(event.target);
    const { start, end, span } = stand.viewport;
    let shown: TimeWindow = { from: start, to: end };
    if (grip === undefined) {
      const at = this.#timeAt(event.clientX);
      shown = { from: at - span / 2, to: at + span / 2 };
      this.#show(shown);
    }
    this.map.setPointerCapture(event.pointerId);
    this.#drag = { grip: grip ?? 'window', x: event.clientX, window: shown, moved: false };
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || !this.#stand) return;
    const pixels = event.clientX - drag.x;
    if (!drag.moved && Math.abs(pixels) < 2) return;
    drag.moved = true;
    const { from, to } = this.#recording;
    this.#show(
      draggedWindow(drag.window, drag.grip, (pixels * (to - from)) / this.#stand.viewport.width, this.#recording),
    );
  }

  #gripOf(target: EventTarget | null): Grip | undefined {
    if (target === this.frame) return 'window';
    if (target === this.fromEdge) return 'from';
    return target === this.toEdge ? 'to' : undefined;
  }

  #timeAt(clientX: number): number {
    const { from, to } = this.#recording;
    const box = this.map.getBoundingClientRect();
    return from + ((clientX - box.left) / Math.max(1, box.width)) * (to - from);
  }

  #onKey(event: KeyboardEvent, grip: Grip): void {
    const stand = this.#stand;
    if (!stand || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('fit'));
    else {
      const { start, end } = stand.viewport;
      const next = steppedWindow({ from: start, to: end }, grip, event.key, this.#recording);
      if (!next) return;
      this.#show(next);
    }
    event.preventDefault();
  }

  #show(detail: TimeWindow): void {
    this.dispatchEvent(new CustomEvent<TimeWindow>('show', { detail }));
  }
}

function tell(slider: HTMLElement, { from, to }: Recording, value: number, text: string): void {
  const told = {
    'aria-valuemin': from.toFixed(3),
    'aria-valuemax': to.toFixed(3),
    'aria-valuenow': Math.min(to, Math.max(from, value)).toFixed(3),
    'aria-valuetext': text,
  };
  for (const [name, wanted] of Object.entries(told)) {
    if (slider.getAttribute(name) !== wanted) slider.setAttribute(name, wanted);
  }
}

function* startsOfOpen(trace: Trace): Generator<number> {
  const { exchanges } = trace.store;
  let left = mostOpen;
  for (const id of trace.open) {
    if (left-- <= 0) return;
    const row = exchanges.rowOf(id);
    if (row >= 0) yield exchanges.columns.start[row] ?? NaN;
  }
}
