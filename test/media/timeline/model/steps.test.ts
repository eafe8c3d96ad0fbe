import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Steps } from '../../../../media/timeline/model/steps';
import { Viewport } from '../../../../media/timeline/viewport';

const changes = fc.array(fc.record({ time: fc.integer({ min: 0, max: 200 }), by: fc.constantFrom<1 | -1>(1, -1) }), {
  maxLength: 60,
});

interface Change {
  readonly time: number;
  readonly by: 1 | -1;
}

function add(steps: Steps, all: readonly Change[]): void {
  const times = (by: number): number[] => all.filter((change) => change.by === by).map(({ time }) => time);
  steps.add(times(1), times(-1));
}

/** The slow way: everything up to a time, summed up. */
function sumUpTo(all: readonly Change[], time: number): number {
  return all.filter((change) => change.time <= time).reduce((sum, change) => sum + change.by, 0);
}

describe('Steps', () => {
  it('agrees with a plain sum, in whatever order and portions the changes come', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 6 }), (portions) => {
        const steps = new Steps(100_000);
        for (const portion of portions) add(steps, portion);
        const all = portions.flat();
        assert.equal(steps.length, all.length);
        assert.equal(steps.current, sumUpTo(all, Infinity));
        for (let time = -1; time <= 201; time++) assert.equal(steps.valueAt(time), sumUpTo(all, time), `at ${time}`);
      }),
    );
  });

  it('finds the highest value within each pixel column', () => {
    const steps = new Steps(10_000);
    add(steps, [
      { time: 10, by: 1 },
      { time: 11, by: 1 },
      { time: 12, by: -1 },
      { time: 35, by: -1 },
    ]);
    assert.deepEqual([...steps.maxima(new Viewport(0, 50, 5))], [0, 2, 1, 1, 0]);
  });

  it('shows a peak that is shorter than a pixel', () => {
    const steps = new Steps(10_000);
    add(steps, [
      { time: 500, by: 1 },
      { time: 500.001, by: -1 },
    ]);
    assert.deepEqual([...steps.maxima(new Viewport(0, 1000, 4))], [0, 0, 1, 0]);
  });

  it('remembers the highest value of all', () => {
    const steps = new Steps(10_000);
    for (let time = 0; time < 5; time++) steps.add([time], []);
    for (let time = 5; time < 9; time++) steps.add([], [time]);
    assert.deepEqual([steps.most, steps.current], [5, 1]);
  });

  it('stays bounded, and right where it still knows', () => {
    const steps = new Steps(10_000);
    steps.add([-1], []);
    for (let time = 0; time < 50_000; time++) add(steps, [{ time, by: time % 2 === 0 ? 1 : -1 }]);
    assert.ok(steps.length <= 10_000 && steps.length > 5000, `${steps.length}`);
    for (let time = 50_000 - steps.length; time < 50_000; time++) {
      assert.equal(steps.valueAt(time), time % 2 === 0 ? 2 : 1, `at ${time}`);
    }
    assert.equal(steps.valueAt(0), steps.valueAt(50_000 - steps.length - 1), 'what was before the first');
  });

  it('finds the highest value of each column whatever is summed up above it, and does no more work where there is more', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.nat(6000), fc.integer({ min: 1, max: 12_000 }), (portions, start, span) => {
        const steps = new Steps(100_000);
        const all: Change[] = [];
        for (const portion of portions) {
          const some = Array.from({ length: portion }, (_, index): Change => {
            const place = all.length + index;
            return { time: place + ((place * 7) % 5) / 10, by: (place * 31) % 7 < 3 ? -1 : 1 };
          });
          all.push(...some);
          add(steps, some);
        }
        const viewport = new Viewport(start, span, 50);
        const values = [...all].sort((a, b) => a.time - b.time || a.by - b.by);
        let [sum, next] = [0, 0];
        for (; next < values.length && (values[next]?.time ?? 0) <= start; next++) sum += values[next]?.by ?? 0;
        const wanted = Array.from({ length: 50 }, (_, column) => {
          let most = sum;
          for (; next < values.length && (values[next]?.time ?? 0) < viewport.time(column + 1); next++) {
            sum += values[next]?.by ?? 0;
            most = Math.max(most, sum);
          }
          return most;
        });
        assert.deepEqual([...steps.maxima(viewport)], wanted);
      }),
    );
  });

  it('does not count who takes over as one more', () => {
    const steps = new Steps(1024);
    steps.add([1, 5], [5, 9]);
    assert.equal(steps.most, 1);
  });
});
