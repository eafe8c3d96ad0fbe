import assert from 'node:assert/strict';
import { exchangeSchema, type ExchangeRow } from '../../../src/core/trace/columns';
import { otherMediaType } from '../../../src/core/trace/mediaTypes';
import { packedIds } from '../../../src/core/trace/packedRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { batchOf, connectionRow, exchangeRow } from './traceRows';

const note = (text: string) => ({ at: 1, name: 'listen', text, level: 'info' }) as const;

function exchange(store: TraceStore, id: number): ExchangeRow {
  const row = store.exchange(id);
  assert.ok(row);
  return row;
}

describe('TraceStore', () => {
  it('shows the latest of what it was told about an exchange', () => {
    const store = new TraceStore(10);
    const started = exchangeRow({ id: 1, connection: 1, start: 5 });
    store.append(batchOf({ exchanges: [started], now: 6 }));
    assert.ok(Number.isNaN(exchange(store, 1).end));
    const ended = { ...started, status: 200, end: 2 };
    store.append(batchOf({ exchanges: [ended], connections: [connectionRow({ id: 1, accepted: 4 })], now: 8 }));
    assert.deepEqual(exchange(store, 1), ended);
    assert.equal(store.connections.length, 1);
    assert.equal(store.now, 8);
  });

  it('is not harmed by a batch that comes twice', () => {
    const store = new TraceStore(10);
    const batch = batchOf({ exchanges: [exchangeRow({ id: 1, method: 1 })], strings: ['GET'] });
    store.append(batch);
    store.append(batch);
    assert.equal(store.exchanges.length, 1);
    assert.equal(store.text(exchange(store, 1).method), 'GET');
  });

  it('takes the later of two rows in one batch', () => {
    const store = new TraceStore(10);
    store.append(batchOf({ exchanges: [exchangeRow({ id: 1, status: 0 }), exchangeRow({ id: 1, status: 204 })] }));
    assert.equal(exchange(store, 1).status, 204);
  });

  it('knows strings by their ids, and has none for those that never came', () => {
    const store = new TraceStore(10);
    store.append(batchOf({ firstString: 3, strings: ['later'] }));
    store.append(batchOf({ firstString: 1, strings: ['GET', '/'] }));
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((id) => store.text(id)),
      ['', 'GET', '/', 'later', ''],
    );
  });

  it('knows media types by their numbers, from whichever batch they came, and hands them on', () => {
    const store = new TraceStore(10);
    const first = batchOf({ mediaTypes: { first: 1, names: ['text/html'] } });
    store.append(first);
    store.append(batchOf({ mediaTypes: { first: 2, names: ['image/png', 'text/css'] } }));
    store.append(first);
    store.clear();
    const viewer = new TraceStore(10);
    viewer.append(structuredClone(store.snapshot()));
    for (const each of [store, viewer]) {
      assert.deepEqual(
        [0, 1, 2, 3, 4, otherMediaType].map((number) => each.mediaTypes.name(number)),
        ['', 'text/html', 'image/png', 'text/css', '', 'other'],
      );
    }
  });

  it('never goes back in time', () => {
    const store = new TraceStore(10);
    store.append(batchOf({ now: 9 }));
    store.append(batchOf({ now: 4 }));
    assert.equal(store.now, 9);
  });

  it('changes its version with every mutation', () => {
    const store = new TraceStore(10);
    const versions = [store.version];
    store.append(batchOf({}));
    versions.push(store.version);
    store.clear();
    versions.push(store.version);
    assert.equal(new Set(versions).size, 3);
  });

  it('forgets rows when cleared, but neither strings, as rows to come refer to them, nor the notes of the server', () => {
    const store = new TraceStore(10);
    store.append({ ...batchOf({ exchanges: [exchangeRow({ id: 1 })], strings: ['GET'] }), notes: [note('listen(8)')] });
    store.clear();
    assert.deepEqual([store.exchanges.length, store.notes.length, store.text(1)], [0, 1, 'GET']);
    store.append(batchOf({ exchanges: [exchangeRow({ id: 2, method: 1 })], firstString: 2 }));
    assert.equal(store.text(exchange(store, 2).method), 'GET');
  });

  it('keeps a bounded number of notes, the newest', () => {
    const store = new TraceStore(10);
    for (let count = 0; count < 30; count++) {
      const notes = Array.from({ length: 50 }, (_, index) => note(String(count * 50 + index)));
      store.append({ ...batchOf({}), notes });
    }
    assert.equal(store.notes.length, 1000);
    assert.equal(store.notes.at(-1)?.text, '1499');
  });

  it('hands a new viewer everything in one batch', () => {
    const store = new TraceStore(4);
    const rows = [1, 2, 3, 4, 5, 6].map((id) => exchangeRow({ id, method: 2, start: id, end: 0.5 }));
    store.append({
      ...batchOf({
        exchanges: rows,
        connections: [connectionRow({ id: 1 })],
        firstString: 2,
        strings: ['POST'],
        now: 7,
      }),
      notes: [note('bind')],
    });
    const viewer = new TraceStore(4);
    // As it arrives on the other side of a message channel.
    viewer.append(structuredClone(store.snapshot()));
    assert.deepEqual([viewer.exchanges.first, viewer.exchanges.last, viewer.exchanges.length], [3, 6, 4]);
    for (const id of [3, 4, 5, 6]) assert.deepEqual(exchange(viewer, id), exchange(store, id));
    assert.equal(viewer.text(2), 'POST');
    assert.equal(viewer.text(1), '');
    assert.equal(viewer.now, 7);
    assert.equal(viewer.connections.length, 1);
    assert.deepEqual(viewer.notes, store.notes);
  });

  it('leaves ids out of a snapshot of which no row came', () => {
    const store = new TraceStore(10);
    store.append(batchOf({ exchanges: [exchangeRow({ id: 1 }), exchangeRow({ id: 4 })] }));
    assert.deepEqual(packedIds(exchangeSchema, store.snapshot().exchanges), [1, 4]);
  });

  it('keeps what the server thread was late, and hands it on', () => {
    const store = new TraceStore(10);
    store.append({ ...batchOf({ now: 116 }), lag: 100 });
    store.append(batchOf({ now: 140 }));
    store.look({
      absent: '',
      at: 200,
      pauseMs: 200,
      pairs: [],
      acceptQueue: undefined,
      pulse: { at: 150, lag: 40, answered: false },
    });
    assert.deepEqual([...store.lags.pack()], [16, 100, 150, 40]);
    const other = new TraceStore(10);
    other.append(store.snapshot());
    assert.deepEqual(other.lags.pack(), store.lags.pack());
  });

  it('counts what it has forgotten, and hands the count on', () => {
    const store = new TraceStore(2);
    const rows = [1, 2, 3].map((id) => exchangeRow({ id }));
    store.append({ ...batchOf({ exchanges: rows }), notes: Array.from({ length: 1003 }, () => note('x')) });
    assert.deepEqual(store.forgotten, { exchanges: 1, connections: 0, notes: 3 });
    const other = new TraceStore(2);
    other.append(store.snapshot());
    assert.deepEqual(other.forgotten, store.forgotten);
    other.append(batchOf({ exchanges: [exchangeRow({ id: 4 })] }));
    assert.equal(other.forgotten.exchanges, 2);
    other.clear();
    assert.deepEqual(other.forgotten, { exchanges: 0, connections: 0, notes: 3 });
  });
});
