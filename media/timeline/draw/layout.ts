/**
 * Where the zones of the picture lie, in CSS pixels:
 *
 *   titles of the strip | strip: the calls, and below them the further tracks
 *   base of the axis    | axis
 *   titles of the lanes | lanes
 *
 * In a low picture the lanes come first: they are as high as the rows of a list, and the strip is one line, or gone.
 */
export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Width of the column of titles. */
  readonly titles: number;
  /** Height of all of the strip, of the calls in it, and of each further track; 0 where there is no room for one. */
  readonly strip: number;
  readonly calls: number;
  readonly trackHeight: number;
  /** How many further tracks there is room for. */
  readonly tracks: number;
  readonly axis: number;
  /** Where the lanes begin. */
  readonly lanesTop: number;
  readonly laneHeight: number;
  /** Height of the header of a group of lanes. */
  readonly headerHeight: number;
  readonly barHeight: number;
  /** The title of a lane and its summary share a line. */
  readonly oneLine: boolean;
}

/** Below this height a picture is low. */
const lowBelow = 300;
/** From which height on there is a strip, of which height. */
const strips = [
  { from: 320, calls: 68 },
  { from: 260, calls: 48 },
  { from: 150, calls: 24 },
];
/** Lanes need the room more than tracks do. */
const leastForLanes = 200;

/**
 * @param wantedTracks how many further tracks there are
 * @param roomy lanes with room for words above their bars
 */
export function layoutOf(width: number, height: number, wantedTracks = 0, roomy = false): Layout {
  const low = height < lowBelow;
  const titles = width < 480 ? 112 : width < 700 ? 168 : 236;
  const calls = strips.find(({ from }) => height >= from)?.calls ?? 0;
  const axis = low ? 18 : 22;
  const trackHeight = 22;
  const room = Math.floor((height - calls - axis - leastForLanes) / trackHeight);
  const tracks = Math.max(0, Math.min(wantedTracks, room));
  const strip = calls + tracks * trackHeight;
  const laneHeight = low ? (roomy ? 48 : 22) : roomy ? 58 : 42;
  const lanes = { lanesTop: strip + axis, laneHeight, headerHeight: low ? 22 : 26, barHeight: low ? 14 : 22 };
  return { width, height, titles, strip, calls, trackHeight, tracks, axis, ...lanes, oneLine: laneHeight < 36 };
}

/** Whether the zones lie elsewhere. */
export function layoutDiffers(a: Layout, b: Layout): boolean {
  return a.width !== b.width || a.height !== b.height || a.tracks !== b.tracks || a.laneHeight !== b.laneHeight;
}
