import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExchangeRow } from '../../../../src/core/trace/columns';
import { noFilter, readFilter, type Filter } from '../../../../media/timeline/model/filterText';
import { RowOrder, unsorted, type Sorting } from '../../../../media/timeline/model/rowOrder';
import { compareTexts } from '../../../../media/timeline/model/sorting';
import { columnOf, tableColumns } from '../../../../media/timeline/model/tableColumns';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

const never = (): boolean => false;

function listed(order: RowOrder): number[] {
  return Array.from({ length: order.length }, (_, index) => order.at(index));
}

/** Asks every row, and sorts them all. */
function wanted(trace: Trace, { column, descending }: Sorting): number[] {
  const { store, matches } = trace;
  const { key } = columnOf(column);
  const ids: number[] = [];
  for (let id = store.exchanges.first; id <= store.exchanges.last; id++) {
    if (store.exchanges.rowOf(id) >= 0 && (!matches.active || matches.has(id))) ids.push(id);
  }
  const value = (id: number): number => (key.kind === 'id' ? id : key.of(store, store.exchanges.rowOf(id)));
  ids.sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === other) return a - b;
    return key.kind === 'text'
      ? compareTexts(key.text(store, one), key.text(store, other)) || a - b
      : one < other
        ? -1
        : 1;
  });
  return descending ? ids.reverse() : ids;
}

const request = fc.record({
  connection: fc.nat(3),
  target: fc.constantFrom('/a', '/b', '/static/c', '/ä', ''),
  method: fc.constantFrom('GET', 'POST'),
  status: fc.constantFrom(200, 404, 500),
  type: fc.constantFrom('text/html', 'application/json', 'application/problem+json', 'image/svg+xml', ''),
  slot: fc.integer({ min: 1, max: 4 }),
  wait: fc.constantFrom(0, 0, 7, 120),
  size: fc.nat(5000),
  app: fc.option(fc.nat(300), { nil: undefined }),
});

const sorting = fc.record({
  column: fc.constantFrom(...tableColumns.map(({ name }) => name)),
  descending: fc.boolean(),
});
const filter = fc.constantFrom('', '-path:/static', 'status:5xx', 'phase.app>100ms', 'path:/a', 'type:json');

describe('RowOrder', () => {
  it('lists at every moment what sorting every row anew would', () => {
    const batch = fc.record({
      requests: fc.array(request, { maxLength: 8 }),
      ends: fc.array(fc.nat(20), { maxLength: 4 }),
      sorting: fc.option(sorting, { nil: undefined }),
      filter: fc.option(filter, { nil: undefined }),
      wait: fc.constantFrom(0, 0, 60, 120),
    });
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 15 }), (batches) => {
        const trace = new Trace(25);
        const order = new RowOrder(trace);
        const traffic = new Traffic();
        const connections = Array.from({ length: 4 }, (_, index) => traffic.connection(0, 50_000 + index));
        const open: ExchangeRow[] = [];
        let [at, sorted, filtered]: [number, Sorting, Filter] = [1, unsorted, noFilter];
        for (const step of batches) {
          for (const { connection, app, ...rest } of step.requests) {
            const on = connections[connection];
            if (!on) continue;
            const row = traffic.exchange(on, { at: at++, ...rest, ...(app === undefined ? {} : { app }) });
            if (app === undefined) open.push(row);
          }
          for (const which of step.ends) {
            const [row] = open.splice(which, 1);
            if (!row) continue;
            Object.assign(row, {
              appEnd: row.appStart + which,
              end: row.appStart + which + 1,
              status: 201,
              outcome: 1,
            });
            traffic.changed(row);
          }
          sorted = step.sorting ?? sorted;
          if (step.filter !== undefined) filtered = step.filter === '' ? noFilter : readFilter(step.filter);
          trace.append(traffic.batch(at));
          trace.filterBy(filtered, false);
          order.sortBy(sorted);
          order.update(never);
          assert.deepEqual(listed(order), wanted(trace, sorted));
          at += step.wait;
          trace.matchAt(at);
          order.update(never);
          assert.deepEqual(listed(order), wanted(trace, sorted));
          for (const [index, id] of listed(order).entries()) assert.equal(order.indexOf(id), index);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the list before until the new one is made, in steps', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(0, 50_000);
    for (let count = 0; count < 100_000; count++) {
      traffic.exchange(connection, { at: count, target: `/${(count * 31) % 977}`, app: count % 50 });
    }
    const trace = new Trace(200_000);
    trace.append(traffic.batch(100_000));
    const order = new RowOrder(trace);
    order.update(never);
    order.sortBy({ column: 'path', descending: false });
    let steps = 0;
    while (order.busy) {
      assert.equal(order.at(5), 6, 'as they came');
      order.update(() => true);
      if (steps++ === 3) {
        traffic.exchange(connection, { at: 100_001, target: '/', app: 5 });
        trace.append(traffic.batch(100_002));
      }
    }
    assert.ok(steps > 10, `${steps} steps`);
    order.update(never);
    assert.equal(order.length, 100_001);
    assert.equal(order.at(0), 100_001, 'what came meanwhile stands in its place');
    assert.equal(order.at(1), 1);
  });

  it('says nothing of what is not listed', () => {
    const traffic = new Traffic();
    const connection = traffic.connection(0, 50_000);
    traffic.exchange(connection, { at: 1, target: '/a', app: 1 });
    traffic.exchange(connection, { at: 3, target: '/b', app: 1 });
    const trace = new Trace(10);
    trace.append(traffic.batch(9));
    const order = new RowOrder(trace);
    assert.equal(order.indexOf(7), -1);
    assert.equal(order.indexOf(0), -1);
    const only = readFilter('path:/b');
    trace.filterBy(only, false);
    order.update(never);
    assert.deepEqual(listed(order), [2]);
    assert.equal(order.indexOf(1), -1);
  });
});
