import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import { groupings, laneKey, type GroupBy } from '../../../../media/timeline/model/grouping';
import { Trace } from '../../../../media/timeline/model/trace';
import type { Selection } from '../../../../media/timeline/selection';
import { scenarios } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

const heights = { lane: 42, header: 26 };

function traceOf(clients: readonly number[]): Trace {
  const traffic = new Traffic();
  clients.forEach((client, index) => {
    const connection = traffic.connection(index, 40_000 + index, `10.0.0.${client}`);
    const wait = index % 3 === 2 ? { wait: 5 } : {};
    traffic.exchange(connection, { at: index + 0.5, target: '/', app: 2, slot: 1 + (index % 4), ...wait });
  });
  const trace = new Trace(1000);
  trace.append(traffic.batch(clients.length));
  return trace;
}

describe('Arrangement', () => {
  const clients = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 });
  const grouping = fc.constantFrom<GroupBy>(...groupings);
  const hidden = fc.subarray(['10.0.0.0', '10.0.0.1', '10.0.0.2', 'waiting']);

  it('lays rows one below the other, without gaps, and finds each at its place', () => {
    fc.assert(
      fc.property(clients, grouping, hidden, (from, by, collapsed) => {
        const lanes = new Arrangement(traceOf(from), by, collapsed, heights);
        const rows = lanes.rows(0, lanes.height);
        let top = 0;
        for (const row of rows) {
          assert.equal(row.top, top);
          assert.equal(lanes.rowAt(row.top)?.key, row.key);
          assert.equal(lanes.rowAt(row.top + row.height - 1)?.key, row.key);
          top += row.height;
        }
        assert.equal(lanes.height, top);
        assert.equal(lanes.rowAt(top), undefined);
        assert.equal(lanes.rowAt(-1), undefined);
        assert.equal(new Set(rows.map((row) => row.key)).size, rows.length, 'keys are distinct');
      }),
    );
  });

  it('gives of a stretch just the rows that it touches', () => {
    fc.assert(
      fc.property(
        clients,
        grouping,
        hidden,
        fc.nat({ max: 900 }),
        fc.nat({ max: 300 }),
        (from, by, collapsed, at, tall) => {
          const lanes = new Arrangement(traceOf(from), by, collapsed, heights);
          const touched = lanes.rows(0, lanes.height).filter((row) => row.top < at + tall && row.top + row.height > at);
          assert.deepEqual(
            lanes.rows(at, at + tall).map((row) => row.key),
            tall === 0 ? lanes.rows(at, at).map((row) => row.key) : touched.map((row) => row.key),
          );
        },
      ),
    );
  });

  it('finds the row of every exchange, or the header that hides it', () => {
    fc.assert(
      fc.property(clients, grouping, hidden, (from, by, collapsed) => {
        const trace = traceOf(from);
        const lanes = new Arrangement(trace, by, collapsed, heights);
        for (let id = 1; id <= from.length; id++) {
          const selection: Selection = { kind: 'exchange', id };
          const row = lanes.rowOf(selection);
          const group = lanes.groupOf(selection);
          assert.ok(row && group);
          assert.equal(row.kind === 'header', group.key !== '' && collapsed.includes(group.key));
          const lane = lanes.laneAt(lanes.indexOf(selection));
          assert.ok(lane);
          if (row.kind === 'lane') assert.equal(row.key, laneKey(lane));
          assert.equal(lanes.rows(row.top, row.top + 1)[0]?.key, row.key);
        }
        assert.equal(lanes.laneAt(lanes.length), undefined);
        assert.equal(lanes.rowOf({ kind: 'none' }), undefined);
        assert.equal(lanes.indexOf({ kind: 'exchange', id: 9999 }), -1);
      }),
    );
  });

  it('lays the slots of workers that are gone below what there is now', () => {
    const traffic = new Traffic();
    for (const worker of [1, 2, 3, 4]) {
      traffic.exchange(traffic.connection(worker, 40_000), { at: worker * 10, target: '/', app: 2, worker, wait: 1 });
    }
    const trace = new Trace(100);
    trace.append(traffic.batch(100));
    const lanes = new Arrangement(trace, 'slot', [], heights, [2, 4]);
    assert.deepEqual(
      lanes.rows(0, lanes.height).map((row) => row.key),
      ['slot 2 1', 'slot 4 1', 'group waiting', 'waiting 0', 'group earlier workers', 'slot 1 1', 'slot 3 1'],
    );
    assert.equal(lanes.rowOf({ kind: 'exchange', id: 3 })?.key, 'slot 3 1');
    assert.equal(lanes.indexOf({ kind: 'exchange', id: 3 }), 4);
    const hidden = new Arrangement(trace, 'slot', ['earlier workers'], heights, [2, 4]);
    assert.equal(hidden.rowOf({ kind: 'exchange', id: 3 })?.key, 'group earlier workers');
    const unknown = new Arrangement(trace, 'slot', [], heights);
    assert.equal(unknown.rows(0, unknown.height).length, 6, 'nobody knows which are gone');
  });

  it('is made at once and looks at the visible lanes alone, however many there are', () => {
    const { traffic, now } = scenarios.huge();
    const trace = new Trace(200_000);
    trace.append(traffic.batch(now));
    const started = performance.now();
    for (let count = 0; count < 1000; count++) {
      for (const by of groupings) new Arrangement(trace, by, [], heights).rows(2000, 2800);
    }
    const each = (performance.now() - started) / 3000;
    assert.ok(each < 2, `${each.toFixed(3)} ms`);
  });
});
