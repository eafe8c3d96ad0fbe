/**
 * Where the zones of the picture lie, in CSS pixels:
 *
 *   titles of the strip | strip
 *   base of the axis    | axis
 *   titles of the lanes | lanes
 */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Width of the column of titles. */
  readonly titles: number;
  readonly strip: number;
  readonly axis: number;
  /** Where the lanes begin. */
  readonly lanesTop: number;
  readonly laneHeight: number;
  readonly barHeight: number;
}

export function layoutOf(width: number, height: number): Layout {
  const titles = width < 480 ? 112 : width < 700 ? 168 : 236;
  const strip = height < 260 ? 48 : 68;
  const axis = 22;
  return { width, height, titles, strip, axis, lanesTop: strip + axis, laneHeight: 42, barHeight: 22 };
}
