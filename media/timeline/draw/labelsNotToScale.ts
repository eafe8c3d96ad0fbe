import type { Trace } from '../model/trace';
import type { LabelRequest } from './labels';
import { labelOf, type BarScene } from './lanePieces';
import type { PaintedLabel } from './laneScene';

/** Where words go in a lane that is not to scale: durations on their phases, what the request is above its bar. */

/** Of a lane's labels those that are left: how the connection closed. */
export function marksOnly(requests: readonly LabelRequest[]): LabelRequest[] {
  return requests.map(({ after, limit, mark }) => ({
    texts: () => [],
    inside: undefined,
    after,
    limit,
    ...(mark === undefined ? {} : { mark }),
  }));
}

/** @param right where the plot ends */
export function labelsAbove(
  trace: Trace,
  bars: readonly BarScene[],
  right: number,
  barHeight: number,
  measure: (text: string) => number,
): PaintedLabel[] {
  let free = 0;
  return bars.flatMap((scene, of) => {
    const x = Math.max(free, scene.bar.from);
    const room = Math.min(right, bars[of + 1]?.bar.from ?? Infinity) - apart - x;
    const fits = (text: string): boolean => measure(text) <= room;
    const text = labelOf(trace, scene).texts().find(fits);
    if (text === undefined || scene.bar.to < 0) return [];
    const width = measure(text);
    free = x + width + apart;
    const { tone, matches } = scene.bar;
    const shift = -barHeight / 2 - 11;
    return [{ of, text, x, width, where: 'above', tone, dim: matches === 0, on: undefined, shift }];
  });
}

/** Where bars lie over each other, as pipelined requests do, the words of the first stand. */
export function labelsOnPhases(bars: readonly BarScene[]): PaintedLabel[] {
  let free = -Infinity;
  return bars.flatMap(({ phases, bar }, of) =>
    phases.flatMap((label): PaintedLabel[] => {
      if (label.x < free) return [];
      free = label.x + label.width;
      return [{ ...label, of, where: 'phase', tone: 'plain', dim: bar.matches === 0 }];
    }),
  );
}

const apart = 8;
