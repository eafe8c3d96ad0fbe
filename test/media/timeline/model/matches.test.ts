import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barsOf } from '../../../../media/timeline/draw/laneBars';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import { changedChoice, nothingChosen } from '../../../../media/timeline/model/choice';
import { testOf } from '../../../../media/timeline/model/filterTest';
import { noFilter, readFilter } from '../../../../media/timeline/model/filterText';
import { groupings, laneKey, listOf } from '../../../../media/timeline/model/grouping';
import { neighbour } from '../../../../media/timeline/model/neighbours';
import { Trace } from '../../../../media/timeline/model/trace';
import type { Selection } from '../../../../media/timeline/selection';
import { Viewport } from '../../../../media/timeline/viewport';
import { scenarios } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

const heights = { lane: 40, header: 20 };

/** Asks every row again. */
function found(trace: Trace, text: string): number[] {
  const { exchanges } = trace.store;
  const test = testOf(readFilter(text), trace.store);
  const ids: number[] = [];
  for (let id = exchanges.first; id <= exchanges.last; id++) {
    const row = exchanges.rowOf(id);
    if (row >= 0 && test(row, trace.store.now)) ids.push(id);
  }
  return ids;
}

function known(trace: Trace): number[] {
  const { first, last } = trace.store.exchanges;
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((id) => trace.matches.has(id));
}

describe('Matches', () => {
  it('knows at every moment what asking every row again would find', () => {
    const step = fc.record({
      connection: fc.nat(5),
      target: fc.constantFrom('/a', '/b', '/static/c'),
      status: fc.constantFrom(200, 404, 500),
      app: fc.option(fc.nat(300), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 12 }),
        fc.constantFrom('/a', '-path:/static', 'status:5xx', 'status:200 path:/b', 'phase.app>100ms'),
        (batches, text) => {
          const trace = new Trace(40);
          trace.filterBy(readFilter(text), true);
          const traffic = new Traffic();
          const connections = Array.from({ length: 6 }, (_, index) => traffic.connection(0, 50_000 + index));
          let at = 1;
          for (const steps of batches) {
            for (const { connection, app, ...request } of steps) {
              const on = connections[connection];
              if (on) traffic.exchange(on, { at: at++, ...request, ...(app === undefined ? {} : { app }) });
            }
            trace.append(traffic.batch(at));
            trace.matchAt(at);
            const wanted = found(trace, text);
            assert.deepEqual(known(trace), wanted);
            assert.equal(trace.matches.count, wanted.length);
            const lanes = new Set(wanted.map((id) => trace.exchange(id)?.connection));
            assert.deepEqual(
              trace.matches.connections,
              [...lanes].sort((a = 0, b = 0) => a - b),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds what goes on, once it has taken long enough', () => {
    const traffic = new Traffic();
    traffic.exchange(traffic.connection(0, 50_000), { at: 10, target: '/slow' });
    const trace = new Trace(10);
    trace.append(traffic.batch(20));
    trace.filterBy(readFilter('slower:1s'), false);
    assert.equal(trace.matches.count, 0);
    assert.equal(trace.matchAt(900), false);
    assert.equal(trace.matchAt(1011), true);
    assert.equal(trace.matches.count, 1);
  });

  it('finds by an address that becomes known later', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(0, 50_000);
    const { remote } = connection;
    connection.remote = 0;
    traffic.exchange(connection, { at: 10, target: '/', app: 1 });
    const trace = new Trace(10);
    trace.filterBy(readFilter('client:127.0.0.1'), true);
    trace.append(traffic.batch(20));
    assert.equal(trace.matches.count, 0);
    connection.remote = remote;
    traffic.close(connection, 30, 'client', 'FIN');
    trace.append(traffic.batch(40));
    assert.equal(trace.matches.count, 1);
  });

  it('asks 100,000 requests within a moment', function () {
    this.timeout(30_000);
    const { traffic, now } = scenarios.huge();
    const trace = new Trace(200_000);
    trace.append(traffic.batch(now));
    const begun = performance.now();
    trace.filterBy(readFilter('item -path:/item/3 status:5xx,200 phase.queue>1ms slower:5ms'), true);
    while (trace.matches.pending) trace.matches.goOn(5000);
    const took = performance.now() - begun;
    assert.ok(trace.matches.count > 1000 && trace.matches.count < 50_000, String(trace.matches.count));
    assert.ok(took < 1500, `${took.toFixed(0)} ms`);
  });
});

describe('what the filter hides', () => {
  function filtered(text: string, scenario: 'waiting' | 'mixed' | 'busy' = 'waiting'): Trace {
    const { traffic, now } = scenarios[scenario]();
    const trace = new Trace(10_000);
    trace.append(traffic.batch(now));
    trace.filterBy(readFilter(text), true);
    return trace;
  }

  it('leaves exactly the lanes with a match, each found again where it stands', () => {
    for (const text of ['slow', 'phase.queue>1ms', 'client:127.0.0.1', 'path:/nowhere', 'method:POST,PUT', '-slow']) {
      const trace = filtered(text);
      for (const by of groupings) {
        const lanes = new Arrangement(trace, by, [], heights);
        const rows = lanes.rows(0, lanes.height);
        const shown = rows.flatMap((row) => (row.kind === 'lane' ? [row.lane] : []));
        assert.equal(shown.length, lanes.length, `${text} by ${by}`);
        for (const lane of shown) {
          assert.ok(
            listOf(trace, lane)?.ids.some((id) => trace.matches.has(id)),
            `${text}: ${laneKey(lane)}`,
          );
        }
        const hidden = found(trace, `-${text}`).map((id) => lanes.rowOf({ kind: 'exchange', id }));
        if (!text.startsWith('-')) assert.ok(hidden.every((row) => row === undefined));
        for (const id of found(trace, text)) {
          const row = lanes.rowOf({ kind: 'exchange', id });
          assert.ok(
            row && rows.some(({ key, top }) => key === row.key && top === row.top),
            `${id} of ${text} by ${by}`,
          );
        }
      }
    }
  });

  it('stands for every match at every zoom, and for nothing else', () => {
    for (const text of ['path:/item/7', 'error:', 'phase.queue>4ms']) {
      const trace = filtered(text, 'busy');
      const end = trace.newest + 1;
      const lanes = new Arrangement(trace, 'connection', [], heights);
      for (const width of [300, 5000, 200_000]) {
        const viewport = new Viewport(0, end, width);
        const input = { trace, viewport, now: end, selected: undefined, choice: nothingChosen };
        const bars = lanes.rows(0, lanes.height).flatMap((row) => (row.kind === 'lane' ? barsOf(input, row.lane) : []));
        assert.equal(
          bars.reduce((sum, { count }) => sum + count, 0),
          trace.matches.count,
          `${text}, ${width} px`,
        );
        assert.ok(bars.every(({ count, matches }) => count === matches));
        assert.ok(bars.every(({ count, id }) => count > 1 || trace.matches.has(id)));
      }
    }
  });

  it('dims the others where it does not hide, and shows all of them', () => {
    const trace = filtered('path:/item/7', 'busy');
    trace.filterBy(readFilter('path:/item/7'), false);
    const end = trace.newest + 1;
    const lanes = new Arrangement(trace, 'connection', [], heights);
    for (const width of [300, 200_000]) {
      const input = {
        trace,
        viewport: new Viewport(0, end, width),
        now: end,
        selected: undefined,
        choice: nothingChosen,
      };
      const bars = lanes.rows(0, lanes.height).flatMap((row) => (row.kind === 'lane' ? barsOf(input, row.lane) : []));
      assert.equal(
        bars.reduce((sum, { count }) => sum + count, 0),
        5000,
      );
      assert.equal(
        bars.reduce((sum, { matches }) => sum + matches, 0),
        trace.matches.count,
      );
    }
  });

  it('is stepped over by the keys, and not chosen with the rest', () => {
    const trace = filtered('slow');
    const wanted = found(trace, 'slow');
    const lanes = new Arrangement(trace, 'connection', [], heights);
    const walked: number[] = [];
    let at: Selection | undefined = neighbour(trace, lanes, { kind: 'none' }, 'first');
    for (; at?.kind === 'exchange'; at = neighbour(trace, lanes, at, 'next')) walked.push(at.id);
    assert.deepEqual(walked, wanted);
    for (const by of groupings) {
      const grouped = new Arrangement(trace, by, [], heights);
      let step: Selection | undefined = neighbour(trace, grouped, { kind: 'none' }, 'laneDown');
      for (; step; step = neighbour(trace, grouped, step, 'laneDown')) {
        assert.ok(step.kind === 'exchange' && wanted.includes(step.id), `by ${by}`);
      }
    }
    const all = changedChoice(nothingChosen, { kind: 'stretch', from: 0, to: 1e9 }, trace, { kind: 'none' });
    assert.deepEqual([...all], wanted);
    trace.filterBy(noFilter, true);
    assert.equal(new Arrangement(trace, 'connection', [], heights).length, trace.lanes.length);
  });
});
