import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packRows } from '../../../src/core/trace/packedRows';
import { Table } from '../../../src/core/trace/table';

const schema = { id: Uint32Array, value: Float64Array } as const;

function put(table: Table<typeof schema>, id: number, value: number): void {
  table.put(packRows(schema, [{ id, value }]));
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

  it('takes an older id that comes after a newer one', () => {
    const table = new Table(schema, 10);
    for (const id of [5, 3, 4]) put(table, id, id * 10);
    assert.deepEqual(
      [3, 4, 5].map((id) => get(table, id)),
      [30, 40, 50],
    );
    assert.deepEqual([table.first, table.last], [3, 5]);
  });

  it('takes a batch as it takes its rows one by one', () => {
    const stretch = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(fc.array(stretch, { maxLength: 3 }), { maxLength: 12 }), (batches) => {
        const [whole, single] = [new Table(schema, 100), new Table(schema, 100)];
        let last = 0;
        let value = 0;
        for (const stretches of batches) {
          const ids: number[] = [];
          last = Math.max(0, last - 20); // some rows come again, changed
          for (const [gap, count] of stretches) {
            for (let index = 0; index < count; index++) ids.push(last + gap + index);
            last += gap + count;
          }
          const rows = ids.map((id) => ({ id, value: ++value }));
          whole.put(packRows(schema, rows));
          for (const row of rows) put(single, row.id, row.value);
        }
        assert.deepEqual([whole.first, whole.last, whole.forgotten], [single.first, single.last, single.forgotten]);
        for (let id = 0; id <= last + 1; id++) assert.equal(get(whole, id), get(single, id), `id ${id}`);
      }),
    );
  });

  it('takes all rows of a batch, also those that push others of it out', () => {
    const table = new Table(schema, 3);
    const ids = Array.from({ length: 8 }, (_, index) => index + 1);
    table.put(
      packRows(
        schema,
        ids.map((id) => ({ id, value: id * 10 })),
      ),
    );
    assert.deepEqual([table.first, table.last, table.forgotten], [6, 8, 5]);
    assert.deepEqual(
      ids.map((id) => get(table, id)),
      [undefined, undefined, undefined, undefined, undefined, 60, 70, 80],
    );
    table.put(
      packRows(schema, [
        { id: 8, value: 1 },
        { id: 8, value: 2 },
      ]),
    );
    assert.equal(get(table, 8), 2);
  });

  it('agrees with a map that keeps the newest ids, however the rows are batched', () => {
    const id = fc.integer({ min: 0, max: 60 });
    const batches = fc.array(fc.array(fc.tuple(id, fc.double({ noNaN: true })), { maxLength: 20 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), batches, (capacity, given) => {
        const table = new Table(schema, capacity);
        const model = new Map<number, number>();
        for (const batch of given) {
          for (const [id, value] of batch) {
            const newest = Math.max(id, ...model.keys());
            if (id > newest - capacity) model.set(id, value);
            for (const known of model.keys()) if (known <= newest - capacity) model.delete(known);
          }
          table.put(
            packRows(
              schema,
              batch.map(([id, value]) => ({ id, value })),
            ),
          );
          for (let id = 0; id <= 60; id++) assert.equal(get(table, id), model.get(id), `id ${id}`);
        }
      }),
    );
  });

  it('takes blocks of another table as it takes their rows one by one', () => {
    const stretch = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 40 }), fc.boolean());
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 90 }), fc.array(stretch, { maxLength: 8 }), (capacity, stretches) => {
        const source = new Table(schema, 1000);
        const [whole, single] = [new Table(schema, capacity), new Table(schema, capacity)];
        let value = 0;
        for (const [first, count, gaps] of stretches) {
          for (let id = first; id < first + count; id++) if (!gaps || id % 3 > 0) put(source, id, ++value);
          const block = structuredClone(source.block(first, count));
          whole.putBlock(block);
          // The newest first, as a block makes room for all of it at once.
          for (let id = first + count - 1; id >= first; id--) {
            const known = get(source, id);
            if (known !== undefined) put(single, id, known);
          }
          if (whole.forgotten > 0) return;
          for (let id = 0; id <= 140; id++) assert.equal(get(whole, id), get(single, id), `id ${id}`);
        }
      }),
    );
  });

  it('keeps the newest of a block that is larger than itself', () => {
    const [source, table] = [new Table(schema, 100), new Table(schema, 7)];
    for (let id = 1; id <= 30; id++) put(source, id, id);
    table.putBlock(source.block(1, 30));
    assert.deepEqual([table.first, table.last, table.length], [24, 30, 7]);
    for (let id = 1; id <= 30; id++) assert.equal(get(table, id), id < 24 ? undefined : id);
    table.putBlock(source.block(0, 10));
    assert.deepEqual([table.first, table.last], [24, 30]);
  });
});
