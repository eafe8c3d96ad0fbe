import assert from 'node:assert/strict';
import fc from 'fast-check';
import { arrowsOf, type Arrows } from '../../../../media/timeline/draw/arrows';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import { blockedBy, BlockedByReader } from '../../../../media/timeline/model/blockedBy';
import { groupings, type GroupBy } from '../../../../media/timeline/model/grouping';
import { Trace } from '../../../../media/timeline/model/trace';
import { Viewport } from '../../../../media/timeline/viewport';
import type { Selection } from '../../../../media/timeline/selection';
import { Traffic } from '../../../ui/traffic';

/** As many calls as fill the slots, and one that waits until the first of them is over. */
function traceOf(slots: number, over = true): Trace {
  const traffic = new Traffic();
  traffic.model(0, 'threads', slots);
  for (let slot = 1; slot <= slots; slot++) {
    const connection = traffic.connection(slot, 54_310 + slot);
    traffic.exchange(connection, { at: 10 + slot, target: '/slow', slot, ...(over ? { app: 300 + slot * 20 } : {}) });
  }
  const last = traffic.exchange(traffic.connection(50, 54_400), { at: 100, target: '/', wait: 230, app: 10, slot: 1 });
  if (!over) Object.assign(last, { appStart: NaN, startResponse: NaN, appEnd: NaN, end: NaN, slot: 0, outcome: 0 });
  const trace = new Trace(1000);
  trace.append(traffic.batch(500));
  return trace;
}

function arrows(
  trace: Trace,
  selection: Selection,
  part: { by?: GroupBy; scroll?: number; height?: number; viewport?: Viewport } = {},
): Arrows {
  return arrowsOf({
    arrangement: new Arrangement(trace, part.by ?? 'connection', [], { lane: 40, header: 20 }),
    viewport: part.viewport ?? new Viewport(0, 1000, 1000),
    scroll: part.scroll ?? 0,
    height: part.height ?? 1000,
    barHeight: 20,
    now: 500,
    selection,
    blockedBy: blockedBy(trace, selection),
  });
}

describe('arrowsOf', () => {
  it('leads from what waited to each that held it, at the instant until which it did', () => {
    const { arrows: made, rest } = arrows(traceOf(2), { kind: 'exchange', id: 3 });
    assert.deepEqual(
      made.map(({ fromY, toY, outside }) => [fromY, toY, outside]),
      [
        // The wait is 12 px high in the third lane; the bars of the first two are 20 px high.
        [94, 30, false],
        [94, 70, false],
      ],
    );
    for (const { x } of made) assert.ok(x > 310 && x < 332, `at ${x}`);
    assert.equal(rest, undefined);
    assert.deepEqual(arrows(traceOf(2), { kind: 'exchange', id: 1 }).arrows, [], 'it waited for nobody');
    assert.deepEqual(arrows(traceOf(2), { kind: 'none' }).arrows, []);
  });

  it('draws eight at most, and counts the rest', () => {
    const { arrows: made, rest } = arrows(traceOf(12), { kind: 'exchange', id: 13 });
    assert.equal(made.length, 8);
    assert.equal(rest?.text, '+4 more');
  });

  it('ends at now while they hold it, on one line', () => {
    const { arrows: made } = arrows(traceOf(3, false), { kind: 'exchange', id: 4 });
    assert.deepEqual(
      made.map(({ x }) => x),
      [500, 500, 500],
    );
  });

  it('ends at the edge where one lies outside, and tells so', () => {
    const { arrows: made } = arrows(traceOf(4), { kind: 'exchange', id: 5 }, { scroll: 130, height: 70 });
    assert.deepEqual(made.map(({ outside }) => outside).sort(), [false, true, true, true]);
    for (const { fromY, toY } of made) assert.ok(fromY >= 0 && fromY <= 70 && toY >= 3 && toY <= 67);
    assert.deepEqual(
      arrows(traceOf(4), { kind: 'exchange', id: 5 }, { viewport: new Viewport(700, 100, 1000) }).arrows,
      [],
      'the wait lies outside',
    );
  });

  it('leads from the lane of the wait to those of the slots', () => {
    const { arrows: made } = arrows(traceOf(2), { kind: 'exchange', id: 3 }, { by: 'slot' });
    // Two slots, a header, and the lane of who waits.
    assert.deepEqual(
      made.map(({ fromY, toY }) => [fromY, toY]),
      [
        [114, 30],
        [114, 70],
      ],
    );
  });

  it('leads from a connection that waits for its turn to the one that is served', () => {
    const traffic = new Traffic();
    traffic.model(0, 'iterative', 1);
    const served = traffic.connection(10, 54_310);
    served.turn = 10.08;
    traffic.connection(20, 54_311).turn = NaN;
    const trace = new Trace(100);
    trace.append(traffic.batch(400));
    const { arrows: made } = arrows(trace, { kind: 'connection', id: 2 });
    assert.deepEqual(
      made.map(({ x, fromY, toY }) => [x, fromY, toY]),
      [[500, 54, 30]],
    );
  });

  it('stays within the lanes, whatever is in view', () => {
    const trace = traceOf(6);
    fc.assert(
      fc.property(
        fc.constantFrom<GroupBy>(...groupings),
        fc.integer({ min: 1, max: 7 }),
        fc.nat({ max: 300 }),
        fc.integer({ min: 40, max: 400 }),
        fc.integer({ min: 0, max: 400 }),
        (by, id, scroll, height, from) => {
          const viewport = new Viewport(from, 200, 600);
          for (const arrow of arrows(trace, { kind: 'exchange', id }, { by, scroll, height, viewport }).arrows) {
            assert.ok(arrow.x >= 0 && arrow.x <= 600);
            assert.ok(arrow.fromY >= 0 && arrow.fromY <= height && arrow.toY >= 0 && arrow.toY <= height);
          }
        },
      ),
    );
  });
});

describe('BlockedByReader', () => {
  it('looks again only when the trace or the selection has changed', () => {
    const trace = traceOf(2);
    const reader = new BlockedByReader();
    const selection: Selection = { kind: 'exchange', id: 3 };
    const first = reader.of(trace, selection);
    assert.equal(first.holds.length, 2);
    assert.equal(reader.of(trace, selection), first);
    assert.notEqual(reader.of(trace, { kind: 'exchange', id: 1 }), first);
    trace.append(new Traffic().batch(600));
    assert.notEqual(reader.of(trace, selection), first);
    trace.append(new Traffic().batch(5000));
    const settled = reader.of(trace, selection);
    trace.append(new Traffic().batch(5100));
    assert.equal(reader.of(trace, selection), settled, 'it has long been over');
  });
});
