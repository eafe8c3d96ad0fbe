import assert from 'node:assert/strict';
import { exchangeSchema, mostBytes } from '../../../src/core/trace/columns';
import { Table } from '../../../src/core/trace/table';
import { exchangeRow } from './traceRows';
import { packRows } from '../../../src/core/trace/packedRows';

describe('the columns of an exchange', () => {
  it('take less than 100 bytes', () => {
    const table = new Table(exchangeSchema, 1000);
    const kept = new Set<ArrayBufferLike>(Object.values(table.columns).map(({ buffer }) => buffer));
    const bytes = [...kept].reduce((sum, { byteLength }) => sum + byteLength, 0) / 1000;
    const presence = Uint8Array.BYTES_PER_ELEMENT;
    assert.ok(bytes > 50 && bytes + presence < 100, `${bytes + presence} bytes`);
  });

  it('count bytes exactly up to their limit, and say the limit above it', () => {
    const table = new Table(exchangeSchema, 10);
    const counts = [0, 1, 16_777_217, mostBytes - 1, mostBytes, mostBytes + 1, 1e13];
    table.put(
      packRows(
        exchangeSchema,
        counts.map((bytesOut, id) => exchangeRow({ id, bytesOut })),
      ),
    );
    assert.deepEqual(
      counts.map((_, id) => table.read(id)?.bytesOut),
      [0, 1, 16_777_217, mostBytes - 1, mostBytes, mostBytes, mostBytes],
    );
  });
});
