/**
 * Where the words of a lane go: into their bar if they fit, else into the free space after it, else nowhere. They
 * never stand over another label, over a bar or over a mark.
 */
export interface LabelRequest {
  /** From the longest wording to the shortest that still says something; asked for only where there is room. */
  readonly texts: () => readonly string[];
  /** What stands in the bar where none of these finds room, the shortest aside. */
  readonly brief?: () => readonly string[];
  /** The part of the bar that can carry words; undefined where none can. */
  readonly inside: Stretch | undefined;
  /** Right end of the bar with all its marks, where free space begins. */
  readonly after: number;
  /** Where free space ends: the next bar or mark. */
  readonly limit: number;
  /** Words fit into the bar or nowhere. */
  readonly insideOnly?: boolean;
  /** Text that must stand after the bar whatever else fits: how the connection closed. */
  readonly mark?: string;
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Label {
  /** Index of the request. */
  readonly of: number;
  readonly text: string;
  readonly x: number;
  readonly width: number;
  /** Above the bar, and on a phase, where the picture is not to scale. */
  readonly where: 'inside' | 'after' | 'mark' | 'above' | 'phase';
}

const insideMargin = 6;
const afterMargin = 7;
/** Below this no wording fits. */
const leastRoom = 12;

/**
 * @param requests bars of one lane in order of time
 * @param right where the plot ends
 * @param measure width of a text in pixels
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  right: number,
  measure: (text: string) => number,
): Label[] {
  const labels: Label[] = [];
  let free = 0;
  requests.forEach((request, of) => {
    let cursor = Math.max(request.after, free);
    const limit = Math.min(right, request.limit);
    // What lies left of the plot has nothing to name in it.
    if (request.mark && request.after >= 0) {
      const width = measure(request.mark);
      if (cursor + afterMargin + width <= limit) {
        labels.push({ of, text: request.mark, x: cursor + afterMargin, width, where: 'mark' });
        cursor += afterMargin + width;
        free = cursor;
      }
    }
    const after = { from: cursor + afterMargin, to: limit - afterMargin };
    const placed = place(request, after, right, measure);
    if (!placed) return;
    labels.push({ of, ...placed });
    if (placed.where === 'after') free = placed.x + placed.width;
  });
  return labels;
}

/** Inside with path and status, else after the bar, else inside what fits: a path or a status alone says little. */
function place(
  request: LabelRequest,
  after: Stretch,
  right: number,
  measure: (text: string) => number,
): Omit<Label, 'of'> | undefined {
  const from = Math.max(0, request.inside?.from ?? 0) + insideMargin;
  const roomInside = request.inside ? Math.min(right, request.inside.to) - insideMargin - from : 0;
  const roomAfter = request.insideOnly === true || request.after < 0 ? 0 : after.to - after.from;
  if (Math.max(roomInside, roomAfter) < leastRoom) return undefined;
  const texts = request.texts();
  const fitting = (room: number, some: readonly string[]): { text: string; width: number } | undefined =>
    some.map((text) => ({ text, width: measure(text) })).find(({ width }) => width <= room);
  const telling = texts.length > 1 ? texts.slice(0, -1) : texts;
  const inside = fitting(roomInside, telling);
  if (inside) return { ...inside, x: from, where: 'inside' };
  const outside = fitting(roomAfter, texts);
  if (outside) return { ...outside, x: after.from, where: 'after' };
  const shortest = fitting(roomInside, [...(request.brief?.() ?? []), ...texts.slice(-1)]);
  return shortest && { ...shortest, x: from, where: 'inside' };
}
