import type { Arrangement } from '../model/arrangement';
import type { BlockedBy } from '../model/blockedBy';
import { modelMarksOf, type ModelMark } from '../model/modelChanges';
import type { StripTrack } from '../model/stripTracks';
import type { Selection } from '../selection';
import { ticksOf, type Ticks } from '../ticks';
import type { Viewport } from '../viewport';
import { arrowsOf, type Arrows } from './arrows';
import { laneScene, type LaneInput, type LaneScene } from './laneScene';
import type { Budget } from './lanePieces';
import { pinMarksOf, type PinMark } from './pinMarks';
import { stripOf, type Strip } from './strip';

/**
 * Everything that one frame shows, as plain data in pixels: made from the trace and the viewport, painted as it is.
 * Only visible lanes and, in them, only visible exchanges are looked at; what is below a pixel is merged.
 */
export interface Scene {
  readonly viewport: Viewport;
  readonly ticks: Ticks;
  readonly strip: Strip;
  readonly lanes: readonly LaneScene[];
  readonly headers: readonly HeaderScene[];
  /** From what is selected to who held it up. */
  readonly arrows: Arrows;
  readonly pins: readonly PinMark[];
  /** Where the concurrency model changed. */
  readonly models: readonly ModelMark[];
  /** Something in view goes on, so that the next frame will differ. */
  readonly alive: boolean;
  readonly notToScale: boolean;
  /** It shows something as it was before: the next frame will differ in any case. */
  readonly unfinished: boolean;
  readonly now: number;
}

/** Stands over the lanes of a group, and can hide them. */
export interface HeaderScene {
  readonly key: string;
  /** From the top of the lanes' zone. */
  readonly top: number;
  readonly height: number;
  readonly title: string;
  /** What its lanes come to, from the longest wording to the shortest. */
  readonly sums: readonly string[];
  readonly collapsed: boolean;
  /** What is selected stands in a lane that it hides. */
  readonly selected: boolean;
}

export interface SceneInput extends LaneInput {
  readonly arrangement: Arrangement;
  /** Pixels of lanes above the visible ones, and the height in which lanes show. */
  readonly scroll: number;
  readonly height: number;
  /** Most app calls at a time where the trace does not say. */
  readonly slots: number;
  readonly tracks: readonly StripTrack[];
  readonly selection: Selection;
  /** Who held it up. */
  readonly blockedBy: BlockedBy;
  /** Exchanges that are pinned. */
  readonly pinned?: readonly number[];
}

/** Beyond this many rectangles, further bars are drawn as one block each. */
const mostPieces = 10_000;

/** So many exchanges are counted anew for one frame: ten milliseconds. */
const mostRecounts = 60_000;

export function sceneOf(input: SceneInput): Scene {
  const { trace, viewport, arrangement, scroll, selection } = input;
  const selected = arrangement.rowOf(selection)?.key;
  const budget: Budget = { pieces: mostPieces, alive: false, recounts: mostRecounts, unfinished: false };
  const lanes: LaneScene[] = [];
  const headers: HeaderScene[] = [];
  for (const row of arrangement.rows(scroll, scroll + input.height)) {
    const top = row.top - scroll;
    if (row.kind === 'lane') {
      lanes.push(laneScene(input, row, top, row.key === selected, budget));
    } else {
      const { key, height, group, collapsed } = row;
      headers.push({ key, top, height, title: group.title, sums: group.sums(), collapsed, selected: key === selected });
    }
  }
  return {
    viewport,
    ticks: ticksOf(viewport),
    strip: stripOf(trace, input.tracks, viewport, input.slots, input.now),
    lanes,
    headers,
    arrows: arrowsOf(input),
    pins: pinMarksOf(input, input.pinned ?? []),
    models: modelMarksOf(trace.store.models, viewport),
    alive: budget.alive,
    notToScale: input.notToScale,
    unfinished: budget.unfinished,
    now: input.now,
  };
}
