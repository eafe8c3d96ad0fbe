import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spansOf } from '../../../../src/core/trace/spans';
import { filterPhases } from '../../../../media/timeline/model/filterFields';
import { phaseTime, testOf } from '../../../../media/timeline/model/filterTest';
import { readFilter } from '../../../../media/timeline/model/filterText';
import { Trace } from '../../../../media/timeline/model/trace';
import { scenarios } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

function traceOf(name: 'mixed' | 'waiting' | 'busy'): { trace: Trace; now: number } {
  const { traffic, now } = scenarios[name]();
  const trace = new Trace(10_000);
  trace.append(traffic.batch(now));
  return { trace, now };
}

function idsOf(trace: Trace, text: string, now = trace.store.now): number[] {
  const test = testOf(readFilter(text), trace.store);
  const { first, last } = trace.store.exchanges;
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((id) =>
    test(trace.store.exchanges.rowOf(id), now),
  );
}

describe('testOf', () => {
  const traffic = new Traffic();
  const here = traffic.connection(0, 54310);
  const there = traffic.connection(0, 80, '192.168.1.7');
  const six = traffic.connection(0, 81, '[::1]');
  traffic.exchange(here, {
    at: 1,
    target: '/api/items?q=Blue',
    app: 300,
    size: 20_000,
    type: 'application/problem+json',
  });
  traffic.exchange(there, { at: 2, target: '/static/a.css', method: 'POST', app: 2, status: 404, type: 'text/css' });
  traffic.exchange(six, {
    at: 3,
    target: '/v2/api',
    app: 60,
    wait: 80,
    status: 500,
    outcome: 'app error',
    type: 'text/html',
  });
  traffic.exchange(here, { at: 500, target: '/slow' });
  traffic.exchange(there, { at: 600, target: '/gone', app: 5, status: 0, outcome: 'client left' });
  const trace = new Trace(100);
  trace.append(traffic.batch(1000));

  for (const [text, ids] of [
    ['', [1, 2, 3, 4, 5]],
    ['blue', [1]],
    ['"get /SLOW"', [4]],
    ['404', [2]],
    ['left', [5]],
    ['192.168', [2, 5]],
    ['method:post', [2]],
    ['method:POST,GET', [1, 2, 3, 4, 5]],
    ['status:5xx', [3]],
    ['status:40x,200', [1, 2]],
    ['type:json', [1]],
    ['type:TEXT', [2, 3]],
    ['type:html,css', [2, 3]],
    ['type:none', []],
    ['path:/api', [1]],
    ['path:api', [1, 3]],
    ['-path:/static,/slow', [1, 3, 5]],
    ['larger:10k', [1]],
    ['smaller:10k', [2, 3, 4, 5]],
    ['slower:200ms', [1, 4]],
    ['faster:50ms', [2, 5]],
    ['phase.queue>50ms', [3]],
    ['phase.app>=60 -error:', [1, 4]],
    ['client:127.0.0.1', [1, 4]],
    ['client:192.168', [2, 5]],
    ['client:192.16', []],
    ['client::54310', [1, 4]],
    ['client:::1', [3]],
    ['client:[::1]:81', [3]],
    ['error:', [3, 5]],
    ['error:"client left"', [5]],
    ['api slower:100ms', [1, 3]],
  ] as const) {
    it(`finds ${ids.length} with ${text || 'nothing'}`, () => assert.deepEqual(idsOf(trace, text), ids));
  }

  it('finds responses without a type, but no requests without a response', () => {
    const few = new Traffic();
    const connection = few.connection(0, 54310);
    few.exchange(connection, { at: 1, target: '/a', app: 5, status: 304 });
    few.exchange(connection, { at: 20, target: '/b', app: 5, type: 'text/css' });
    few.exchange(connection, { at: 40, target: '/c' });
    const other = new Trace(100);
    other.append(few.batch(100));
    assert.deepEqual(idsOf(other, 'type:none'), [1]);
    assert.deepEqual(idsOf(other, '-type:none'), [2, 3]);
  });

  it('finds with a minus exactly what it does not find without', () => {
    const words = fc.constantFrom(
      'slow',
      '200',
      'method:GET',
      'status:5xx',
      'path:/item',
      'larger:100',
      'smaller:1k',
      'type:json',
      'type:none',
    );
    const more = fc.constantFrom(
      'slower:10ms',
      'faster:1s',
      'phase.queue>1ms',
      'phase.app<3ms',
      'client:[::1]',
      'error:',
    );
    const traces = [traceOf('mixed'), traceOf('waiting')];
    fc.assert(
      fc.property(fc.oneof(words, more), fc.constantFrom(...traces), fc.nat(9000), (word, { trace }, now) => {
        const both = [...idsOf(trace, word, now), ...idsOf(trace, `-${word}`, now)].sort((a, b) => a - b);
        assert.deepEqual(both, idsOf(trace, '', now));
      }),
    );
  });
});

describe('phaseTime', () => {
  it('is what the phases of the picture come to', () => {
    for (const { trace, now } of [traceOf('mixed'), traceOf('waiting'), traceOf('busy')]) {
      const { exchanges } = trace.store;
      for (let id = exchanges.first; id <= exchanges.last; id++) {
        const row = trace.exchange(id);
        assert.ok(row);
        const spans = spansOf(row, trace.connection(row.connection), now);
        for (const phase of filterPhases) {
          const wanted = spans.filter((span) => span.phase === phase).reduce((sum, { duration }) => sum + duration, 0);
          const time = phaseTime(phase, trace.store, exchanges.rowOf(id), now);
          assert.ok(Math.abs(time - wanted) < 1e-3, `${phase} of ${id}: ${time}, not ${wanted}`);
        }
      }
    }
  });
});
