import assert from 'node:assert/strict';
import { exchangeSchema } from '../../src/core/trace/columns';
import { packedIds, unpackRows } from '../../src/core/trace/packedRows';
import { LiveRows } from '../../src/server/liveRows';

describe('live rows', () => {
  it('begin as zeros, their offsets not yet happened', () => {
    const row = new LiveRows(exchangeSchema).add();
    assert.equal(row.id, 0);
    assert.equal(row.bytesIn, 0);
    assert.ok(Number.isNaN(row.appStart));
  });

  it('are taken once a change, in order of their first change', () => {
    const rows = new LiveRows(exchangeSchema);
    const [a, b] = [rows.add(), rows.add()];
    Object.assign(a, { id: 1, status: 200 });
    Object.assign(b, { id: 2, start: 0.125 });
    rows.changed(b);
    rows.changed(a);
    rows.changed(b);
    assert.deepEqual(
      unpackRows(exchangeSchema, rows.take()).map(({ id, status, start }) => [id, status, start]),
      [
        [2, 0, 0.125],
        [1, 200, 0],
      ],
    );
    assert.equal(rows.take().length, 0);
  });

  it('that are released still travel once, and only then make room', () => {
    const rows = new LiveRows(exchangeSchema);
    const first = rows.add();
    first.id = 7;
    rows.changed(first);
    rows.release(first);
    rows.release(first);
    const others = Array.from({ length: 200 }, () => rows.add());
    assert.ok(!others.includes(first), 'it is not given away before it has travelled');
    assert.deepEqual(packedIds(exchangeSchema, rows.take()), [7]);
    const next = rows.add();
    assert.equal(next, first);
    assert.equal(next.id, 0);
    assert.notEqual(rows.add(), next, 'nor is it given away twice');
  });

  it('do not disturb each other', () => {
    const rows = new LiveRows(exchangeSchema);
    const many = Array.from({ length: 500 }, (_, index) => Object.assign(rows.add(), { id: index, end: index / 2 }));
    for (const row of many) rows.changed(row);
    assert.deepEqual(
      unpackRows(exchangeSchema, rows.take()).map(({ id, end }) => [id, end]),
      many.map((_, index) => [index, index / 2]),
    );
  });
});
