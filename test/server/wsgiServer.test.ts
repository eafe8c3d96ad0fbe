import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { defaultLimits } from '../../src/core/http/limits';
import { portHolder } from '../../src/server/portHolder';
import { StartError } from '../../src/server/serverHandle';
import { eventually, RawClient, TestServer } from '../support/servers';

describe('the server', () => {
  let server: TestServer;

  beforeEach(async () => (server = await TestServer.start('routes.py')));
  afterEach(() => server.end());

  it('tells which system calls made its listening socket, with their arguments', async () => {
    const notes = await eventually('the notes', () =>
      server.trace.notes.length >= 4 ? server.trace.notes : undefined,
    );
    const texts = notes.map(({ text }) => text);
    assert.deepEqual(texts.slice(0, 4), [
      'socket(AF_INET, SOCK_STREAM)',
      'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)',
      `bind("127.0.0.1", ${server.port})`,
      'listen(128)',
    ]);
  });

  it('starts again on the same port, and the trace goes on', async () => {
    await server.text('/hello?first');
    const { port } = server;
    const before = (await server.ended('/hello?first')).id;
    await server.functions.stop(1000);
    await assert.rejects(server.fetch('/hello'));
    await server.begin('routes.py', { port });
    assert.equal(server.port, port);
    await server.text('/hello?second');
    assert.ok((await server.ended('/hello?second')).id > before);
    assert.match((await server.detail(before)).requestHead, /first/, 'older details are still there');
  });

  it('lets requests in progress end when it stops', async () => {
    const slow = await RawClient.to(server.port);
    const idle = await RawClient.to(server.port);
    slow.send('GET /slow?seconds=0.5 HTTP/1.1\r\nHost: a\r\n\r\n');
    await server.found('/slow?seconds=0.5', ({ appStart }) => !Number.isNaN(appStart));
    const stopped = server.functions.stop(5000);
    assert.equal(await idle.rest(), '');
    idle.close();
    const answer = await slow.rest();
    assert.match(answer, /slow$/);
    assert.match(answer, /\r\nConnection: close\r\n/);
    slow.close();
    await stopped;
  });

  it('cuts what does not end in time', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /slow?seconds=30 HTTP/1.1\r\nHost: a\r\n\r\n');
    await server.found('/slow?seconds=30', ({ appStart }) => !Number.isNaN(appStart));
    await server.functions.stop(100);
    await client.rest();
    assert.equal(server.outcome((await server.ended('/slow?seconds=30')).id), 'server stopped');
    client.close();
  });

  it('starts once', async () => {
    await assert.rejects(server.begin('routes.py'), /runs already/);
    assert.equal(await server.text('/hello'), 'Hello, world\n');
  });

  it('stops after a start that has not ended yet', async () => {
    await server.functions.stop(0);
    const begun = server.begin('routes.py');
    const second = server.begin('routes.py');
    const stopped = server.functions.stop(0);
    await begun;
    await assert.rejects(second, /runs already/);
    await stopped;
    await assert.rejects(server.fetch('/hello'));
  });

  it('tells the detail of a request that it waits for while it stops', async () => {
    const answer = server.text('/slow?seconds=0.5');
    const { id } = await server.found('/slow?seconds=0.5', ({ appStart }) => !Number.isNaN(appStart));
    const stopped = server.functions.stop(5000);
    assert.match((await server.detail(id)).requestHead, /^GET \/slow/);
    assert.equal(await answer, 'slow');
    await stopped;
  });

  it('lets go of its port where the recording cannot be written', async () => {
    const { port } = server;
    await server.functions.stop(0);
    const record = join(import.meta.dirname, 'missing', 'trace.har');
    await assert.rejects(server.begin('routes.py', { port, record }), /trace\.har cannot be written: .*ENOENT/);
    await assert.rejects(server.fetch('/hello'));
    await server.begin('routes.py', { port });
    assert.equal(await server.text('/hello'), 'Hello, world\n');
  });

  it('refuses connections beyond its limit, and says so', async () => {
    await server.functions.stop(0);
    await server.begin('routes.py', { limits: { ...defaultLimits, connections: 2 } });
    const clients = [await RawClient.to(server.port), await RawClient.to(server.port)];
    await eventually('two connections', () => (server.trace.connections.length >= 2 ? true : undefined));
    const third = await RawClient.to(server.port);
    await third.rest();
    await eventually('the note', () =>
      server.trace.notes.find(({ name, text }) => name === 'connection refused' && text.includes('2 are open already')),
    );
    for (const client of [...clients, third]) client.close();
  });
});

describe('a port that is taken', () => {
  let other: Server;
  let port: number;

  before(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = (other.address() as AddressInfo).port;
  });
  after(() => other.close());

  it('is named with its holder, and a free one is offered', async () => {
    const error: unknown = await TestServer.start('routes.py', { port }).then(
      () => assert.fail('it started'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof StartError);
    assert.equal(error.data.code, 'port-taken');
    assert.match(
      error.message,
      new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken by .*\\(process ${process.pid}\\)`),
    );
    const { freePort } = error.data;
    assert.ok(freePort !== undefined && freePort > port);
    const server = await TestServer.start('routes.py', { port: freePort });
    assert.equal(server.port, freePort);
    await server.end();
  });

  it('has a holder only while somebody listens', async () => {
    assert.equal((await portHolder(port))?.pid, process.pid);
    assert.equal(await portHolder(1), undefined);
  });
});

describe('an address that this machine does not have', () => {
  it('is named, with what to do', async () => {
    await assert.rejects(
      TestServer.start('routes.py', { host: '192.0.2.1' }),
      /no address 192\.0\.2\.1.*lifeline\.host/,
    );
  });
});
