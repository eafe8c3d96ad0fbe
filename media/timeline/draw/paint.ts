import { duration, instant } from '../format';
import { within, type Brush } from './brush';
import { paintArrows } from './paintArrows';
import { paintPinMarks } from './pinMarks';
import { paintHeader, paintLane } from './paintLane';
import { paintStrip } from './paintStrip';
import type { Scene } from './scene';

/** What lies over the picture while somebody points at it; changes without a new scene. */
export interface Overlay {
  /** x in the plot */
  readonly pointer: number | undefined;
  readonly hoveredRow: string | undefined;
  /** A stretch of the axis that is being selected, as x in the plot. */
  readonly range: { readonly from: number; readonly to: number } | undefined;
  /** A stretch of time that is measured. */
  readonly measured: { readonly from: number; readonly to: number } | undefined;
}

/** Draws one frame. Nothing here looks at the trace, the clock or the page. */
export function paint(brush: Brush, scene: Scene, overlay: Overlay): void {
  const { context, layout, theme } = brush;
  const { titles, lanesTop, width, height } = layout;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);

  within(context, 0, lanesTop, width, height - lanesTop, () => {
    for (const lane of scene.lanes) paintBackground(brush, lane.top, lane.selected, lane.key === overlay.hoveredRow);
    paintGrid(brush, scene);
    for (const lane of scene.lanes) paintLane(brush, lane, scene.viewport.width);
    for (const header of scene.headers) paintHeader(brush, header, header.key === overlay.hoveredRow);
  });
  within(context, titles, lanesTop, width - titles, height - lanesTop, () => {
    paintArrows(brush, scene.arrows);
    paintPinMarks(brush, scene.pins);
  });
  within(context, titles, 0, width - titles, layout.strip, () => paintStrip(brush, scene.strip));
  paintModels(brush, scene);
  paintAxis(brush, scene);
  paintOverlay(brush, scene, overlay);
  paintFrame(brush);
}

function paintBackground(brush: Brush, top: number, selected: boolean, hovered: boolean): void {
  const { context, layout, theme } = brush;
  if (selected || hovered) {
    context.fillStyle = selected ? theme.selection : theme.hover;
    context.fillRect(0, top, layout.width, layout.laneHeight);
  }
  if (selected && theme.contrastBorder) {
    // High contrast marks a selection by its outline.
    context.strokeStyle = theme.focus;
    context.strokeRect(1.5, top + 0.5, layout.width - 3, layout.laneHeight - 2);
  }
  context.globalAlpha = 0.5;
  context.fillStyle = theme.grid;
  context.fillRect(0, top + layout.laneHeight - 1, layout.width, 1);
  context.globalAlpha = 1;
}

function paintGrid(brush: Brush, scene: Scene): void {
  const { context, layout, theme } = brush;
  context.fillStyle = theme.grid;
  context.globalAlpha = 0.55;
  for (const tick of scene.ticks.ticks) {
    if (tick.label === '') continue;
    const x = Math.round(layout.titles + scene.viewport.x(tick.time));
    if (x > layout.titles) context.fillRect(x, 0, 1, layout.height);
  }
  context.setLineDash([2, 4]);
  context.strokeStyle = theme.text;
  context.globalAlpha = 0.6;
  for (const { at, earlier } of scene.models) {
    if (earlier) continue;
    const x = Math.round(layout.titles + scene.viewport.x(at)) + 0.5;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, layout.height);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Where the server went over to another model: a line through the strip, with the model's name, in as many rows as it has room for. */
function paintModels(brush: Brush, scene: Scene): void {
  const { context, layout, theme } = brush;
  context.font = theme.smallFont;
  context.textBaseline = 'middle';
  const free = new Array<number>(Math.min(2, Math.floor(layout.strip / 16))).fill(Infinity);
  // From the last to the first: where names would overlap, the newer ones stand.
  for (const { at, name, earlier } of [...scene.models].reverse()) {
    const x = Math.round(layout.titles + scene.viewport.x(at));
    context.fillStyle = theme.text;
    context.globalAlpha = 0.6;
    if (!earlier) context.fillRect(x, 0, 1, layout.lanesTop);
    context.globalAlpha = 1;
    const wide = context.measureText(name).width + 9;
    const left = x + wide <= layout.width ? x + 1 : x - wide;
    const row = free.findIndex((limit) => left + wide <= limit);
    if (row < 0 || left < layout.titles) continue;
    free[row] = x;
    context.fillStyle = theme.stripBackground;
    context.fillRect(left, 1 + row * 16, wide, 16);
    context.fillStyle = theme.text;
    context.fillText(name, left + 4, 9.5 + row * 16);
  }
}

function paintAxis(brush: Brush, scene: Scene): void {
  const { context, layout, theme } = brush;
  const middle = layout.strip + layout.axis / 2 + 0.5;
  context.font = theme.smallFont;
  context.textBaseline = 'middle';
  context.fillStyle = theme.dimText;
  within(context, layout.titles, layout.strip, layout.width - layout.titles, layout.axis, () => {
    for (const tick of scene.ticks.ticks) {
      const x = Math.round(scene.viewport.x(tick.time));
      context.fillRect(x, layout.axis - 5, 1, 5);
      if (tick.label === '' || x + 5 + context.measureText(tick.label).width > scene.viewport.width) continue;
      context.fillText(tick.label, x + 5, layout.axis / 2 + 0.5);
    }
  });
  if (scene.notToScale) {
    context.fillStyle = theme.warningText;
    context.fillText('Not to scale', layout.titles < 200 ? 8 : 12, middle);
  }
  if (scene.ticks.base) {
    context.textAlign = 'right';
    context.fillText(`${scene.ticks.base.label} `, layout.titles - 8, middle);
    context.textAlign = 'left';
  }
}

/** A light field between two lines, and how long it is, on the axis. */
function paintMeasured(brush: Brush, { viewport }: Scene, measured: { from: number; to: number }): void {
  const { context, layout, theme } = brush;
  const { titles, strip, axis, width, height } = layout;
  const x = (time: number): number => Math.round(titles + Math.min(viewport.width + 1, Math.max(-1, viewport.x(time))));
  const [from, to] = [x(Math.min(measured.from, measured.to)), x(Math.max(measured.from, measured.to))];
  within(context, titles, 0, width - titles, height, () => {
    context.translate(-titles, 0);
    context.fillStyle = theme.focus;
    context.globalAlpha = 0.1;
    context.fillRect(from, strip, to - from, height - strip);
    context.globalAlpha = 1;
    context.fillRect(from, 0, 1, height);
    context.fillRect(to, 0, 1, height);
    const middle = strip + axis / 2 + 0.5;
    context.font = theme.smallFont;
    context.textBaseline = 'middle';
    const label = duration(Math.abs(measured.to - measured.from));
    const wide = context.measureText(label).width + 10;
    const left = Math.min(Math.max(titles, (from + to - wide) / 2), width - wide);
    context.fillRect(from, Math.round(middle) - 1, to - from, 1);
    context.fillStyle = theme.text;
    context.fillRect(left, strip + 3, wide, axis - 6);
    context.fillStyle = theme.background;
    context.fillText(label, left + 5, middle);
  });
}

function paintOverlay(brush: Brush, scene: Scene, overlay: Overlay): void {
  const { context, layout, theme } = brush;
  const { titles, strip, axis, width, height } = layout;
  if (overlay.measured) paintMeasured(brush, scene, overlay.measured);
  if (overlay.range) {
    const from = titles + Math.max(0, Math.min(overlay.range.from, overlay.range.to));
    const to = titles + Math.min(width - titles, Math.max(overlay.range.from, overlay.range.to));
    context.fillStyle = theme.focus;
    context.globalAlpha = 0.18;
    context.fillRect(from, strip, to - from, height - strip);
    context.globalAlpha = 1;
    context.fillRect(from, strip, 1, height - strip);
    context.fillRect(to - 1, strip, 1, height - strip);
    return;
  }
  if (overlay.pointer === undefined) return;
  const x = Math.round(titles + overlay.pointer);
  context.fillStyle = theme.dimText;
  context.globalAlpha = 0.4;
  context.fillRect(x, 0, 1, height);
  context.globalAlpha = 1;
  const digits = Math.max(2, Math.min(6, Math.ceil(3 - Math.log10(scene.viewport.finest * 2))));
  const label = instant(scene.viewport.time(overlay.pointer), digits);
  context.font = theme.smallFont;
  const wide = context.measureText(label).width + 12;
  const left = Math.min(Math.max(titles, x - wide / 2), width - wide);
  context.fillStyle = theme.text;
  context.fillRect(left, strip + 2, wide, axis - 4);
  context.fillStyle = theme.background;
  context.fillText(label, left + 6, strip + axis / 2 + 0.5);
}

function paintFrame(brush: Brush): void {
  const { context, layout, theme } = brush;
  context.fillStyle = theme.separator;
  if (layout.strip > 0) context.fillRect(0, layout.strip, layout.width, 1);
  context.fillRect(0, layout.lanesTop - 1, layout.width, 1);
  context.fillRect(layout.titles - 1, 0, 1, layout.height);
}
