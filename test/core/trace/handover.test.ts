import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Batch } from '../../../src/core/trace/batch';
import { Handover, movedTo } from '../../../src/core/trace/handover';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { batchOf, connectionRow, exchangeRow } from './traceRows';

/** Each connection has three exchanges. */
function batch(first: number, last: number, status = 200): Batch {
  const ids = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const connections = [...new Set(ids.map((id) => Math.ceil(id / 3)))];
  return batchOf({
    exchanges: ids.map((id) => exchangeRow({ id, connection: Math.ceil(id / 3), start: id * 10, end: 4, status })),
    connections: connections.map((id) => connectionRow({ id, accepted: id * 30, caller: id % 10 === 0 ? id : 0 })),
    now: last * 10,
  });
}

function rowsOf(store: TraceStore): unknown {
  const { exchanges, connections } = store;
  return [exchanges.first, exchanges.last, connections.first, connections.last, exchanges.pack(), connections.pack()];
}

describe('Handover', () => {
  it('gives a short trace at once', () => {
    const store = new TraceStore(1000);
    store.append(batch(1, 90));
    const handover = new Handover(store, 100);
    assert.equal(handover.parts, 0);
    assert.deepEqual(handover.batch, store.snapshot());
  });

  it('gives the newest end of a long one, with the connections of all that it has', () => {
    const store = new TraceStore(1000);
    store.append(batch(1, 900));
    store.append(
      batchOf({ exchanges: [exchangeRow({ id: 901, connection: 1, start: 9999 })], now: 9999, firstString: 1 }),
    );
    const viewer = new TraceStore(1000);
    viewer.append(structuredClone(new Handover(store, 100).batch));
    assert.deepEqual([viewer.exchanges.first, viewer.exchanges.last], [802, 901]);
    for (let id = 802; id <= 901; id++) {
      assert.deepEqual(viewer.exchange(id), store.exchange(id));
      assert.ok(viewer.connection(viewer.exchange(id)?.connection ?? 0), `the connection of ${id}`);
    }
  });

  it('gives all of a long one in its parts, whatever happens between them', () => {
    const between = fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.nat(60)), { maxLength: 10 });
    fc.assert(
      fc.property(fc.integer({ min: 150, max: 700 }), between, (rows, events) => {
        // Both have room for 500: some of it is forgotten while it is on its way.
        const [store, viewer] = [new TraceStore(500), new TraceStore(500)];
        store.append(batch(1, rows));
        const handover = new Handover(store, 50);
        assert.ok(handover.parts > 1);
        let last = rows;
        for (let index = 0; index < handover.parts; index++) {
          viewer.take(structuredClone(handover.part(index)));
          const [more, changed] = events[index] ?? [0, 0];
          const next = batch(Math.max(1, last - changed), last + more, 404);
          last += more;
          store.append(next);
          viewer.append(next);
        }
        assert.deepEqual(rowsOf(viewer), rowsOf(store));
        assert.deepEqual(viewer.askedBy(20), store.askedBy(20));
      }),
    );
  });
});

describe('movedTo', () => {
  it('keeps everything where there is room, and the newest where there is not', () => {
    const store = new TraceStore(1000);
    store.append(batch(1, 900));
    const larger = movedTo(2000, store);
    assert.deepEqual(rowsOf(larger), rowsOf(store));
    assert.deepEqual(larger.forgotten, store.forgotten);
    const smaller = movedTo(100, store);
    assert.deepEqual([smaller.exchanges.first, smaller.exchanges.last, smaller.exchanges.length], [801, 900, 100]);
    assert.deepEqual(smaller.exchange(850), store.exchange(850));
    assert.deepEqual(smaller.forgotten, { exchanges: 800, connections: 200, notes: 0 });
    assert.deepEqual(smaller.snapshot().exchanges, movedTo(100, larger).snapshot().exchanges);
  });
});
