import assert from 'node:assert/strict';
import { exchangeFlags, type ConnectionRow, type ExchangeRow } from '../../src/core/trace/columns';
import type { ExchangeDetail, Mark } from '../../src/core/trace/detail';
import { planReplay, reasonToLeaveOut, type ReplaySource } from '../../src/replay/plan';
import { connectionRow, exchangeRow } from '../core/trace/traceRows';

const recv = (at: number, size: number): Mark => ({ name: 'recv', at, size, provenance: 'measured' });

function detailOf(exchange: number, known: Partial<ExchangeDetail> = {}): ExchangeDetail {
  const requestHead = `GET /${exchange} HTTP/1.1\r\nHost: a`;
  return { exchange, requestHead, responseHead: '', marks: [], logs: [], findings: [], ...known };
}

function sourceOf(
  exchange: Partial<ExchangeRow> & { id: number },
  connection: Partial<ConnectionRow> = {},
  detail: Partial<ExchangeDetail> = {},
): ReplaySource {
  const first = exchange.connection === undefined ? exchangeFlags.first : 0;
  const row = exchangeRow({ connection: exchange.id, end: 10, flags: first, ...exchange });
  return {
    exchange: row,
    connection: connectionRow({ id: row.connection, accepted: row.start - 2, ...connection }),
    method: 'GET',
    detail: detailOf(exchange.id, detail),
  };
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('the plan of a replay', () => {
  it('begins when the first connection opened, and keeps every distance', () => {
    const plan = planReplay([
      sourceOf({ id: 2, start: 1250 }, { accepted: 1100 }),
      sourceOf({ id: 1, start: 1052 }, { accepted: 1050 }),
    ]);
    assert.equal(plan.zero, 1050);
    assert.equal(plan.span, 200);
    assert.deepEqual(
      plan.clients.map(({ opensAt, requests }) => [
        opensAt,
        requests.map(({ exchange, pieces }) => [exchange, pieces]),
      ]),
      [
        [0, [[1, [{ at: 2, bytes: new Uint8Array(Buffer.from('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n')) }]]]],
        [50, [[2, [{ at: 200, bytes: new Uint8Array(Buffer.from('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n')) }]]]],
      ],
    );
  });

  it('has the requests of a connection go over one, in order; a later one does not wait for the accept', () => {
    const plan = planReplay([
      sourceOf({ id: 9, connection: 3, start: 5000 }, { accepted: 100 }),
      sourceOf({ id: 7, connection: 3, start: 4000 }, { accepted: 100 }),
      sourceOf({ id: 8, connection: 4, start: 4500 }),
    ]);
    assert.equal(plan.zero, 4000);
    assert.deepEqual(
      plan.clients.map(({ opensAt, requests }) => [opensAt, requests.map(({ exchange }) => exchange)]),
      [
        [0, [7, 9]],
        [500, [8]],
      ],
    );
  });

  it('cuts a request where it was cut on its way', () => {
    const requestHead = 'POST /\xe9 HTTP/1.1\r\nHost: a\r\nContent-Length: 6';
    const body = new Uint8Array([1, 2, 250, 0, 5, 6]);
    const marks = [recv(100, requestHead.length), recv(140, 6), recv(190, 2), recv(300, 999), recv(400, 9)];
    const plan = planReplay([
      sourceOf(
        { id: 1, start: 100 },
        {},
        { requestHead, requestBody: { bytes: body, truncated: false, size: 6 }, marks },
      ),
    ]);
    const pieces = plan.clients[0]?.requests[0]?.pieces ?? [];
    assert.deepEqual(
      pieces.map(({ at, bytes }) => [at, bytes.length]),
      [
        [2, requestHead.length],
        [42, 6],
        [92, 2],
        [202, 2],
      ],
    );
    assert.equal(text(Buffer.concat(pieces.map(({ bytes }) => bytes))), `${requestHead}\r\n\r\n${text(body)}`);
  });

  it('leaves out what cannot be sent as it was, and says why', () => {
    const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-length:  06';
    const whole = { bytes: new Uint8Array(6), truncated: false, size: 6 };
    const cases: [ReplaySource, ReturnType<typeof reasonToLeaveOut>][] = [
      [sourceOf({ id: 1, start: 0, end: NaN }), 'open'],
      [{ ...sourceOf({ id: 1, start: 0 }), detail: undefined }, 'forgotten'],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: '' }), 'unreadable'],
      [sourceOf({ id: 1, start: 0 }, { caller: 7 }), 'own'],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: post }), 'body'],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: post, requestBody: { ...whole, truncated: true } }), 'body'],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: post, requestBody: whole }), undefined],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: post.replace('06', '00') }), undefined],
      [sourceOf({ id: 1, start: 0 }, {}, { requestHead: 'POST / HTTP/1.1\r\nTRANSFER-Encoding: chunked' }), 'body'],
    ];
    for (const [source, reason] of cases) assert.equal(reasonToLeaveOut(source), reason, source.detail?.requestHead);
    const plan = planReplay(cases.map(([source]) => source));
    assert.equal(plan.clients.flatMap(({ requests }) => requests).length, 2);
  });

  it('of nothing is empty', () => {
    assert.deepEqual(planReplay([]).clients, []);
    assert.equal(planReplay([]).span, 0);
  });
});
