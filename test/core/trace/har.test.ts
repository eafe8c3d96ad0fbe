import assert from 'node:assert/strict';
import {
  closers,
  closings,
  exchangeFlags,
  type ConnectionRow,
  type ExchangeRow,
} from '../../../src/core/trace/columns';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import { harConnection, harEntry, type LifelineEntry } from '../../../src/core/trace/har';
import { assertHar } from './harSchema';
import { connectionRow, exchangeRow } from './traceRows';

const strings = [
  '',
  '127.0.0.1:8888',
  '127.0.0.1:54310',
  'GET',
  '/slow?seconds=1&name=J%C3%BCrgen+M&flag',
  '[::1]:8888',
];
const text = (id: number): string => strings[id] ?? '';
const origin = Date.UTC(2026, 10, 24, 6, 0, 0);
const isoTime = (ms: number): string => new Date(origin + ms).toISOString();

/** As complete as an exchange gets: queued, on a connection that closes after it. */
const exchange = exchangeRow({
  id: 7,
  connection: 3,
  method: 3,
  target: 4,
  status: 200,
  outcome: 1,
  flags: exchangeFlags.first | exchangeFlags.queued,
  worker: 1,
  slot: 2,
  start: 1500.5,
  received: 2,
  parseTime: 0.0625,
  headEnd: 0.3125,
  environStart: 0.5,
  ready: 2.25,
  appStart: 10,
  startResponse: 15,
  appEnd: 20,
  replied: 20.25,
  sendStart: 16,
  sendEnd: 21,
  end: 21,
});

const connection = connectionRow({
  id: 3,
  local: 1,
  remote: 2,
  requests: 1,
  closedBy: closers.indexOf('client'),
  how: closings.indexOf('FIN'),
  bytesIn: 150,
  bytesOut: 158,
  accepted: 1500,
  registered: 1500.125,
  closing: 1522,
  closed: 1522.5,
});

const requestHead = [
  'GET /slow?seconds=1 HTTP/1.1',
  'Host: localhost:8888',
  'Cookie: session=abc; theme=dark',
  'authorization: Bearer secret-token',
  'Accept: */*',
].join('\r\n');
const responseHead = [
  'HTTP/1.1 200 Very OK',
  'Content-Type: text/plain',
  'Content-Length: 13',
  'Set-Cookie: session=top-secret; Path=/app; Domain=example.org; Expires=Tue, 24 Nov 2026 07:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
  'Location: /elsewhere',
].join('\r\n');
const detail: ExchangeDetail = {
  exchange: 7,
  requestHead,
  responseHead,
  marks: [
    { name: 'recv', at: 1500.5, size: 150, provenance: 'measured' },
    { name: 'start_response', at: 1515.5, provenance: 'measured' },
  ],
  logs: [],
  findings: [],
};

function entry(
  changes: {
    exchange?: Partial<ExchangeRow>;
    connection?: Partial<ConnectionRow>;
    detail?: Partial<ExchangeDetail> | undefined;
    last?: boolean;
    text?: (id: number) => string;
  } = {},
): LifelineEntry {
  return harEntry({
    exchange: {
      ...exchange,
      bytesIn: requestHead.length + 4,
      bytesOut: responseHead.length + 4 + 13,
      ...changes.exchange,
    },
    connection: { ...connection, ...changes.connection },
    detail: 'detail' in changes && changes.detail === undefined ? undefined : { ...detail, ...changes.detail },
    last: changes.last ?? true,
    text: changes.text ?? text,
    isoTime,
  });
}

/** Checks an entry, as a reader of the file gets it, against the published schema of HAR 1.2. */
function assertValid(made: LifelineEntry): void {
  const har = { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [made] } };
  assertHar(JSON.parse(JSON.stringify(har)));
}

/** HAR's rule: the timings, without those that are -1, add up to the entry's time. */
function assertAddsUp({ time, timings }: LifelineEntry): void {
  const parts = [timings.blocked, timings.dns, timings.connect, timings.send, timings.wait, timings.receive];
  const sum = parts.reduce<number>((total, part) => total + Math.max(0, part ?? -1), 0);
  assert.ok(Math.abs(sum - time) < 1e-6, `${sum} is not ${time}`);
}

describe('HAR entry', () => {
  it('is valid HAR 1.2, and its timings add up', () => {
    const made = entry();
    assertValid(made);
    assertAddsUp(made);
    assert.equal(made.startedDateTime, '2026-11-24T06:00:01.500Z');
    assert.equal(made.time, 21);
    assert.deepEqual(made.timings, {
      blocked: 7.75,
      dns: -1,
      connect: -1,
      send: 2,
      wait: 6.25,
      receive: 5,
      ssl: -1,
    });
    assert.equal(made.serverIPAddress, '127.0.0.1');
    assert.equal(made.connection, '3');
  });

  it('has every phase with its place on the trace’s clock', () => {
    assert.deepEqual(
      entry()._lifeline.phases.map(({ name, startMs, durationMs }) => [name, startMs, durationMs]),
      [
        ['accept', 1500, 0.125],
        ['recv', 1500.5, 2],
        ['body', 1500.8125, 1.6875],
        ['parse', 1500.75, 0.0625],
        ['environ', 1501, 1.75],
        ['queue', 1502.75, 7.75],
        ['app', 1510.5, 10],
        ['hop', 1520.5, 0.25],
        ['sendall', 1516.5, 5],
        ['close', 1522, 0.5],
      ],
    );
    assert.ok(entry()._lifeline.phases.every(({ provenance }) => provenance === 'measured'));
    assert.ok(!entry({ last: false })._lifeline.phases.some(({ name }) => name === 'close'));
  });

  it('has who served whom, and the marks', () => {
    const { phases, ...rest } = entry()._lifeline;
    assert.deepEqual(rest, {
      exchange: 7,
      connection: 3,
      local: '127.0.0.1:8888',
      remote: '127.0.0.1:54310',
      worker: 1,
      slot: 2,
      marks: [
        { name: 'recv', atMs: 1500.5, size: 150 },
        { name: 'start_response', atMs: 1515.5 },
      ],
    });
  });

  it('has what was found, where anything was', () => {
    const rule = {
      level: 'warning',
      code: 'body-too-long',
      message: 'The body is longer than the Content-Length of 5 that the app gave; the rest is not sent.',
      reference: 'PEP 3333, Handling the Content-Length Header',
    } as const;
    const made = entry({ detail: { findings: [{ at: 1516.12345678, ...rule }] } });
    assertValid(made);
    assert.deepEqual(made._lifeline.findings, [{ atMs: 1516.1235, ...rule }]);
    assert.ok(!('findings' in entry()._lifeline));
    assert.ok(!('findings' in entry({ detail: undefined })._lifeline));
  });

  it('describes the request', () => {
    const { request } = entry();
    assert.equal(request.method, 'GET');
    assert.equal(request.url, 'http://localhost:8888/slow?seconds=1&name=J%C3%BCrgen+M&flag');
    assert.equal(request.httpVersion, 'HTTP/1.1');
    assert.deepEqual(request.queryString, [
      { name: 'seconds', value: '1' },
      { name: 'name', value: 'Jürgen M' },
      { name: 'flag', value: '' },
    ]);
    assert.equal(request.headersSize, requestHead.length + 4);
    assert.equal(request.bodySize, 0);
    assert.equal(entry({ exchange: { bytesIn: requestHead.length + 4 + 99 } }).request.bodySize, 99);
  });

  it('describes the response', () => {
    const { response } = entry();
    assert.equal(response.status, 200);
    assert.equal(response.statusText, 'Very OK');
    assert.equal(response.httpVersion, 'HTTP/1.1');
    assert.deepEqual(response.content, { size: 13, mimeType: 'text/plain' });
    assert.equal(response.redirectURL, '/elsewhere');
    assert.equal(response.headersSize, responseHead.length + 4);
    assert.equal(response.bodySize, 13);
  });

  it('masks what would let its reader act as somebody else, and says so', () => {
    const made = entry();
    assert.doesNotMatch(JSON.stringify(made), /secret|abc|dark/);
    assert.deepEqual(
      made.request.headers.map(({ name, value, comment }) => [name, value, comment !== undefined]),
      [
        ['Host', 'localhost:8888', false],
        ['Cookie', '(masked)', true],
        ['authorization', '(masked)', true],
        ['Accept', '*/*', false],
      ],
    );
    assert.deepEqual(
      made.request.cookies.map(({ name, value }) => [name, value]),
      [
        ['session', '(masked)'],
        ['theme', '(masked)'],
      ],
    );
    const [cookie] = made.response.cookies;
    assert.deepEqual(cookie, {
      name: 'session',
      value: '(masked)',
      comment: 'Masked by Request Lifeline',
      path: '/app',
      domain: 'example.org',
      expires: '2026-11-24T07:00:00.000Z',
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
    });
  });

  it('survives a cookie whose date is none', () => {
    const made = entry({ detail: { responseHead: 'HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Expires=tomorrow' } });
    assertValid(made);
    assert.equal(made.response.cookies[0]?.expires, undefined);
  });

  it('counts a chunked body as the app yielded it', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked';
    const marks = [40, 60].map((size) => ({ name: 'yield', at: 1516, size, provenance: 'measured' }) as const);
    const made = entry({ detail: { responseHead: head, marks }, exchange: { bytesOut: head.length + 4 + 117 } });
    assert.equal(made.response.content.size, 100);
    assert.equal(made.response.bodySize, 117);
  });

  it('has no body for HEAD, whatever the response announces', () => {
    const made = entry({
      exchange: { bytesOut: responseHead.length + 4 },
      text: (id) => (id === 3 ? 'HEAD' : text(id)),
    });
    assert.equal(made.response.content.size, 0);
    assert.equal(made.response.bodySize, 0);
  });

  it('is valid for an exchange whose head was refused', () => {
    const made = entry({
      exchange: {
        method: 0,
        target: 0,
        status: 400,
        received: 0.5,
        environStart: NaN,
        ready: NaN,
        appStart: NaN,
        appEnd: NaN,
        replied: NaN,
      },
      detail: {
        requestHead: 'GET\x01 nonsense\r\nno field',
        problem: { fault: 'peer', code: 'bad-request-line', message: 'The request line is not one.' },
      },
    });
    assertValid(made);
    assertAddsUp(made);
    assert.equal(made.comment, 'The request line is not one.');
    assert.equal(made.request.url, 'http://127.0.0.1:8888/');
  });

  it('is valid where the client left before anything was answered', () => {
    const nothing = { received: NaN, environStart: NaN, ready: NaN, appStart: NaN, startResponse: NaN, appEnd: NaN };
    const made = entry({
      exchange: { ...nothing, replied: NaN, sendStart: NaN, sendEnd: NaN, end: 30, status: 0 },
      detail: undefined,
    });
    assertValid(made);
    assertAddsUp(made);
    assert.equal(made.time, 30);
    assert.equal(made.timings.send, 30);
    assert.equal(made.request.headersSize, -1);
    assert.equal(made.response.headersSize, -1);
  });

  it('has only finite numbers even where the exchange goes on', () => {
    const made = entry({
      exchange: { appEnd: NaN, replied: NaN, sendEnd: NaN, end: NaN },
      connection: { closing: NaN, closed: NaN },
    });
    assertValid(made);
    assert.doesNotMatch(JSON.stringify(made), /null/);
  });

  for (const [target, url] of [
    ['/a b|c"<>', 'http://localhost:8888/a%20b%7Cc%22%3C%3E'],
    ['/caf\xe9', 'http://localhost:8888/caf%E9'],
    ['/100%', 'http://localhost:8888/100%25'],
    ['/list[0]', 'http://localhost:8888/list%5B0%5D'],
    ['http://other.example/x', 'http://other.example/x'],
    ['*', 'http://localhost:8888/*'],
  ] as const) {
    it(`makes a valid URL of the target ${target}`, () => {
      const made = entry({ text: (id) => (id === 4 ? target : text(id)) });
      assert.equal(made.request.url, url);
      assertValid(made);
    });
  }

  it('knows the address of an IPv6 server', () => {
    const made = entry({ connection: { local: 5 } });
    assert.equal(made.serverIPAddress, '::1');
    assertValid(made);
  });
});

describe('HAR connection', () => {
  it('says who closed, and how', () => {
    assert.deepEqual(harConnection(connection, text), {
      connection: 3,
      local: '127.0.0.1:8888',
      remote: '127.0.0.1:54310',
      acceptedMs: 1500,
      closedMs: 1522.5,
      closedBy: 'client',
      how: 'FIN',
      bytesIn: 150,
      bytesOut: 158,
    });
    const open = harConnection({ ...connection, closed: NaN, closedBy: 0, how: 0 }, text);
    assert.equal(open.closedMs, null);
    assert.equal(open.closedBy, 'open');
  });
});
