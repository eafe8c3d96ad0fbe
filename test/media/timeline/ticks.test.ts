import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tickStep, ticksOf } from '../../../media/timeline/ticks';
import { Viewport } from '../../../media/timeline/viewport';

function labels(start: number, span: number, width = 1000): string[] {
  return ticksOf(new Viewport(start, span, width)).ticks.map((tick) => tick.label);
}

describe('ticks', () => {
  it('steps by 1, 2 and 5 below a second and by clock steps above', () => {
    assert.deepEqual(
      [0.0011, 0.012, 0.3, 1, 1.5, 30, 180, 400, 700, 1600, 6000, 12_000, 40_000, 100_000, 3_000_000].map(tickStep),
      [0.002, 0.02, 0.5, 1, 2, 50, 200, 500, 1000, 2000, 10_000, 15_000, 60_000, 120_000, 3_600_000],
    );
  });

  it('labels whole times with as many digits as the step needs', () => {
    assert.deepEqual(labels(0, 4000), ['0 s', '500 ms', '1.0 s', '1.5 s', '2.0 s', '2.5 s', '3.0 s', '3.5 s', '4.0 s']);
    assert.deepEqual(labels(0, 400).slice(0, 3), ['0 s', '50 ms', '100 ms']);
    assert.deepEqual(labels(0, 1).slice(0, 3), ['0 s', '0.1 ms', '0.2 ms']);
    assert.deepEqual(labels(8410, 20).slice(0, 3), ['8.410 s', '8.412 s', '8.414 s']);
    assert.deepEqual(labels(50_000, 60_000).slice(0, 4), ['50 s', '1:00', '1:10', '1:20']);
    assert.deepEqual(labels(7_200_000, 600_000, 300).slice(0, 2), ['2:00:00', '2:05:00']);
  });

  it('counts from a round base deep in a long trace', () => {
    const { base, ticks } = ticksOf(new Viewport(65_000.09, 0.2, 1000));
    assert.equal(base?.time, 65_000);
    assert.equal(base.label, '1:05.000');
    assert.deepEqual(
      ticks.slice(0, 3).map((tick) => tick.label),
      ['+100 µs', '+120 µs', '+140 µs'],
    );
  });

  it('puts every tick into the window, evenly, with labels of its own', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 4e7, noNaN: true }),
        fc.double({ min: -2, max: 7.5, noNaN: true }),
        fc.integer({ min: 120, max: 3000 }),
        (start, power, width) => {
          const viewport = new Viewport(start, 10 ** power, width);
          const { step, ticks } = ticksOf(viewport);
          const slack = step * 1e-6 + start * 2 ** -48;
          assert.ok(viewport.x(viewport.start + step) >= 95, 'room for a label');
          assert.ok(ticks.length <= width / 95 + 1);
          ticks.forEach((tick, index) => {
            assert.ok(tick.time >= viewport.start - slack && tick.time <= viewport.end + slack);
            const before = ticks[index - 1];
            if (before) assert.ok(Math.abs(tick.time - before.time - step) <= slack);
          });
          const texts = ticks.map((tick) => tick.label);
          assert.equal(new Set(texts).size, texts.length, texts.join(' | '));
        },
      ),
      { numRuns: 500 },
    );
  });
});
