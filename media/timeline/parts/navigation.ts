import { assertNever } from '../../../src/core/assertNever';
import type { Hit } from '../draw/hit';
import type { Layout } from '../draw/layout';
import { listenForGestures, type ClickKind } from '../gestures';
import { actionOf, type KeyAction } from '../keys';
import type { Arrangement } from '../model/arrangement';
import type { ChoiceChange } from '../model/choice';
import type { Camera } from '../model/camera';
import { extentOf } from '../model/extent';
import { neighbour } from '../model/neighbours';
import type { Stretch } from '../model/stretch';
import type { Trace } from '../model/trace';
import { ViewHistory, type Stand } from '../model/viewHistory';
import type { Selection } from '../selection';
import { Measurer, type MeasuredPicture } from './measurer';
import type { ScrollArea } from './scrollArea';

/** What the moves need of the picture, and what they ask of it. */
export interface NavigatedPicture extends MeasuredPicture {
  readonly trace: Trace | undefined;
  readonly layout: Layout;
  readonly arrangement: Arrangement | undefined;
  readonly selection: Selection;
  readonly following: boolean;
  clock(): number;
  hitAt(x: number, y: number): Hit;
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
 * from one request to the next. Who looks back, or zooms at the pointer, no longer follows the newest. Every place that
 * the picture was moved away from can be gone back to.
 */
export class Navigation {
  readonly camera: Camera;
  readonly scroll: ScrollArea;
  readonly #picture: NavigatedPicture;
  readonly #history = new ViewHistory();
  readonly #measurer: Measurer;
  #range: { from: number; to: number } | undefined;

  /** @param view gets the pointer and the keys */
  constructor(view: HTMLElement, camera: Camera, scroll: ScrollArea, picture: NavigatedPicture) {
    this.camera = camera;
    this.scroll = scroll;
    this.#picture = picture;
    this.#measurer = new Measurer(picture);
    this.#listen(view);
  }

  /** A stretch of the axis that is being chosen, as x in the plot. */
  get range(): { readonly from: number; readonly to: number } | undefined {
    return this.#range;
  }

  /** Shows the whole trace. */
  fit(): void {
    this.#leave();
    const { trace } = this.#picture;
    if (trace) this.camera.fit(trace, this.#picture.clock());
    this.#picture.changed();
  }

  /** Shows a stretch of time, which others may move on with every step of a gesture. */
  show({ from, to }: Pick<Stretch, 'from' | 'to'>, gesture: string): void {
    this.#leave(gesture);
    this.#stopFollowing();
    this.camera.show(from, to, 0);
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
    this.revealRow();
  }

  /** Scrolls to the lane of what is selected. */
  revealRow(): void {
    const row = this.#picture.arrangement?.rowOf(this.#picture.selection);
    if (row) this.scroll.reveal(row.top, row.top + row.height);
  }

  /** What is measured fills the picture; else what is selected. */
  zoomTo(): void {
    const { stretch } = this.#measurer;
    if (stretch) this.#zoomToStretch(stretch);
    else this.#zoomToSelection(this.#picture.selection);
  }

  /** @returns whether anything was measured */
  endMeasuring(): boolean {
    return this.#measurer.end();
  }

  #listen(view: HTMLElement): void {
    const plotX = (x: number): number => x - this.#picture.layout.titles;
    const timeAt = (x: number): number => this.#picture.viewport.time(plotX(x));
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
        measure: (from, to, done) => this.#measurer.drag(timeAt(from), timeAt(to), done),
        click: (x, y, kind) => {
          view.focus();
          this.#picture.pressed(x, y, kind);
        },
        doubleClick: (x, y) => {
          const { stretch } = this.#measurer;
          const { selection } = this.#picture.hitAt(x, y);
          if (stretch && liesIn(stretch, timeAt(x))) this.#zoomToStretch(stretch);
          else if (selection.kind === 'exchange') this.#zoomToSelection(selection);
        },
        hover: (x, y) => {
          this.#measurer.point(timeAt(x));
          this.#picture.hover(x, y);
        },
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

  get #stand(): Stand {
    return { viewport: this.camera.viewport, following: this.#picture.following };
  }

  /** The picture is about to be moved. @param gesture what goes on in steps; nothing where it is one move */
  #leave(gesture = ''): void {
    this.#history.leave(this.#stand, gesture, performance.now());
  }

  #back(): void {
    const stand = this.#history.back(this.#stand);
    if (!stand) return;
    this.camera.show(stand.viewport.start, stand.viewport.end, 0);
    if (stand.following !== this.#picture.following) this.#picture.follow(stand.following);
    this.#picture.changed();
  }

  #pan(pixels: number): void {
    if (pixels > 0 && this.#picture.following) return;
    this.#leave('pan');
    if (pixels < 0) this.#stopFollowing();
    this.camera.pan(pixels);
    this.#picture.changed();
  }

  /** Who zooms with the pointer looks at what is under it: that stays, and the newest may go on without. */
  #zoomAt(x: number, factor: number): void {
    this.#leave('zoom');
    this.#stopFollowing();
    const { camera } = this;
    camera.zoomAt(camera.viewport.x(this.#picture.viewport.time(Math.max(0, x))), factor);
    this.#picture.changed();
  }

  /** By keys: around the selected request where it is in view, else the middle or, while following, the newest. */
  #zoom(factor: number): void {
    const at = this.#selectedX();
    if (at !== undefined) {
      this.#zoomAt(at, factor);
      return;
    }
    this.#leave('zoom');
    this.camera.zoom(factor);
    this.#picture.changed();
  }

  /** Where the middle of what can be seen of the selected request stands; undefined where none of it is in view. */
  #selectedX(): number | undefined {
    const { viewport, selection } = this.#picture;
    const extent = selection.kind === 'exchange' ? this.#extentOf(selection) : undefined;
    if (!extent) return undefined;
    const from = Math.max(0, viewport.x(extent[0]));
    const to = Math.min(viewport.width, viewport.x(extent[1]));
    return from <= to ? (from + to) / 2 : undefined;
  }

  #chooseRange(from: number, to: number, done: boolean): void {
    this.#range = done ? undefined : { from, to };
    const { viewport } = this.#picture;
    if (done && Math.abs(to - from) >= leastDrag)
      this.show({ from: viewport.time(Math.min(from, to)), to: viewport.time(Math.max(from, to)) }, '');
    this.#picture.changed();
  }

  #zoomToStretch({ from, to }: Stretch): void {
    this.show({ from: Math.min(from, to), to: Math.max(from, to) }, '');
  }

  /** With a margin, so that one sees where it begins and ends. */
  #zoomToSelection(selection: Selection): void {
    const [from, to] = this.#extentOf(selection) ?? [NaN, NaN];
    if (!(from <= to)) return;
    this.#leave();
    this.#stopFollowing();
    this.camera.show(from, to, 0.1);
    this.#picture.changed();
  }

  #extentOf(selection: Selection): [number, number] | undefined {
    return extentOf(this.#picture.trace, selection, this.#picture.clock());
  }

  /** A key may come before the first frame: it moves on from where that would have stood. */
  #place(): void {
    const { trace } = this.#picture;
    if (trace) this.camera.update(trace, this.#picture.clock(), false);
  }

  #stopFollowing(): void {
    if (this.#picture.following) this.#picture.follow(false);
  }

  /** While something is measured by keys, they move its end. */
  #sideways(share: number): void {
    const { viewport } = this.#picture;
    const end = this.#measurer.step(share);
    if (end === undefined || end < viewport.start || end > viewport.end) this.#pan(share * viewport.width);
  }

  #act(action: KeyAction): void {
    this.#place();
    switch (action) {
      case 'panLeft':
        this.#sideways(-0.1);
        return;
      case 'panRight':
        this.#sideways(0.1);
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
      case 'zoomTo':
        this.zoomTo();
        return;
      case 'back':
        this.#back();
        return;
      case 'measure':
        this.#measurer.press(this.#extentOf(this.#picture.selection));
        return;
      case 'first':
      case 'laneUp':
      case 'laneDown':
      case 'previous':
      case 'next':
        this.#step(action);
        return;
      case 'newest':
        this.#leave();
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
      case 'clear':
        if (!this.endMeasuring()) this.#picture.act(action);
        return;
      case 'runAgain':
      case 'replay':
      case 'edit':
      case 'compare':
      case 'pin':
      case 'group':
      case 'filter':
      case 'table':
      case 'inspect':
      case 'scale':
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
    this.#measurer.reach(this.#extentOf(to));
    this.reveal(to);
  }

  #toggleGroup(): void {
    const { arrangement, selection } = this.#picture;
    const row = arrangement?.rowOf(selection);
    const group = arrangement?.groupOf(selection);
    if (row && group && group.key !== '') this.#picture.collapse(group.key, row.kind === 'lane');
  }

  /** Scrolls and pans so that it is in view. */
  reveal(selection: Selection): void {
    const row = this.#picture.arrangement?.rowOf(selection);
    if (row?.kind === 'header') this.#picture.collapse(row.group.key, false);
    const lane = this.#picture.arrangement?.rowOf(selection);
    if (lane) this.scroll.reveal(lane.top, lane.top + lane.height);
    const extent = selection.kind === 'exchange' ? this.#extentOf(selection) : undefined;
    const stand = this.#stand;
    if (extent && this.camera.reveal(...extent)) {
      this.#history.leave(stand, 'step', performance.now());
      this.#stopFollowing();
    }
    this.#picture.changed();
  }
}

/** Pixels; a shorter drag chooses nothing. */
const leastDrag = 4;

function liesIn({ from, to }: Stretch, time: number): boolean {
  return time >= Math.min(from, to) && time <= Math.max(from, to);
}
