import assert from 'node:assert/strict';
import type { LaneScene, PaintedLabel } from '../../../../media/timeline/draw/laneScene';
import { notToScale } from '../../../../media/timeline/draw/notToScale';
import { sceneOf, type Scene } from '../../../../media/timeline/draw/scene';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import { Trace } from '../../../../media/timeline/model/trace';
import type { SchematicViewport } from '../../../../media/timeline/schematicViewport';
import type { Selection } from '../../../../media/timeline/selection';
import { Viewport } from '../../../../media/timeline/viewport';
import { scenarios, type Scenario, type ScenarioName } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

interface Picture {
  readonly view: SchematicViewport;
  readonly scene: Scene;
}

function pictureOf(name: ScenarioName, window: Viewport, selected?: number): Picture | undefined {
  return pictureWith(scenarios[name](), window, selected);
}

function pictureWith({ traffic, now }: Scenario, window: Viewport, selected?: number): Picture | undefined {
  const trace = new Trace(200_000);
  trace.append(traffic.batch(now));
  const arrangement = new Arrangement(trace, 'connection', [], { lane: 58, header: 26 });
  const selection: Selection = selected === undefined ? { kind: 'none' } : { kind: 'exchange', id: selected };
  const view = notToScale(trace, arrangement, { from: 0, to: 2000 }, window, selection, now);
  if (!view) return undefined;
  const scene = sceneOf({
    trace,
    viewport: view,
    scroll: 0,
    height: 2000,
    arrangement,
    slots: 4,
    tracks: [],
    now,
    selectedExchange: selected,
    choice: new Set(),
    selection,
    notToScale: true,
    barHeight: 22,
    blockedBy: { holds: [], more: 0 },
    measure: (text) => text.length * 6,
  });
  return { view, scene };
}

const all = new Viewport(0, 4500, 1100);

function textsOf(lane: LaneScene | undefined, where: PaintedLabel['where']): string[] {
  return (lane?.labels ?? []).filter((label) => label.where === where).map(({ text }) => text);
}

describe('The picture, not to scale', () => {
  it('writes on every phase of the selected request how long it lasted, and above it what it was', () => {
    const picture = pictureOf('mixed', all, 1);
    assert.ok(picture);
    const [lane] = picture.scene.lanes;
    assert.deepEqual(textsOf(lane, 'above'), ['GET /slow?seconds=1.2 200']);
    const written = textsOf(lane, 'phase').join(', ');
    for (const text of ['12.0 ms', '2.42 ms', '30 µs', '90 µs', 'app call 1.26 s', '14.0 ms'])
      assert.ok(written.includes(text), `${text} in ${written}`);
  });

  it('keeps words apart: none over another of its lane, none outside its phase', () => {
    const picture = pictureOf('mixed', all, 4);
    assert.ok(picture);
    for (const { labels } of picture.scene.lanes) {
      for (const where of ['above', 'phase'] as const) {
        const some = labels.filter((label) => label.where === where).sort((a, b) => a.x - b.x);
        some.slice(1).forEach((label, index) => {
          const before = some[index];
          assert.ok(before && before.x + before.width <= label.x + 1e-6, `${before?.text} over ${label.text}`);
        });
      }
    }
  });

  it('keeps the words of bars apart that lie over each other', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(10, 40_000);
    for (const at of [100, 120, 140]) traffic.exchange(connection, { at, target: '/pipelined', app: 200 });
    const picture = pictureWith({ traffic, now: 1000 }, new Viewport(0, 500, 1100));
    const labels = picture?.scene.lanes[0]?.labels.filter(({ where }) => where === 'phase') ?? [];
    assert.ok(labels.length >= 3);
    labels.slice(1).forEach((label, index) => {
      const before = labels[index];
      assert.ok(before && before.x + before.width <= label.x, `${before?.text} over ${label.text}`);
    });
  });

  it('shows at one x what was at one time: the strip, the bars and what waits', () => {
    const picture = pictureOf('mixed', all);
    assert.ok(picture);
    const { view, scene } = picture;
    const column = Math.floor(view.x(700));
    assert.equal(scene.strip.demand[column], 6, 'four ran and two waited');
    assert.equal(scene.strip.running[column], 4);
    assert.ok(scene.ticks.ticks.length > 40);
  });

  it('is left alone where too many requests are in view, and there again closer up', () => {
    assert.equal(pictureOf('busy', new Viewport(0, 30_000, 1100)), undefined);
    assert.ok(pictureOf('busy', new Viewport(150, 3, 1100)));
  });
});
