import assert from 'node:assert/strict';
import { barsOf, exchangeAt } from '../../../../media/timeline/draw/laneBars';
import type { LaneRef } from '../../../../media/timeline/model/grouping';
import { nothingChosen } from '../../../../media/timeline/model/choice';
import { Trace } from '../../../../media/timeline/model/trace';
import { Viewport } from '../../../../media/timeline/viewport';
import { Traffic } from '../../../ui/traffic';

const lane: LaneRef = { kind: 'connection', connection: 1 };

/** One lane of requests, 2 ms each, every 3 ms. */
function laneOf(count: number): Trace {
  const traffic = new Traffic();
  const connection = traffic.connection(0, 54310);
  for (let index = 0; index < count; index++) {
    const failed = index === 777;
    traffic.exchange(connection, {
      at: 1 + index * 3,
      target: '/',
      app: 1.5,
      outcome: failed ? 'app error' : 'complete',
    });
  }
  const trace = new Trace(100_000);
  trace.append(traffic.batch(count * 3));
  return trace;
}

describe('barsOf', () => {
  const trace = laneOf(20_000);

  it('stands for every exchange of the window at every zoom', () => {
    for (const span of [60_000, 20_000, 6000, 2000, 600, 60]) {
      const viewport = new Viewport(0, span, 800);
      const bars = barsOf({ trace, viewport, now: 60_000, selected: undefined, choice: nothingChosen }, lane);
      const count = bars.reduce((sum, bar) => sum + bar.count, 0);
      const wanted = Math.ceil((span - 1) / 3);
      const slack = (2 * viewport.perPixel) / 3 + 1;
      assert.ok(Math.abs(count - wanted) <= slack, `${count} of ${wanted} in ${span} ms`);
      assert.ok(bars.length <= 800);
    }
  });

  it('keeps the place of a failure to two pixels however much is merged', () => {
    for (const span of [60_000, 20_000, 6000]) {
      const viewport = new Viewport(0, span, 800);
      const bars = barsOf({ trace, viewport, now: 60_000, selected: undefined, choice: nothingChosen }, lane);
      const errors = bars.flatMap((bar) => (bar.count === 1 && bar.tone === 'error' ? [bar.from] : bar.errors));
      assert.equal(errors.length, 1);
      assert.ok(Math.abs((errors[0] ?? 0) - viewport.x(1 + 777 * 3)) <= 2);
    }
  });

  it('knows in which bar the selected exchange is', () => {
    const input = { trace, viewport: new Viewport(0, 60_000, 800), now: 60_000, choice: nothingChosen };
    assert.equal(barsOf({ ...input, selected: 12_345 }, lane).filter((bar) => bar.hasSelected).length, 1);
    assert.equal(barsOf({ ...input, selected: 30_000 }, lane).filter((bar) => bar.hasSelected).length, 0);
  });
});

describe('barsOf, where requests are chosen', () => {
  const trace = laneOf(20_000);

  /** Which of the bars have a chosen exchange, the slow way. */
  function wanted(choice: ReadonlySet<number>, viewport: Viewport): boolean[] {
    const bars = barsOf({ trace, viewport, now: 60_000, selected: undefined, choice: nothingChosen }, lane);
    const first = (id: number): number => trace.exchange(id)?.start ?? NaN;
    return bars.map((bar, index) => {
      const next = bars[index + 1]?.id ?? Infinity;
      return [...choice].some((id) => id >= bar.id && id < next && first(id) <= viewport.end);
    });
  }

  it('knows which bars have one, of few and of many, and at every zoom', () => {
    const every = (step: number): ReadonlySet<number> =>
      new Set(Array.from({ length: Math.floor(20_000 / step) }, (_, index) => 1 + index * step));
    for (const choice of [new Set([777]), every(4000), every(97), every(30), every(3)]) {
      for (const viewport of [new Viewport(0, 60_000, 800), new Viewport(0, 6000, 800), new Viewport(0, 60, 800)]) {
        const bars = barsOf({ trace, viewport, now: 60_000, selected: undefined, choice }, lane);
        const has = bars.map((bar) => bar.hasChosen);
        assert.deepEqual(has.slice(0, -1), wanted(choice, viewport).slice(0, -1), `${choice.size} chosen`);
        assert.ok(choice.size < 1000 || has.includes(true));
      }
    }
  });
});

describe('barsOf, where more wait than there are lanes', () => {
  it('makes no more bars than there is room for, and leaves nobody out', () => {
    const traffic = new Traffic();
    for (let index = 0; index < 3000; index++) {
      traffic.exchange(traffic.connection(index, 1000 + index), { at: index, target: '/', wait: 400, app: 1 });
    }
    const crowded = new Trace(10_000);
    crowded.append(traffic.batch(4000));
    assert.equal(crowded.slotLanes.waiting.length, 12);
    const input = {
      trace: crowded,
      viewport: new Viewport(0, 4000, 800),
      now: 4000,
      selected: 2000,
      choice: new Set<number>(),
    };
    const lanes = Array.from({ length: 12 }, (_, each) => barsOf(input, { kind: 'waiting', lane: each }));
    assert.equal(
      lanes.flat().reduce((sum, bar) => sum + bar.count, 0),
      3000,
    );
    assert.equal(lanes.flat().filter((bar) => bar.hasSelected).length, 1);
    for (const bars of lanes) assert.ok(bars.length <= 800);
    for (const bar of lanes.flat()) assert.equal(bar.waited, bar.total);
  });
});

describe('exchangeAt', () => {
  const trace = laneOf(100);

  it('finds what is under the time, or near it', () => {
    assert.equal(exchangeAt(trace, lane, 2, 0, 1000), 1);
    assert.equal(exchangeAt(trace, lane, 149.5, 0, 1000), 50);
    assert.equal(exchangeAt(trace, lane, 0.4, 0.7, 1000), 1);
    assert.equal(exchangeAt(trace, lane, 500, 6, 1000), undefined);
  });
});
