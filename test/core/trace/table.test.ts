import assert from 'node:assert/strict';
import fc from 'fast-check';
import { makeColumns, type Columns } from '../../../src/core/trace/columns';
import { Table } from '../../../src/core/trace/table';

const schema = { id: Uint32Array, value: Float64Array } as const;

function put(table: Table<typeof schema>, id: number, value: number): void {
  const row: Columns<typeof schema> = makeColumns(schema, 1);
  row.id[0] = id;
  row.value[0] = value;
  table.put(row);
}

function get(table: Table<typeof schema>, id: number): number | undefined {
  const row = table.rowOf(id);
  return row < 0 ? undefined : table.columns.value[row];
}

describe('Table', () => {
  it('starts empty and knows no id', () => {
    const table = new Table(schema, 4);
    assert.equal(table.length, 0);
    assert.equal(table.rowOf(0), -1);
    assert.equal(table.rowOf(1), -1);
  });

  it('finds a row by its id, and the latest of two wins', () => {
    const table = new Table(schema, 10);
    put(table, 1, 10);
    put(table, 2, 20);
    put(table, 1, 11);
    assert.equal(get(table, 1), 11);
    assert.equal(get(table, 2), 20);
    assert.equal(table.length, 2);
  });

  it('does not mistake another row for an id that never came', () => {
    const table = new Table(schema, 10);
    put(table, 1, 10);
    put(table, 3, 30);
    assert.equal(get(table, 2), undefined);
    assert.equal(get(table, 3), 30);
  });

  it('forgets the oldest at its capacity and counts them', () => {
    const table = new Table(schema, 3);
    for (let id = 1; id <= 5; id++) put(table, id, id * 10);
    assert.deepEqual([table.first, table.last, table.length, table.forgotten], [3, 5, 3, 2]);
    assert.equal(get(table, 2), undefined);
    assert.deepEqual(
      [3, 4, 5].map((id) => get(table, id)),
      [30, 40, 50],
    );
    put(table, 1, 99);
    assert.equal(get(table, 1), undefined, 'a forgotten row does not come back');
    assert.deepEqual([table.first, table.length], [3, 3]);
  });

  it('does not show a forgotten row in the place of one that was jumped over', () => {
    const table = new Table(schema, 3);
    for (const id of [1, 2, 3, 6]) put(table, id, id * 10);
    assert.deepEqual(
      [4, 5, 6].map((id) => get(table, id)),
      [undefined, undefined, 60],
    );
  });

  it('keeps what it has when it grows', () => {
    const table = new Table(schema, 5000);
    for (let id = 1; id <= 4000; id++) put(table, id, id);
    for (let id = 1; id <= 4000; id++) assert.equal(get(table, id), id);
    assert.equal(table.forgotten, 0);
  });

  it('takes up anywhere after clear', () => {
    const table = new Table(schema, 3);
    for (let id = 1; id <= 5; id++) put(table, id, id);
    table.clear();
    assert.deepEqual([table.length, table.forgotten, get(table, 5)], [0, 0, undefined]);
    put(table, 100, 7);
    assert.deepEqual([table.length, table.first, get(table, 100)], [1, 100, 7]);
  });

  it('takes an older row after a newer one as long as nothing is forgotten', () => {
    const table = new Table(schema, 3);
    for (const id of [9, 7]) put(table, id, id);
    assert.deepEqual([table.first, table.last, table.length, get(table, 7)], [7, 9, 3, 7]);
    put(table, 6, 6);
    assert.equal(get(table, 6), undefined, 'there is no room below');
    put(table, 10, 10);
    put(table, 7, 77);
    assert.deepEqual([table.first, table.forgotten, get(table, 7)], [8, 1, undefined]);
  });

  it('agrees with a map that keeps the newest ids', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.double({ noNaN: true })), { maxLength: 100 }),
        (capacity, steps) => {
          const table = new Table(schema, capacity);
          const model = new Map<number, number>();
          let first = Infinity;
          let last = -1;
          let forgot = false;
          for (const [id, value] of steps) {
            if (last < 0 || (id < first && !forgot && last - id < capacity)) first = id;
            if (id >= first) {
              model.set(id, value);
              last = Math.max(last, id);
              forgot ||= last - capacity + 1 > first;
              first = Math.max(first, last - capacity + 1);
            }
            put(table, id, value);
          }
          for (let id = 0; id <= 60; id++) {
            assert.equal(get(table, id), id < first ? undefined : model.get(id), `id ${id}`);
          }
        },
      ),
    );
  });
});
