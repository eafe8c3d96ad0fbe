import assert from 'node:assert/strict';
import { defaultLimits } from '../../src/core/http/limits';
import type { ConnectionRow } from '../../src/core/trace/columns';
import { eventually, examplesFolder, pause, RawClient, TestServer } from '../support/servers';

const hello = { app: { spec: 'hello.py', folder: examplesFolder } };

function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
}

describe('one connection at a time', () => {
  let server: TestServer;
  let clients: RawClient[] = [];
  afterEach(async () => {
    for (const client of clients) client.close();
    clients = [];
    await server.end();
  });

  async function client(): Promise<RawClient> {
    const known = server.trace.connections.last;
    const made = await RawClient.to(server.port);
    clients.push(made);
    await eventually('its connection', () => (server.trace.connections.last > known ? true : undefined));
    return made;
  }

  const start = async (app: string, options: Parameters<typeof TestServer.start>[1] = {}): Promise<void> => {
    server = await TestServer.start(app, { concurrency: 'iterative', ...options });
  };

  /** The rows of the first connections, once all of them have closed. */
  async function closed(count: number): Promise<ConnectionRow[]> {
    return eventually('the end of the connections', () => {
      const rows = Array.from({ length: count }, (_, index) => server.connection(index + 1));
      return rows.every((row) => !Number.isNaN(row.closed)) ? rows : undefined;
    });
  }

  it('serves in the order of acceptance, closes after each response, and reads nothing before', async () => {
    await start('sleeps.py');
    const first = await client();
    const second = await client();
    const third = await client();
    third.send(get('/?0'));
    second.send(get('/?0'));
    await pause(100);
    assert.equal(server.trace.exchanges.length, 0, 'the first one has not sent anything yet');
    assert.equal(server.connection(2).bytesIn, 0);
    first.send(get('/?0.1'));
    for (const each of [first, second, third]) {
      const text = await each.rest();
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(text, /\r\nConnection: close\r\n/);
      each.close();
    }
    const rows = await closed(3);
    assert.equal(rows[0]?.turn, rows[0]?.registered, 'it was its turn at once');
    for (const [index, row] of rows.slice(1).entries()) {
      const before = rows[index];
      assert.ok(before && row.turn >= before.closing, `${row.turn} is after ${before?.closing}`);
      assert.ok(row.turn - row.registered >= 90);
    }
    const ids = [1, 2, 3].map((id) => server.exchange(id).connection);
    assert.deepEqual(ids, [1, 2, 3]);
    assert.ok(server.phase(3, 'turn').duration > 90);
    assert.throws(() => server.phase(1, 'turn'));
  });

  it('waits until the app is done, though the client has its whole response', async () => {
    await start('hello.py', hello);
    await server.text('/', { headers: { connection: 'close' } });
    const first = await client();
    first.send(get('/linger?seconds=2'));
    const began = performance.now();
    await first.receives(/This is all/);
    const had = performance.now() - began;
    assert.ok(had < 1800, `the response was there after ${had} ms`);
    const second = await client();
    second.send(get('/'));
    await second.receives(/Hello from plain WSGI/);
    assert.ok(performance.now() - began > 1950);
    const row = await server.ended('/linger?seconds=2');
    const { turn } = await eventually('its turn', () => {
      const found = server.connection(3);
      return Number.isNaN(found.turn) ? undefined : found;
    });
    assert.ok(turn >= row.start + row.appEnd, 'the app had to end first');
  });

  it('waits until the app is done, though the client has left', async () => {
    await start('sleeps.py');
    const first = await client();
    first.send(get('/?0.6'));
    const { start: began } = await server.found('/?0.6', ({ appStart }) => !Number.isNaN(appStart));
    first.abort();
    const second = await client();
    second.send(get('/?0'));
    await second.receives(/200 OK/);
    second.close();
    assert.equal(server.outcome((await server.ended('/?0.6')).id), 'client left');
    const [, row] = await closed(2);
    assert.ok(row && row.turn - began > 550, 'the app had to end first');
  });

  it('is held up by a connection that sends nothing, until its time is over', async () => {
    await start('sleeps.py', { limits: { ...defaultLimits, idleMs: 700 } });
    const preconnect = await client();
    const second = await client();
    second.send(get('/?0'));
    await second.receives(/200 OK/);
    assert.equal(preconnect.ended, true);
    for (const each of clients) each.close();
    const [held, row] = await closed(2);
    assert.ok(held && row && row.turn >= held.closing);
    assert.ok(row.turn - row.registered > 500, 'it had to wait for that');
  });

  it('does not count the time of those that wait', async () => {
    await start('sleeps.py', { limits: { ...defaultLimits, idleMs: 300 } });
    const first = await client();
    first.send(get('/?0.9'));
    const second = await client();
    await first.rest();
    second.send(get('/?0'));
    await second.receives(/200 OK/);
  });

  it('passes over clients that have left while they waited', async () => {
    await start('sleeps.py');
    const first = await client();
    first.send(get('/?0.5'));
    const reset = await client();
    const gone = await client();
    const last = await client();
    reset.abort();
    gone.close();
    last.send(get('/?0'));
    await last.receives(/200 OK/);
    for (const each of [first, last]) each.close();
    await server.ended('/?0');
    assert.equal(server.trace.exchanges.length, 2);
    const rows = await closed(4);
    for (const row of rows.slice(1, 3)) assert.ok(row.turn <= (rows[3]?.turn ?? NaN));
  });

  it('answers a client that has sent its request and its FIN while it waited', async () => {
    await start('sleeps.py');
    const first = await client();
    first.send(get('/?0.3'));
    const second = await client();
    second.send(get('/?0'));
    second.socket.end();
    assert.match(await second.rest(), /200 OK/);
  });

  it('serves what browsers do: many connections at once, some of them for nothing', async () => {
    await start('hello.py', { ...hello, limits: { ...defaultLimits, idleMs: 300 } });
    await client();
    const texts = await Promise.all(Array.from({ length: 12 }, () => server.text('/')));
    assert.equal(texts.length, 12);
  });

  it('stops while others wait, and cuts none that is being served', async () => {
    await start('sleeps.py');
    const first = await client();
    first.send(get('/?0.4'));
    await server.found('/?0.4', ({ appStart }) => !Number.isNaN(appStart));
    const second = await client();
    second.send(get('/?0'));
    const stopped = server.functions.stop(5000);
    assert.match(await first.rest(), /200 OK/);
    assert.equal(await second.rest(), '');
    await stopped;
    assert.equal(server.trace.exchanges.length, 1);
  });
});
