import assert from 'node:assert/strict';
import { exchangeSchema } from '../../src/core/trace/columns';
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
    const taken = rows.take();
    assert.deepEqual([...taken.id], [2, 1]);
    assert.deepEqual([...taken.status], [0, 200]);
    assert.deepEqual([...taken.start], [0.125, 0]);
    assert.equal(rows.take().id.length, 0);
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
    assert.deepEqual([...rows.take().id], [7]);
    const next = rows.add();
    assert.equal(next, first);
    assert.equal(next.id, 0);
    assert.notEqual(rows.add(), next, 'nor is it given away twice');
  });

  it('do not disturb each other', () => {
    const rows = new LiveRows(exchangeSchema);
    const many = Array.from({ length: 500 }, (_, index) => Object.assign(rows.add(), { id: index, end: index / 2 }));
    for (const row of many) rows.changed(row);
    const taken = rows.take();
    assert.deepEqual(
      [...taken.id],
      many.map((_, index) => index),
    );
    assert.deepEqual(
      [...taken.end],
      many.map((_, index) => index / 2),
    );
  });
});
