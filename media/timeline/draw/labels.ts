/**
 * Where the words of a lane go: into their bar if they fit, else into the free space after it, else nowhere. They
 * never stand over another label, over a bar or over a mark.
 */
export interface LabelRequest {
  /** From the longest wording to the shortest that still says something; asked for only where there is room. */
  readonly texts: () => readonly string[];
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
  readonly where: 'inside' | 'after' | 'mark';
}

const insideMargin = 6;
const afterMargin = 7;

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
    if (request.mark) {
      const width = measure(request.mark);
      if (cursor + afterMargin + width <= limit) {
        labels.push({ of, text: request.mark, x: cursor + afterMargin, width, where: 'mark' });
        cursor += afterMargin + width;
        free = cursor;
      }
    }
    if (request.inside) {
      const from = Math.max(0, request.inside.from) + insideMargin;
      const room = Math.min(right, request.inside.to) - insideMargin - from;
      const fit = longestFit(request.texts, room, measure);
      if (fit) {
        labels.push({ of, ...fit, x: from, where: 'inside' });
        return;
      }
    }
    const x = cursor + afterMargin;
    if (request.after < 0 || request.insideOnly === true) return;
    const fit = longestFit(request.texts, limit - afterMargin - x, measure);
    if (!fit) return;
    labels.push({ of, ...fit, x, where: 'after' });
    free = x + fit.width;
  });
  return labels;
}

function longestFit(
  texts: () => readonly string[],
  room: number,
  measure: (text: string) => number,
): { text: string; width: number } | undefined {
  if (room < 12) return undefined;
  for (const text of texts()) {
    const width = measure(text);
    if (width <= room) return { text, width };
  }
  return undefined;
}
