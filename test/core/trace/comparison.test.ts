import assert from 'node:assert/strict';
import { connectionSchema, exchangeSchema } from '../../../src/core/trace/columns';
import { comparedRun } from '../../../src/core/trace/comparison';
import { unpackRows } from '../../../src/core/trace/packedRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { batchOf, connectionRow, exchangeRow } from './traceRows';

function storeOf(): TraceStore {
  const store = new TraceStore(100);
  store.append(
    batchOf({
      mediaTypes: { first: 1, names: ['text/html', 'text/css'] },
      strings: ['GET', '/a', '/b', '127.0.0.1:8888', '127.0.0.1:50001', '/elsewhere'],
      connections: [
        connectionRow({ id: 3, local: 4, remote: 5, accepted: 1000, registered: 1001, closing: 1400, closed: 1401 }),
        connectionRow({ id: 4, accepted: 1200 }),
      ],
      exchanges: [
        exchangeRow({ id: 7, connection: 3, method: 1, target: 2, mediaType: 2, start: 1002, end: 50 }),
        exchangeRow({ id: 8, connection: 4, method: 1, target: 6, start: 1202, end: 50 }),
        exchangeRow({ id: 9, connection: 3, method: 1, target: 3, start: 1300, end: 60 }),
      ],
      now: 2000,
    }),
  );
  return store;
}

describe('a compared run', () => {
  it('has the requests of the comparison under their places, and counts time from the first accept', () => {
    const run = comparedRun({
      model: 'processes',
      slots: 2,
      trace: storeOf(),
      exchanges: [7, undefined, 9, 99],
      zero: 1000,
    });
    const { batch } = run;
    const text = (id: number): string => batch.strings[id - batch.firstString] ?? '';
    assert.deepEqual(
      unpackRows(exchangeSchema, batch.exchanges).map((row) => [
        row.id,
        row.connection,
        row.start,
        row.end,
        text(row.target),
      ]),
      [
        [1, 3, 2, 50, '/a'],
        [3, 3, 300, 60, '/b'],
      ],
    );
    const viewer = new TraceStore(10);
    viewer.append(batch);
    assert.equal(viewer.mediaTypes.name(viewer.exchange(1)?.mediaType ?? 0), 'text/css');
    const [connection, ...others] = unpackRows(connectionSchema, batch.connections);
    assert.equal(others.length, 0, 'that of a request that was not chosen stays away');
    assert.ok(connection);
    const { accepted, registered, turn, closing, closed } = connection;
    assert.deepEqual([accepted, registered, turn, closing, closed], [0, 1, 1, 400, 401]);
    assert.equal(text(connection.remote), '127.0.0.1:50001');
    assert.ok(!batch.strings.includes('/elsewhere'));
    assert.equal(batch.now, 1000);
    assert.deepEqual(batch.models, [{ at: 0, model: 'processes', slots: 2 }]);
  });
});
