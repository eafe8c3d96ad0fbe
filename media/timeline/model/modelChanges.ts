import { concurrencyName, type ModelChange } from '../../../src/core/trace/concurrency';
import type { Viewport } from '../viewport';

/** An instant from which another concurrency model held. */
export interface ModelMark {
  readonly at: number;
  /** "processes × 4" */
  readonly name: string;
  /** It is not the change that is in view: the model held before. */
  readonly earlier: boolean;
}

/**
 * The changes within the window, and where there are some, what held before; the model that the server began with is no
 * change.
 */
export function modelMarksOf(models: readonly ModelChange[], viewport: Viewport): ModelMark[] {
  const marks: ModelMark[] = [];
  let before: string | undefined;
  let first: string | undefined;
  for (const { at, model, slots } of models) {
    const name = concurrencyName(model, slots);
    if (before !== undefined && name !== before && at >= viewport.start && at <= viewport.end) {
      first ??= before;
      marks.push({ at, name, earlier: false });
    }
    before = name;
  }
  return first === undefined ? marks : [{ at: viewport.start, name: first, earlier: true }, ...marks];
}

/** How many app calls could run at a time, in each pixel column. @param otherwise where nothing is known of it */
export function slotLimits(models: readonly ModelChange[], viewport: Viewport, otherwise: number): Int32Array {
  const limits = new Int32Array(Math.ceil(viewport.width));
  let next = 0;
  // What was before the first change is not known, but what it was then is the best guess.
  let slots = models[0]?.slots ?? otherwise;
  for (let column = 0; column < limits.length; column++) {
    const time = viewport.time(column + 0.5);
    for (let change = models[next]; change && change.at <= time; change = models[++next]) slots = change.slots;
    limits[column] = slots;
  }
  return limits;
}
