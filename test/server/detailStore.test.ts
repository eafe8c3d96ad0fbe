import assert from 'node:assert/strict';
import type { Finding } from '../../src/core/trace/detail';
import { ColdData } from '../../src/server/coldData';
import { DetailStore } from '../../src/server/detailStore';

function cold(exchange: number, head = `GET /${exchange} HTTP/1.1`): ColdData {
  const data = new ColdData(exchange, new Float64Array(3));
  data.requestHead = head;
  return data;
}

describe('the details of exchanges', () => {
  it('come back as they were', () => {
    const data = cold(5, 'GET /\xfc HTTP/1.1\r\nHost: a');
    data.responseHead = 'HTTP/1.1 200 OK';
    data.mark('recv', 1.5, 80);
    data.mark('stall', 2.25);
    data.log({ at: 3, stream: 'stdout', text: 'ünï 🚲\n' });
    const finding: Finding = { at: 4.5, level: 'info', code: 'write', message: 'Did “it”.', reference: 'PEP 3333, §' };
    data.find(finding);
    data.problem = { fault: 'app', code: 'app-exception', message: 'It raised.', traceback: 'Traceback…' };
    const store = new DetailStore(1e6);
    const before = data.detail;
    store.keep(5, data);
    assert.deepEqual(store.get(5), before);
    assert.deepEqual(before.findings, [finding]);
    assert.deepEqual(before.marks, [
      { name: 'recv', at: 1.5, size: 80, provenance: 'measured' },
      { name: 'stall', at: 2.25, provenance: 'measured' },
    ]);
  });

  it('hold the body of a request byte for byte, and say where there is more of it', () => {
    const store = new DetailStore(1e6);
    const bodies: [number, number[], boolean][] = [
      [1, [3, 0, 5], true],
      [2, [7], false],
      [3, [60_000, 60_000], true],
      [4, [], false],
    ];
    for (const [id, sizes, last] of bodies) {
      const data = cold(id, 'POST /odd'.padEnd(8 + id));
      data.responseHead = 'HTTP/1.1 200 OK';
      let next = 0;
      for (const size of sizes) {
        data.bodyBytes(
          Uint8Array.from({ length: size }, () => next++),
          false,
        );
      }
      data.bodyBytes(new Uint8Array(0), last);
      data.log({ at: 1, stream: 'stdout', text: 'after it' });
      const live = data.detail;
      store.keep(id, data);
      assert.deepEqual(store.get(id), live);
    }
    const kept = (id: number): number[] => [...(store.get(id)?.requestBody?.bytes ?? [])];
    assert.deepEqual(kept(1), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(
      [1, 2, 3, 4, 5].map((id) => store.get(id)?.requestBody?.truncated),
      [false, true, true, true, undefined],
    );
    assert.deepEqual(
      kept(3),
      Array.from({ length: 65_536 }, (_, index) => index % 256),
    );
    assert.equal(store.get(1)?.requestBody?.bytes.buffer.byteLength, 8, 'its memory is its own');
  });

  it('hold the body of a response, which has a budget of its own', () => {
    const store = new DetailStore(2 * 1024 * 1024);
    for (let id = 1; id <= 100; id++) {
      const data = cold(id);
      data.sent(
        '8\r\n',
        Uint8Array.from(`number ${id % 10}`, (each) => each.charCodeAt(0)),
        '\r\n',
      );
      if (id % 2 === 0) data.sent('fff0\r\n', new Uint8Array(0xfff0), '\r\n');
      if (id !== 99) data.sentAll('0\r\n\r\n');
      const live = data.responseBody;
      store.keep(id, data);
      assert.deepEqual(store.responseBody(id), live);
      assert.equal(data.responseBody, undefined, 'it is in the store alone');
    }
    const text = (id: number): string => Buffer.from(store.responseBody(id)?.bytes ?? []).toString('latin1');
    assert.equal(text(97), '8\r\nnumber 7\r\n0\r\n\r\n');
    assert.deepEqual(
      [97, 98, 99].map((id) => [store.responseBody(id)?.truncated, store.responseBody(id)?.size]),
      [
        [false, 18],
        [true, 13 + 0xfff0 + 8 + 5],
        [true, 13],
      ],
    );
    assert.equal(store.responseBody(98)?.bytes.length, 65_536);
    assert.equal(store.responseBody(97)?.bytes.buffer.byteLength, 18, 'its memory is its own');
    assert.equal(store.responseBody(1), undefined, 'the oldest is forgotten');
    assert.equal(store.get(1)?.requestHead, 'GET /1 HTTP/1.1', 'and its detail is not');
    store.keep(101, cold(101));
    assert.equal(store.responseBody(101), undefined);
  });

  it('hold what arrived of a head that was none', () => {
    const store = new DetailStore(1e6);
    const data = new ColdData(1, new Float64Array(3));
    data.brokenHead = 'GET\xff\0';
    store.keep(1, data);
    assert.equal(store.get(1)?.brokenHead, 'GET\xff\0');
    store.keep(2, cold(2));
    assert.equal('brokenHead' in (store.get(2) ?? {}), false);
  });

  it('are bounded in each exchange', () => {
    const data = new ColdData(1, new Float64Array(6));
    for (let count = 0; count < 5000; count++) {
      data.mark('yield', count, 1);
      data.log({ at: count, stream: 'stdout', text: 'x' });
      data.find({ at: count, level: 'info', code: 'write', message: 'x', reference: 'y' });
    }
    assert.equal(data.detail.marks.length, 500);
    assert.equal(data.detail.logs.length, 1000);
    assert.equal(data.detail.findings.length, 50);
    assert.match(data.detail.logs.at(-1)?.text ?? '', /is not kept/);

    const long = new ColdData(2, new Float64Array(6));
    for (let count = 0; count < 900; count++) long.log({ at: count, stream: 'stdout', text: 'x'.repeat(32_768) });
    assert.equal(long.detail.logs.length, 9);
    assert.match(long.detail.logs.at(-1)?.text ?? '', /is not kept/);
  });

  it('are forgotten, the oldest first, when the budget is used up', () => {
    const store = new DetailStore(3 * 1024 * 1024);
    const size = 10_000;
    for (let id = 1; id <= 1000; id++) store.keep(id, cold(id, `${id} `.padEnd(size, 'x')));
    assert.equal(store.get(1), undefined);
    assert.match(store.get(1000)?.requestHead ?? '', /^1000 /);
    const kept = Array.from({ length: 1000 }, (_, index) => index + 1).filter((id) => store.get(id));
    assert.ok(kept.length * size > 2 * 1024 * 1024 && kept.length * size <= 3 * 1024 * 1024, `${kept.length} are kept`);
    assert.deepEqual(
      kept,
      Array.from({ length: kept.length }, (_, index) => 1001 - kept.length + index),
    );
  });

  it('may be larger than a block', () => {
    const store = new DetailStore(8 * 1024 * 1024);
    const large = cold(2);
    large.problem = { fault: 'app', code: 'x', message: 'y', traceback: 'z'.repeat(3_000_000) };
    store.keep(1, cold(1));
    store.keep(2, large);
    store.keep(3, cold(3));
    assert.equal(store.get(2)?.problem?.traceback?.length, 3_000_000);
    assert.deepEqual(
      [1, 3].map((id) => store.get(id)?.requestHead),
      ['GET /1 HTTP/1.1', 'GET /3 HTTP/1.1'],
    );
  });

  it('are never those of another exchange', () => {
    const store = new DetailStore(1e6);
    store.keep(1, cold(1));
    assert.equal(store.get(1 + 131_072), undefined);
    assert.equal(store.get(2), undefined);
  });
});
