import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Steps, type Change } from '../../../../media/timeline/model/steps';
import { Viewport } from '../../../../media/timeline/viewport';

const changes = fc.array(fc.record({ time: fc.integer({ min: 0, max: 200 }), by: fc.constantFrom<1 | -1>(1, -1) }), {
  maxLength: 60,
});

/** The slow way: everything up to a time, summed up. */
function sumUpTo(all: readonly Change[], time: number): number {
  return all.filter((change) => change.time <= time).reduce((sum, change) => sum + change.by, 0);
}

describe('Steps', () => {
  it('agrees with a plain sum, in whatever order and portions the changes come', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 6 }), (portions) => {
        const steps = new Steps(100_000);
        for (const portion of portions) steps.add(portion);
        const all = portions.flat();
        assert.equal(steps.length, all.length);
        assert.equal(steps.current, sumUpTo(all, Infinity));
        for (let time = -1; time <= 201; time++) assert.equal(steps.valueAt(time), sumUpTo(all, time), `at ${time}`);
      }),
    );
  });

  it('finds the highest value within each pixel column', () => {
    const steps = new Steps(10_000);
    steps.add([
      { time: 10, by: 1 },
      { time: 11, by: 1 },
      { time: 12, by: -1 },
      { time: 35, by: -1 },
    ]);
    assert.deepEqual([...steps.maxima(new Viewport(0, 50, 5))], [0, 2, 1, 1, 0]);
  });

  it('shows a peak that is shorter than a pixel', () => {
    const steps = new Steps(10_000);
    steps.add([
      { time: 500, by: 1 },
      { time: 500.001, by: -1 },
    ]);
    assert.deepEqual([...steps.maxima(new Viewport(0, 1000, 4))], [0, 0, 1, 0]);
  });

  it('remembers the highest value of all', () => {
    const steps = new Steps(10_000);
    for (let time = 0; time < 5; time++) steps.add([{ time, by: 1 }]);
    for (let time = 5; time < 9; time++) steps.add([{ time, by: -1 }]);
    assert.deepEqual([steps.most, steps.current], [5, 1]);
  });

  it('stays bounded, and right where it still knows', () => {
    const steps = new Steps(1024);
    for (let time = 0; time < 5000; time++) steps.add([{ time, by: time % 2 === 0 ? 1 : -1 }]);
    assert.ok(steps.length <= 1024);
    assert.equal(steps.valueAt(4998), 1);
    assert.equal(steps.valueAt(4999), 0);
    assert.equal(steps.current, 0);
  });
});
