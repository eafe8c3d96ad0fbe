import { assertNever } from '../../../src/core/assertNever';
import type { ExchangeRow } from '../../../src/core/trace/columns';
import type { Layout } from '../draw/layout';
import { listenForGestures, type ClickKind } from '../gestures';
import { actionOf, type KeyAction } from '../keys';
import type { Arrangement } from '../model/arrangement';
import type { ChoiceChange } from '../model/choice';
import type { Camera } from '../model/camera';
import { neighbour } from '../model/neighbours';
import type { Trace } from '../model/trace';
import type { Selection } from '../selection';
import type { ScrollArea } from './scrollArea';

/** What the moves need of the picture, and what they ask of it. */
export interface NavigatedPicture {
  readonly trace: Trace | undefined;
  readonly layout: Layout;
  readonly arrangement: Arrangement | undefined;
  readonly selection: Selection;
  readonly following: boolean;
  clock(): number;
  /** What a click at a point selects. */
  selectionAt(x: number, y: number): Selection;
  /** Something that shows has changed. */
  changed(): void;
  select(selection: Selection): void;
  choose(change: ChoiceChange): void;
  follow(follow: boolean): void;
  /** A key asks for what others carry out. */
  act(action: KeyAction): void;
  /** The pointer was pressed and let go. */
  pressed(x: number, y: number, kind: ClickKind): void;
  /** Hides or shows the lanes of a group. */
  collapse(group: string, collapsed: boolean): void;
  hover(x: number, y: number): void;
  leave(): void;
}

/**
 * Turns pointer, wheel and keys into moves: of the camera in time, of the scroll area over the lanes, of the selection
 * from one request to the next. Who looks back, or zooms at the pointer, no longer follows the newest.
 */
export class Navigation {
  readonly camera: Camera;
  readonly scroll: ScrollArea;
  readonly #picture: NavigatedPicture;
  #range: { from: number; to: number } | undefined;

  /** @param view gets the pointer and the keys */
  constructor(view: HTMLElement, camera: Camera, scroll: ScrollArea, picture: NavigatedPicture) {
    this.camera = camera;
    this.scroll = scroll;
    this.#picture = picture;
    this.#listen(view);
  }

  /** A stretch of the axis that is being chosen, as x in the plot. */
  get range(): { readonly from: number; readonly to: number } | undefined {
    return this.#range;
  }

  /** Shows the whole trace. */
  fit(): void {
    const { trace } = this.#picture;
    if (trace) this.camera.fit(trace, this.#picture.clock());
    this.#picture.changed();
  }

  /** Back to the newest, in a window that suits the data. */
  followAnew(): void {
    this.camera.endFit();
    this.scroll.toEnd();
    this.#picture.changed();
  }

  /** Other lanes: from their top on, or with what is selected in view. */
  arrangedAnew(): void {
    this.scroll.toStart();
    const row = this.#picture.arrangement?.rowOf(this.#picture.selection);
    if (row) this.scroll.reveal(row.top, row.top + row.height);
  }

  #listen(view: HTMLElement): void {
    const plotX = (x: number): number => x - this.#picture.layout.titles;
    listenForGestures(
      view,
      (x, y) => {
        const { lanesTop, titles } = this.#picture.layout;
        if (y >= lanesTop && this.scroll.onBar(x)) return undefined;
        return y < lanesTop && x > titles ? 'axis' : 'picture';
      },
      {
        pan: (dx, dy) => {
          this.scroll.dragging = true;
          this.scroll.by(dy);
          this.#pan(dx);
        },
        zoom: (x, factor) => this.#zoomAt(plotX(x), factor),
        scroll: (dy) => {
          if (dy < 0 && this.scroll.position > 0) this.#stopFollowing();
          this.scroll.by(dy);
        },
        range: (from, to, done) => this.#chooseRange(plotX(from), plotX(to), done),
        click: (x, y, kind) => {
          view.focus();
          this.#picture.pressed(x, y, kind);
        },
        doubleClick: (x, y) => this.#zoomTo(this.#picture.selectionAt(x, y)),
        hover: (x, y) => this.#picture.hover(x, y),
        leave: () => this.#picture.leave(),
      },
    );
    view.addEventListener('pointerup', () => (this.scroll.dragging = false));
    view.addEventListener('keydown', (event) => {
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      this.#act(action);
    });
  }

  #pan(pixels: number): void {
    if (pixels < 0) this.#stopFollowing();
    else if (this.#picture.following) return;
    this.camera.pan(pixels);
    this.#picture.changed();
  }

  /** Who zooms with the pointer looks at what is under it: that stays, and the newest may go on without. */
  #zoomAt(x: number, factor: number): void {
    this.#stopFollowing();
    this.camera.zoomAt(Math.max(0, x), factor);
    this.#picture.changed();
  }

  /** By keys: around the selected request where it is in view, else the middle or, while following, the newest. */
  #zoom(factor: number): void {
    const at = this.#selectedX();
    if (at !== undefined) {
      this.#zoomAt(at, factor);
      return;
    }
    this.camera.zoom(factor);
    this.#picture.changed();
  }

  /** Where the middle of what can be seen of the selected request stands; undefined where none of it is in view. */
  #selectedX(): number | undefined {
    const exchange = this.#exchangeOf(this.#picture.selection);
    if (!exchange) return undefined;
    const { viewport } = this.camera;
    const from = Math.max(0, viewport.x(exchange.start));
    const to = Math.min(viewport.width, viewport.x(this.#endOf(exchange)));
    return from <= to ? (from + to) / 2 : undefined;
  }

  #chooseRange(from: number, to: number, done: boolean): void {
    this.#range = done ? undefined : { from, to };
    if (done && Math.abs(to - from) >= 4) {
      const { viewport } = this.camera;
      this.#stopFollowing();
      this.camera.show(viewport.time(Math.min(from, to)), viewport.time(Math.max(from, to)), 0);
    }
    this.#picture.changed();
  }

  #zoomTo(selection: Selection): void {
    const exchange = this.#exchangeOf(selection);
    if (!exchange) return;
    this.#stopFollowing();
    this.camera.show(exchange.start, this.#endOf(exchange), 0.1);
    this.#picture.changed();
  }

  #exchangeOf(selection: Selection): ExchangeRow | undefined {
    return selection.kind === 'exchange' ? this.#picture.trace?.exchange(selection.id) : undefined;
  }

  #endOf(exchange: ExchangeRow): number {
    return Number.isNaN(exchange.end) ? this.#picture.clock() : exchange.start + exchange.end;
  }

  #stopFollowing(): void {
    if (this.#picture.following) this.#picture.follow(false);
  }

  #act(action: KeyAction): void {
    const { width } = this.camera.viewport;
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
        this.scroll.toEnd();
        this.#picture.follow(true);
        return;
      case 'collapse':
        this.#toggleGroup();
        return;
      case 'choose':
        if (this.#picture.selection.kind === 'exchange')
          this.#picture.choose({ kind: 'toggle', id: this.#picture.selection.id });
        return;
      case 'chooseAll': {
        const { start, end } = this.camera.viewport;
        this.#picture.choose({ kind: 'stretch', from: start, to: end });
        return;
      }
      case 'runAgain':
      case 'replay':
      case 'edit':
      case 'compare':
      case 'pin':
      case 'group':
      case 'filter':
      case 'inspect':
      case 'clear':
      case 'pause':
      case 'help':
        this.#picture.act(action);
        return;
      default:
        assertNever(action);
    }
  }

  #step(where: 'first' | 'laneUp' | 'laneDown' | 'previous' | 'next'): void {
    const { trace, arrangement, selection } = this.#picture;
    const to = trace && arrangement && neighbour(trace, arrangement, selection, where);
    if (!to) return;
    this.#picture.select(to);
    this.#reveal(to);
  }

  #toggleGroup(): void {
    const { arrangement, selection } = this.#picture;
    const row = arrangement?.rowOf(selection);
    const group = arrangement?.groupOf(selection);
    if (row && group && group.key !== '') this.#picture.collapse(group.key, row.kind === 'lane');
  }

  /** Scrolls and pans so that it is in view. */
  #reveal(selection: Selection): void {
    const row = this.#picture.arrangement?.rowOf(selection);
    if (row?.kind === 'header') this.#picture.collapse(row.group.key, false);
    const lane = this.#picture.arrangement?.rowOf(selection);
    if (lane) this.scroll.reveal(lane.top, lane.top + lane.height);
    const exchange = this.#exchangeOf(selection);
    if (exchange && this.camera.reveal(exchange.start, this.#endOf(exchange))) this.#stopFollowing();
    this.#picture.changed();
  }
}
