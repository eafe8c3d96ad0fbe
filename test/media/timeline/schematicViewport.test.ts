import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SchematicViewport } from '../../../media/timeline/schematicViewport';
import { schematicOf, type Cut } from '../../../media/timeline/schematicViewport';
import { ticksOf } from '../../../media/timeline/ticks';
import { Viewport } from '../../../media/timeline/viewport';

const phases = fc.array(
  fc.record({
    start: fc.double({ min: -100, max: 6000, noNaN: true }),
    duration: fc.oneof(fc.double({ min: 0, max: 0.2, noNaN: true }), fc.double({ min: 0, max: 4000, noNaN: true })),
  }),
  { minLength: 1, maxLength: 60 },
);
const window = new Viewport(0, 5000, 1000);

function made(all: readonly Cut[], own: readonly Cut[] = []): SchematicViewport {
  const schematic = schematicOf(window, all, own);
  assert.ok(schematic);
  return schematic;
}

/** One request: parsed within 60 µs, 3 s in the app. */
const request: Cut[] = [
  { start: 1000, duration: 0.05 },
  { start: 1000.05, duration: 0.06 },
  { start: 1000.11, duration: 0.04 },
  { start: 1000.2, duration: 3000 },
  { start: 4000.3, duration: 0.1 },
];

describe('SchematicViewport', () => {
  it('gives a parse of 60 µs room beside an app call of 3 s, which stays the longer one', () => {
    const view = made(request, request);
    const widths = request.map(({ start, duration }) => view.x(start + duration) - view.x(start));
    assert.ok(
      widths.every((width) => width >= 56),
      widths.join(' '),
    );
    assert.ok((widths[3] ?? 0) > 1.5 * (widths[1] ?? 0), widths.join(' '));
  });

  it('keeps order: what is later is never more to the left, and what is at the same time is at the same x', () => {
    fc.assert(
      fc.property(phases, fc.array(fc.double({ min: -500, max: 5500, noNaN: true })), (all, times) => {
        const view = schematicOf(window, all, all.slice(0, 3));
        fc.pre(view !== undefined);
        const sorted = [...times, ...view.cuts].sort((a, b) => a - b);
        let last = -Infinity;
        for (const time of sorted) {
          const x = view.x(time);
          assert.ok(x >= last - 1e-9, `${time}: ${x} after ${last}`);
          last = x;
        }
        assert.ok(Math.abs(view.x(0)) < 1e-9 && Math.abs(view.x(5000) - 1000) < 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it('gives every piece at least three pixels, and leads back from x to the time', () => {
    fc.assert(
      fc.property(phases, fc.double({ min: 0, max: 1000, noNaN: true }), (all, x) => {
        const view = schematicOf(window, all, []);
        fc.pre(view !== undefined);
        const xs = [0, ...view.cuts.map((cut) => view.x(cut)), 1000];
        xs.slice(1).forEach((each, index) => assert.ok(each - (xs[index] ?? 0) >= 3 - 1e-6, `${each}`));
        assert.ok(Math.abs(view.x(view.time(x)) - x) < 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('makes every phase of the selected request readable, whatever else is in view, where there is room at all', () => {
    fc.assert(
      fc.property(phases, (all) => {
        const view = schematicOf(window, [...all, ...request], request);
        fc.pre(view !== undefined);
        // Beyond that, all that is wanted shares what there is.
        fc.pre(request.length * 56 < (1000 - 3 * (view.cuts.length + 1)) * 0.8);
        for (const { start, duration } of request) {
          assert.ok(view.x(start + duration) - view.x(start) >= 56 - 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is no view where there are more cuts than pixels for them, or none', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ start: index * 12, duration: 5 }));
    assert.equal(schematicOf(window, many, []), undefined);
    assert.equal(schematicOf(window, [], []), undefined);
    assert.equal(schematicOf(window, [{ start: 9000, duration: 5 }], []), undefined);
  });

  it('takes for one instant what the clock cannot tell apart', () => {
    const view = made([
      { start: 100, duration: 50 },
      { start: 100.0004, duration: 50 },
    ]);
    assert.deepEqual(view.cuts, [100, 150]);
  });

  it('says at its ends and beyond what the scale would say', () => {
    const view = made(request);
    assert.equal(view.x(-5), window.x(-5));
    assert.equal(view.time(1200), window.time(1200));
    assert.ok(view.finest < view.perPixel);
  });

  it('has a tick wherever a phase begins or ends, and labels that do not touch', () => {
    const view = made(request, request);
    const { ticks } = ticksOf(view);
    assert.deepEqual(
      ticks.map(({ time }) => time),
      view.cuts,
    );
    const labelled = ticks.filter(({ label }) => label !== '');
    assert.equal(labelled[0]?.label, '1.000 s');
    assert.equal(labelled.at(-1)?.label, '+3.00 s');
    labelled.slice(1).forEach(({ time }, index) => {
      assert.ok(view.x(time) - view.x(labelled[index]?.time ?? 0) >= 72 - 1e-9);
    });
  });
});
