import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ExchangeDetail } from '../../src/core/trace/detail';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

describe('an exchange', () => {
  let server: TestServer;

  before(async () => {
    server = await TestServer.start('routes.py');
    await server.text('/hello'); // from here on no request waits for the worker to start
  });
  after(() => server.end());

  it('is answered by the app', async () => {
    const response = await server.fetch('/hello');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/plain');
    assert.equal(response.headers.get('server'), 'Request-Lifeline');
    assert.ok(Math.abs(Date.parse(response.headers.get('date') ?? '') - Date.now()) < 5000);
    assert.equal(await response.text(), 'Hello, world\n');
  });

  it('has the media type that its response names, none where it names none, and that of the page where we answer', async () => {
    const type = async (target: string): Promise<string> =>
      server.trace.mediaTypes.name((await server.ended(target)).mediaType);
    for (const target of ['/hello?type', '/no_content?type', '/not_modified?type', '/fail?type', '/leave?type']) {
      await server.fetch(target);
    }
    assert.equal(await type('/hello?type'), 'text/plain');
    assert.equal(await type('/no_content?type'), '');
    assert.equal(await type('/not_modified?type'), '');
    assert.equal(await type('/fail?type'), 'text/html', '500');
    assert.equal(await type('/leave?type'), 'text/html', '502');
    const client = await RawClient.to(server.port);
    client.send('POST /hello?refused HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n');
    assert.match(await client.rest(), /^HTTP\/1\.1 400 /);
    const refused = await eventually('a refused exchange', () => {
      const row = server.exchange(server.trace.exchanges.last);
      return row.status === 400 ? row : undefined;
    });
    assert.equal(server.trace.mediaTypes.name(refused.mediaType), 'text/html');
    await server.text('/hello?afterwards');
    assert.equal(await type('/hello?afterwards'), 'text/plain');
  });

  it('has its phases in order, each where it happens', async () => {
    await server.text('/slow?seconds=0.2&ordered');
    const row = await server.ended('/slow?seconds=0.2&ordered');
    const at = (name: Parameters<TestServer['phase']>[1]): { start: number; duration: number } =>
      server.phase(row.id, name);
    const order = ['recv', 'parse', 'environ', 'hop', 'app', 'sendall'] as const;
    for (const [index, name] of order.slice(1).entries()) {
      assert.ok(at(name).start >= at(order[index] ?? 'recv').start, `${name} begins after ${order[index]}`);
    }
    for (const name of order) assert.ok(at(name).duration >= 0, name);
    const app = at('app').duration;
    assert.ok(app >= 200 && app < 400, `the app slept 200 ms, its phase took ${app} ms`);
    assert.ok(at('parse').duration < 100);
    assert.equal(server.outcome(row.id), 'complete');
    assert.equal(row.status, 200);
  });

  it('that comes with a slow body is mostly recv, and holds no slot meanwhile', async () => {
    const client = await RawClient.to(server.port);
    client.send('POST /digest?slow-body HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234');
    await pause(300);
    client.send('56789');
    await client.receives(/\r\n\r\n10 [0-9a-f]{64}/);
    const row = await server.ended('/digest?slow-body');
    const recv = server.phase(row.id, 'recv').duration;
    assert.ok(recv >= 295 && recv < 600, `the body took 300 ms to come, recv took ${recv} ms`);
    assert.ok(server.phase(row.id, 'app').duration < 200);
    assert.ok(server.phase(row.id, 'app').start >= server.phase(row.id, 'recv').start + recv);
    const marks = (await server.detail(row.id)).marks.filter(({ name }) => name === 'recv');
    assert.deepEqual(
      marks.map(({ size }) => size),
      [69, 5],
    );
    client.close();
  });

  it('keeps its request as it was sent, up to 64 KiB of the body', async () => {
    const head = 'POST /digest?kept HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked';
    const body = '4;why="so"\r\n\xe4b\0d\r\n3\r\nxyz\r\n0\r\nX-Trailer: t\r\n\r\n';
    const client = await RawClient.to(server.port);
    client.send(`${head}\r\n\r\n${body.slice(0, 13)}`);
    await pause(20);
    client.send(body.slice(13));
    await client.receives(/\r\n\r\n[^]*7 [0-9a-f]{64}/);
    const large = Buffer.alloc(100_000, 'ab');
    await server.text('/digest?large', { method: 'POST', body: large });
    await server.text('/hello?no-body');
    const kept = async (target: string): Promise<ExchangeDetail> => server.detail((await server.ended(target)).id);
    const detail = await kept('/digest?kept');
    assert.equal(detail.requestHead, head);
    assert.deepEqual(detail.requestBody, {
      bytes: new Uint8Array(Buffer.from(body, 'latin1')),
      truncated: false,
      size: body.length,
    });
    assert.deepEqual((await kept('/digest?large')).requestBody, {
      bytes: new Uint8Array(large.subarray(0, 65_536)),
      truncated: true,
      size: large.length,
    });
    assert.equal((await kept('/hello?no-body')).requestBody, undefined);
    client.close();
  });

  it('overlaps with others on other connections, and each has its own socket pair', async () => {
    const targets = [1, 2, 3].map((number) => `/slow?seconds=0.3&overlap=${number}`);
    await Promise.all(
      targets.map(async (target) => {
        const client = await RawClient.to(server.port);
        client.send(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
        await client.rest();
      }),
    );
    const rows = await Promise.all(targets.map((target) => server.ended(target)));
    const apps = rows.map(({ id }) => server.phase(id, 'app'));
    const latestStart = Math.max(...apps.map(({ start }) => start));
    const earliestEnd = Math.min(...apps.map(({ start, duration }) => start + duration));
    assert.ok(latestStart < earliestEnd, 'all three ran at the same time');
    const pairs = new Set(rows.map(({ connection }) => server.trace.text(server.connection(connection).remote)));
    assert.equal(pairs.size, 3);
    assert.equal(new Set(rows.map(({ slot }) => slot)).size, 3);
  });

  it('waits in the queue when all slots are busy', async () => {
    const targets = [1, 2, 3, 4, 5, 6].map((number) => `/slow?seconds=0.3&queue=${number}`);
    await Promise.all(targets.map((target) => server.text(target)));
    const rows = await Promise.all(targets.map((target) => server.ended(target)));
    const waits = rows.map(({ ready, appStart }) => appStart - ready).sort((a, b) => a - b);
    assert.ok((waits[3] ?? Infinity) < 200, 'four were taken at once');
    assert.ok((waits[4] ?? 0) > 200 && (waits[5] ?? 0) > 200, `two had to wait: ${waits.join(', ')}`);
    const queued = rows.filter((row) => row.appStart - row.ready > 200);
    for (const { id } of queued) assert.ok(server.phase(id, 'queue').duration > 200);
  });

  it('tells what it waits for while it is in progress', async () => {
    const answer = server.text('/slow?seconds=0.5&live');
    const row = await server.found('/slow?seconds=0.5&live', ({ appStart }) => !Number.isNaN(appStart));
    assert.ok(Number.isNaN(row.end), 'the call has started and not ended');
    assert.equal(server.outcome(row.id), 'in progress');
    await answer;
  });

  it('passes large bodies up', async () => {
    const body = Buffer.alloc(3_000_000, 'lifeline');
    const sha = createHash('sha256').update(body).digest('hex');
    assert.equal(await server.text('/digest', { method: 'POST', body }), `3000000 ${sha}`);
  });

  it('passes chunked bodies up', async () => {
    const client = await RawClient.to(server.port);
    client.send(
      'POST /digest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n',
    );
    await pause(50);
    client.send('0\r\n\r\n');
    const sha = createHash('sha256').update('hello').digest('hex');
    assert.ok((await client.rest()).includes(`5 ${sha}`));
  });

  it('sends large bodies down', async () => {
    const response = await server.fetch('/download?5000000');
    assert.equal((await response.arrayBuffer()).byteLength, 5_000_000);
  });

  it('holds back an app whose client does not read', async () => {
    const client = await RawClient.to(server.port);
    client.socket.pause();
    client.send('GET /endless HTTP/1.1\r\nHost: a\r\n\r\n');
    await server.found('/endless', ({ bytesOut }) => bytesOut > 0);
    await pause(300);
    const before = await server.found('/endless', () => true);
    await pause(300);
    // Ten megabytes are far more than the socket buffers of both sides hold; without a bound there would be gigabytes.
    const after = server.exchange(before.id).bytesOut;
    assert.ok(after < 20_000_000, `${after} bytes were sent to a client that does not read`);
    assert.ok((await server.detail(before.id)).marks.some(({ name }) => name === 'stall'));
    client.close();
    const ended = await server.ended('/endless');
    assert.equal(server.outcome(ended.id), 'client left');
    const { logs } = await server.detail(ended.id);
    assert.deepEqual(
      logs.map(({ text }) => text.trim()),
      ['endless was closed'],
    );
  });

  it('goes on when a slow client reads again, and tells when it stalled', async () => {
    const client = await RawClient.to(server.port);
    client.socket.pause();
    client.send('GET /download?30000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await server.found('/download?30000000', ({ bytesOut }) => bytesOut > 0);
    await pause(200);
    client.socket.resume();
    assert.ok((await client.rest()).length > 30_000_000);
    const row = await server.ended('/download?30000000');
    assert.equal(server.outcome(row.id), 'complete');
    const names = (await server.detail(row.id)).marks.map(({ name }) => name);
    assert.ok(names.includes('stall') && names.includes('drain'), names.join());
    assert.ok(server.phase(row.id, 'sendall').duration > 150);
    client.close();
  });

  it('keeps what the app wrote, by stream', async () => {
    await server.text('/prints');
    const { logs } = await server.detail((await server.ended('/prints')).id);
    assert.deepEqual(
      logs.map(({ stream, text }) => [stream, text]),
      [
        ['stdout', 'to stdout\n'],
        ['stderr', 'to stderr\n'],
        ['wsgi.errors', 'to wsgi.errors\n'],
      ],
    );
  });

  it('keeps both heads as they went over the wire', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /hello?heads HTTP/1.1\r\nHost: a\r\nX-Odd:  \xe9 \r\n\r\n');
    const received = await client.receives(/world/);
    const detail = await server.detail((await server.ended('/hello?heads')).id);
    assert.equal(detail.requestHead, 'GET /hello?heads HTTP/1.1\r\nHost: a\r\nX-Odd:  \xe9 ');
    assert.equal(detail.responseHead, received.slice(0, received.indexOf('\r\n\r\n')));
    client.close();
  });

  it('does not pass a header with an underscore, and says so', async () => {
    const client = await RawClient.to(server.port);
    client.send(
      'GET /variables HTTP/1.1\r\nHost: a\r\nX_Real_IP: 1\r\nX-Real: 2\r\nCookie: a=1\r\nCookie: b=2\r\nX-L: 1\r\nX-L: 2\r\n\r\n',
    );
    const text = await client.receives(/'REMOTE_PORT'[^]*\}/);
    assert.doesNotMatch(text, /X_REAL_IP/);
    assert.match(text, /'HTTP_X_REAL': '2'/);
    assert.match(text, /'HTTP_COOKIE': 'a=1; b=2'/);
    assert.match(text, /'HTTP_X_L': '1, 2'/);
    assert.match(text, new RegExp(`'REMOTE_PORT': '${client.localPort}'`));
    assert.match(text, new RegExp(`'SERVER_PORT': '${server.port}'`));
    const { findings } = await server.detail((await server.ended('/variables')).id);
    assert.deepEqual(
      findings.map(({ level, code }) => [level, code]),
      [['warning', 'header-dropped']],
    );
    assert.match(findings[0]?.message ?? '', /“x_real_ip” is not passed/);
    client.close();
  });

  it('is never lost or mixed up under load', async () => {
    const before = server.trace.exchanges.last;
    await Promise.all(
      Array.from({ length: 20 }, async (_, worker) => {
        for (let count = 0; count < 25; count++) {
          const token = `${worker}-${count}`;
          assert.match(await server.text(`/variables/${token}`), new RegExp(`'PATH_INFO': '/variables/${token}'`));
        }
      }),
    );
    await Promise.all(Array.from({ length: 20 }, (_, worker) => server.ended(`/variables/${worker}-24`)));
    assert.equal(server.trace.exchanges.last - before, 500);
  });
});
