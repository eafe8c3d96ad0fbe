import assert from 'node:assert/strict';
import { exchangeRow, batchOf } from './traceRows';
import { Handover, movedTo } from '../../../src/core/trace/handover';
import { StringTable } from '../../../src/core/trace/stringTable';
import { TraceStore } from '../../../src/core/trace/traceStore';

describe('interned strings', () => {
  it('are found by id, and id 0 is empty', () => {
    const table = new StringTable();
    table.put(1, ['a', 'b']);
    table.put(4, ['d']);
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((id) => table.text(id)),
      ['', 'a', 'b', '', 'd', ''],
    );
    assert.deepEqual(table.all(), ['a', 'b', '', 'd']);
  });

  it('are forgotten below an id, for good', () => {
    const table = new StringTable();
    table.put(1, ['a', 'b', 'c']);
    table.forgetBefore(3);
    table.put(1, ['late']);
    assert.equal(table.first, 3);
    assert.deepEqual(
      [1, 2, 3].map((id) => table.text(id)),
      ['', '', 'c'],
    );
  });

  it('do not pile up in a store that forgets their rows, and those in use stay', () => {
    const store = new TraceStore(100);
    const each = 1000;
    for (let batch = 0; batch < 500; batch++) {
      const first = 1 + batch * each;
      const exchanges = Array.from({ length: each }, (_, row) => exchangeRow({ id: first + row, target: first + row }));
      const strings = Array.from({ length: each }, (_, row) => `/${first + row}`);
      store.append(batchOf({ exchanges, firstString: first, strings, now: batch }));
    }
    assert.ok(store.snapshot().strings.length < 150_000);
    for (let id = store.exchanges.first; id <= store.exchanges.last; id++) assert.equal(store.text(id), `/${id}`);
  });

  it('stay with a viewer that gets the rows which refer to them later, in parts', () => {
    const rows = 60_000;
    const store = new TraceStore(rows);
    const exchanges = Array.from({ length: rows }, (_, row) => exchangeRow({ id: 1 + row, target: 1 + row }));
    const strings = Array.from({ length: rows }, (_, row) => `/${1 + row}`);
    store.append(batchOf({ exchanges, firstString: 1, strings, now: 1 }));
    const handover = new Handover(store);
    const viewer = new TraceStore(rows);
    viewer.append(handover.batch);
    // What happens meanwhile comes between the parts.
    const news = batchOf({ firstString: rows + 1, strings: ['/new'], now: 2 });
    for (let index = 0; index < handover.parts; index++) {
      viewer.append(news);
      viewer.take(handover.part(index));
    }
    for (const viewed of [viewer, movedTo(rows, store)]) {
      assert.equal(viewed.exchanges.length, rows);
      for (let id = 1; id <= rows; id++) assert.equal(viewed.text(viewed.exchange(id)?.target ?? 0), `/${id}`);
    }
  });
});
