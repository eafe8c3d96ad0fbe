/** Columns of the overview as paths of SVG: neighbours of the same height are one step. */

type Heights = ArrayLike<number>;

/** The area of each column, standing on the bottom, or hanging from the top of other columns. */
export function areaPath(heights: Heights, bottom: number, hangsFrom?: Heights): string {
  const parts: string[] = [];
  for (const { from, to } of runs(heights, hangsFrom)) {
    const height = heights[from] ?? 0;
    if (height <= 0) continue;
    const top = bottom - (hangsFrom ? (hangsFrom[from] ?? 0) : height);
    parts.push(`M${from} ${rounded(top)}h${to - from}v${rounded(height)}h${from - to}z`);
  }
  return parts.join('');
}

/** The upper edge of the columns; nothing where a column has no height. */
export function linePath(heights: Heights, bottom: number): string {
  const parts: string[] = [];
  let drawing = false;
  for (const { from, to } of runs(heights)) {
    const height = heights[from] ?? 0;
    if (height > 0)
      parts.push(drawing ? `V${rounded(bottom - height)}H${to}` : `M${from} ${rounded(bottom - height)}H${to}`);
    drawing = height > 0;
  }
  return parts.join('');
}

/** Each column as high as the highest of the few that it stands with: a single one could hardly be seen. */
export function grouped(heights: Heights, size: number): Float64Array {
  const groups = new Float64Array(heights.length);
  for (let from = 0; from < heights.length; from += size) {
    const to = Math.min(heights.length, from + size);
    let highest = 0;
    for (let column = from; column < to; column++) highest = Math.max(highest, heights[column] ?? 0);
    groups.fill(highest, from, to);
  }
  return groups;
}

/** A mark of two pixels along the bottom wherever there is something. */
export function marksPath(counts: Heights, bottom: number): string {
  const parts: string[] = [];
  let free = 0;
  for (let column = 0; column < counts.length; column++) {
    if ((counts[column] ?? 0) === 0 || column < free) continue;
    parts.push(`M${column} ${bottom - 5}h2v5h-2z`);
    free = column + 2;
  }
  return parts.join('');
}

/** Stretches of columns that are all the same. */
function* runs(heights: Heights, others?: Heights): Generator<{ from: number; to: number }> {
  let from = 0;
  for (let column = 1; column <= heights.length; column++) {
    if (column < heights.length && heights[column] === heights[from] && others?.[column] === others?.[from]) continue;
    yield { from, to: column };
    from = column;
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
