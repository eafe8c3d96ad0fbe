import { assertNever } from '../../../src/core/assertNever';
import type { PieceRow } from './bars';
import { toneColour, within, type Brush } from './brush';
import { isWaiting } from './hatch';
import type { PaintedPiece } from './lanePieces';
import type { LaneScene, PaintedLabel } from './laneScene';
import type { HeaderScene } from './scene';
import type { Theme } from './theme';

/** One connection: its titles at the left, the thin line of its life, and the bars of its exchanges. */
/** @param plot width of the zone of bars */
export function paintLane(brush: Brush, lane: LaneScene, plot: number): void {
  const { layout, context } = brush;
  within(context, 0, lane.top, layout.titles - 1, layout.laneHeight, () => paintTitles(brush, lane));
  within(context, layout.titles, lane.top, plot, layout.laneHeight, () => {
    paintLife(brush, lane);
    paintTail(brush, lane);
    paintTurn(brush, lane);
    for (const piece of lane.pieces) paintPiece(brush, piece);
    paintChosen(brush, lane);
    paintLabels(brush, lane);
    paintElsewhere(brush, lane, plot);
  });
}

function paintTitles(brush: Brush, lane: LaneScene): void {
  const { context, layout, theme } = brush;
  const margin = layout.titles < 200 ? 8 : 12;
  const right = layout.titles - margin;
  context.textBaseline = 'middle';
  context.font = theme.monoFont;
  context.fillStyle = theme.text;
  if (layout.oneLine) {
    paintTitleLine(brush, lane, margin, right);
    return;
  }
  const whole = context.measureText(lane.title).width;
  const port = context.measureText(lane.port).width;
  const title = whole + port + 10 <= right - margin ? lane.title : lane.shortTitle;
  context.fillText(title, margin, 14);
  if (context.measureText(title).width + port + 10 <= right - margin) {
    context.fillStyle = theme.dimText;
    context.textAlign = 'right';
    context.fillText(lane.port, right, 14);
    context.textAlign = 'left';
  }
  context.font = theme.smallFont;
  context.fillStyle = theme.dimText;
  const room = right - margin;
  const summary = lane.summaries.find((text) => context.measureText(text).width <= room) ?? lane.summaries.at(-1) ?? '';
  context.fillText(shortened(context, summary, room), margin, 30);
}

/** The title and, behind it, the longest wording of the summary that fits. */
function paintTitleLine({ context, layout, theme }: Brush, lane: LaneScene, left: number, right: number): void {
  const middle = layout.laneHeight / 2 + 0.5;
  const title = context.measureText(lane.title).width <= right - left ? lane.title : lane.shortTitle;
  context.fillText(shortened(context, title, right - left), left, middle);
  const room = right - left - context.measureText(title).width - 10;
  context.font = theme.smallFont;
  context.fillStyle = theme.dimText;
  const summary = lane.summaries.find((text) => context.measureText(text).width <= room);
  context.textAlign = 'right';
  if (summary !== undefined) context.fillText(summary, right, middle);
  context.textAlign = 'left';
}

/** Cuts a text to the room there is, with an ellipsis. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let length = text.length - 1;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length).trimEnd()}…`;
}

function paintLife(brush: Brush, lane: LaneScene): void {
  const { context, layout, theme } = brush;
  const middle = Math.round(layout.laneHeight / 2);
  context.fillStyle = theme.line;
  context.globalAlpha = 0.65;
  for (const stretch of lane.line) context.fillRect(stretch.from, middle - 1, stretch.to - stretch.from, 2);
  const end = lane.line[lane.line.length - 1];
  if (lane.lineOpen && end) {
    // Three dots say that the connection is still open.
    context.globalAlpha = 0.5;
    for (let dot = 1; dot <= 3; dot++) context.fillRect(end.to + dot * 5 - 2, middle - 1, 2, 2);
  }
  context.globalAlpha = 1;
  if (lane.accept !== undefined) {
    context.fillStyle = theme.phases.accept.colour;
    context.fillRect(Math.round(lane.accept) - 1, middle - 7, 2, 14);
  }
  if (lane.close) {
    context.fillStyle = lane.close.tone === 'plain' ? theme.phases.close.colour : toneColour(theme, lane.close.tone);
    for (const stretch of lane.close.line) context.fillRect(stretch.from, middle - 1, stretch.to - stretch.from, 2);
    context.fillRect(Math.round(lane.close.x) - 1, middle - 7, 2, 14);
  }
}

/** Dots: nobody can use the connection any more, but the kernel remembers it. */
function paintTail(brush: Brush, lane: LaneScene): void {
  if (!lane.tail) return;
  const { context, layout, theme } = brush;
  const { stretches, label } = lane.tail;
  const middle = Math.round(layout.laneHeight / 2);
  context.fillStyle = theme.line;
  context.globalAlpha = 0.5;
  for (const { from, to } of stretches) {
    for (let x = Math.ceil(from / 5) * 5; x < to; x += 5) context.fillRect(x, middle - 0.5, 1.5, 1.5);
  }
  context.globalAlpha = 1;
  if (!label) return;
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.fillStyle = theme.dimText;
  context.globalAlpha = 0.8;
  context.fillText(label.text, label.x, middle + 0.5);
  context.globalAlpha = 1;
}

/** Low and calm: nothing is done for this connection yet. */
function paintTurn(brush: Brush, lane: LaneScene): void {
  if (!lane.turn) return;
  const { context, layout, theme } = brush;
  const { stretches, label } = lane.turn;
  const { top, height } = shareOf('low', layout.barHeight);
  const y = Math.round((layout.laneHeight - layout.barHeight) / 2) + top;
  context.fillStyle = brush.hatch.patternFor(context, theme, 'turn');
  for (const { from, to } of stretches) {
    context.fillRect(from, y, to - from, height);
    outlinePiece(brush, from, to, y, height);
  }
  if (!label) return;
  // Words on dots are hard to read: they get a quiet ground.
  context.fillStyle = theme.background;
  context.fillRect(label.x - 6, y, label.width + 12, height);
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.fillStyle = theme.dimText;
  context.fillText(label.text, label.x, layout.laneHeight / 2 + 0.5);
}

function outlinePiece(brush: Brush, from: number, to: number, y: number, height: number): void {
  const { context, theme } = brush;
  if (!theme.contrastBorder || to - from < 3) return;
  context.strokeStyle = theme.contrastBorder;
  context.lineWidth = 1;
  context.strokeRect(from + 0.5, y + 0.5, to - from - 1, height - 1);
}

function paintPiece(brush: Brush, piece: PaintedPiece): void {
  const { context, layout, theme } = brush;
  const { top, height } = shareOf(piece.row, layout.barHeight);
  const y = Math.round((layout.laneHeight - layout.barHeight) / 2) + top;
  const from = Math.max(-4, piece.x);
  const to = Math.min(layout.width, piece.x + piece.width);
  const over = piece.row === 'top' || piece.row === 'bottom';
  context.fillStyle = isWaiting(piece.colour)
    ? brush.hatch.patternFor(context, theme, piece.colour)
    : theme.phases[piece.colour].colour;
  if (over) {
    // A hair of background keeps an overlapping phase apart from the app call beneath it.
    const fill = context.fillStyle;
    context.fillStyle = theme.background;
    context.fillRect(from, piece.row === 'top' ? y + height : y - 1, to - from, 1);
    context.fillStyle = fill;
  }
  const strength = piece.dim ? dimmed : piece.merged ? 0.72 : 1;
  context.globalAlpha = strength;
  const fade = piece.open ? Math.min(24, (to - from) / 2) : 0;
  context.fillRect(from, y, to - from - fade, height);
  const slices = 6;
  for (let slice = 0; slice < slices && fade > 0; slice++) {
    context.globalAlpha = strength * (0.85 - (slice / slices) * 0.7);
    context.fillRect(to - fade + (slice * fade) / slices, y, fade / slices, height);
  }
  context.globalAlpha = piece.dim ? dimmed : 1;
  if (piece.row !== 'thin') outlinePiece(brush, from, to, y, height);
  context.globalAlpha = 1;
}

/** How strong a bar is that does not match the filter. */
const dimmed = 0.2;

function shareOf(row: PieceRow, height: number): { top: number; height: number } {
  switch (row) {
    case 'full':
      return { top: 0, height };
    case 'top':
      return { top: 0, height: Math.round(height * 0.28) };
    case 'bottom':
      return { top: height - Math.round(height * 0.28), height: Math.round(height * 0.28) };
    case 'low':
      return { top: Math.round(height * 0.2), height: Math.round(height * 0.6) };
    case 'thin':
      return { top: Math.round(height / 2) - 2, height: 4 };
    default:
      return assertNever(row);
  }
}

/** The selected bar in a frame, each chosen one on a line: a bar may be both. */
function paintChosen(brush: Brush, lane: LaneScene): void {
  const { context, layout, theme } = brush;
  const y = Math.round((layout.laneHeight - layout.barHeight) / 2);
  context.fillStyle = theme.focus;
  const below = y + layout.barHeight + Math.min(3, Math.max(0, y - 4));
  for (const { from, to } of lane.chosen) context.fillRect(from, below, Math.max(3, to - from), 3);
  if (!lane.selectedBar) return;
  const { from, to } = lane.selectedBar;
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  context.strokeRect(from - 2, y - 2, to - from + 4, layout.barHeight + 4);
  context.lineWidth = 1;
}

function paintLabels(brush: Brush, lane: LaneScene): void {
  const { context, layout, theme } = brush;
  const middle = layout.laneHeight / 2 + 0.5;
  context.textBaseline = 'middle';
  for (const label of lane.labels) {
    context.font = label.where === 'phase' ? theme.smallFont : theme.font;
    if (label.ground === true) {
      context.fillStyle = theme.background;
      context.fillRect(label.x - 3, middle - 8, label.width + 6, 15);
    }
    context.fillStyle = label.ground === true ? theme.text : labelColour(theme, label);
    context.globalAlpha = label.dim ? 0.55 : 1;
    context.fillText(label.text, label.x, middle + label.shift);
  }
  context.globalAlpha = 1;
}

/** What is written for the ground of a phase cannot be read where that is dimmed. */
function labelColour(theme: Theme, { dim, on, tone }: PaintedLabel): string {
  if (dim) return theme.dimText;
  return on ? theme.phases[on].onIt : toneColour(theme, tone);
}

/** The head of a group: its title with a triangle that says whether its lanes show, and what they come to. */
export function paintHeader(brush: Brush, header: HeaderScene, hovered: boolean): void {
  const { context, layout, theme } = brush;
  const { top, height, title, sums, collapsed } = header;
  const middle = top + height / 2;
  context.fillStyle = header.selected ? theme.selection : theme.stripBackground;
  context.fillRect(0, top, layout.width, height - 1);
  if (hovered) {
    context.fillStyle = theme.hover;
    context.fillRect(0, top, layout.width, height - 1);
  }
  context.fillStyle = theme.separator;
  context.fillRect(0, top + height - 1, layout.width, 1);
  if (header.selected && theme.contrastBorder) {
    context.strokeStyle = theme.focus;
    context.strokeRect(1.5, top + 0.5, layout.width - 3, height - 2);
  }
  context.fillStyle = theme.dimText;
  context.beginPath();
  const [x, size] = [12, 4];
  if (collapsed) {
    context.moveTo(x - size / 2, middle - size);
    context.lineTo(x + size, middle);
    context.lineTo(x - size / 2, middle + size);
  } else {
    context.moveTo(x - size, middle - size / 2);
    context.lineTo(x + size, middle - size / 2);
    context.lineTo(x, middle + size);
  }
  context.fill();
  context.textBaseline = 'middle';
  context.font = theme.boldFont;
  context.fillStyle = theme.text;
  const name = shortened(context, title, layout.titles - 30);
  context.fillText(name, 22, middle + 0.5);
  const after = Math.max(layout.titles + 8, 22 + context.measureText(name).width + 14);
  context.font = theme.smallFont;
  context.fillStyle = theme.dimText;
  const room = layout.width - after - 20;
  const text = sums.find((each) => context.measureText(each).width <= room) ?? '';
  context.fillText(text, after, middle + 0.5);
}

function paintElsewhere(brush: Brush, lane: LaneScene, plot: number): void {
  if (!lane.elsewhere) return;
  const { context, layout, theme } = brush;
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.globalAlpha = 0.6;
  context.fillStyle = theme.dimText;
  context.fillText(
    lane.elsewhere === 'earlier' ? '‹' : '›',
    lane.elsewhere === 'earlier' ? 6 : plot - 12,
    layout.laneHeight / 2,
  );
  context.globalAlpha = 1;
}
