import assert from 'node:assert/strict';
import type { ConcurrencyModel } from '../../src/core/trace/concurrency';
import { blockersOf } from '../../src/core/trace/waits';
import { verdictOf } from '../../src/core/trace/verdictOf';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

describe('an app that calls its own server', () => {
  let server: TestServer;
  const clients: RawClient[] = [];

  async function starts(slots: number, concurrency: ConcurrencyModel = 'threads'): Promise<void> {
    server = await TestServer.start('calls_itself.py', { slots, concurrency });
    await server.text('/quick');
  }
  async function asks(target: string): Promise<RawClient> {
    const client = await RawClient.to(server.port);
    clients.push(client);
    client.send(get(target));
    return client;
  }
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await server.end();
  });
  const deadlock = () => eventually('the deadlock', () => server.trace.notes.find(({ name }) => name === 'deadlock'));
  const verdictText = (id: number): string => {
    const verdict = verdictOf(server.trace, id);
    return `${verdict?.lead}${verdict?.rest}`;
  };

  it('has its calls linked to what they asked', async () => {
    await starts(4);
    assert.match(await server.text('/deep'), /\/inner$/);
    const [deep, outer, inner] = await Promise.all(['/deep', '/outer', '/inner'].map((target) => server.ended(target)));
    assert.ok(deep && outer && inner);
    assert.equal(server.connection(outer.connection).caller, deep.id);
    assert.equal(server.connection(inner.connection).caller, outer.id);
    assert.equal(server.connection(deep.connection).caller, 0);
    assert.deepEqual(
      blockersOf(server.trace, deep.id).map(({ why, exchange }) => [why, exchange]),
      [['self', outer.id]],
    );
    assert.equal(
      server.trace.notes.some(({ name }) => name === 'deadlock'),
      false,
    );
  });

  it('waits for itself with one slot: that is told within a second, and ends when the client leaves', async () => {
    await starts(1);
    const began = performance.now();
    const client = await asks('/outer');
    const note = await deadlock();
    assert.ok(performance.now() - began < 1000, `told after ${performance.now() - began} ms`);
    assert.match(note.text, /^Deadlock: the app calls its own server from the only slot \(GET \/outer\)/);
    assert.ok(server.logs.some(({ level, text }) => level === 'error' && text === note.text));
    const outer = await server.found('/outer', () => true);
    const inner = await server.found('/inner', () => true);
    assert.match(
      verdictText(outer.id),
      /^The app called its own server and waits for itself: deadlock with 1 slot\. GET \/inner has waited/,
    );
    assert.match(verdictText(inner.id), /deadlock with 1 slot/);

    const other = await asks('/quick?other');
    client.abort();
    assert.match(await other.receives(/\/quick$/), /^HTTP\/1\.1 200 /);
    assert.equal(server.outcome((await server.ended('/inner')).id), 'deadlock');
    assert.equal(server.outcome((await server.ended('/outer')).id), 'client left');
    assert.match(verdictText(outer.id), /^The app called its own server and waited for itself: deadlock with 1 slot/);
    await eventually('its end', () => server.trace.notes.find(({ name }) => name === 'deadlock over'));
  });

  it('gets the answer that a deadlock was ended, where its client has only sent its FIN', async () => {
    await starts(1);
    const client = await asks('/outer');
    await deadlock();
    client.socket.end();
    assert.match(
      await client.receives(/deadlock with 1 slot/),
      /^HTTP\/1\.1 200 [^]*HTTP\/1\.1 503 Service Unavailable/,
    );
  });

  it('waits for itself with two slots and two requests; one that leaves frees the other', async () => {
    await starts(2);
    const [first, second] = [await asks('/outer?0.2'), await asks('/outer?0.20')];
    const note = await deadlock();
    assert.match(note.text, /from all 2 slots/);
    first.abort();
    assert.match(await second.receives(/\/inner$/), /^HTTP\/1\.1 200 /);
  });

  it('waits for itself through another call of its own', async () => {
    await starts(2);
    const client = await asks('/deep');
    await deadlock();
    client.abort();
    const quick = await asks('/quick?after');
    await quick.receives(/\/quick$/);
    assert.equal(server.outcome((await server.ended('/inner')).id), 'deadlock');
    assert.equal(server.outcome((await server.ended('/outer')).id), 'complete');
  });

  it('waits for itself where one connection is served at a time', async () => {
    await starts(1, 'iterative');
    const client = await asks('/outer');
    await deadlock();
    const outer = await server.found('/outer', () => true);
    assert.match(verdictText(outer.id), /waits for itself: deadlock with 1 slot\. 127\.0\.0\.1:\d+ has waited/);
    client.abort();
    const quick = await asks('/quick?after');
    await quick.receives(/\/quick$/);
  });

  it('waits for itself in processes', async () => {
    await starts(2, 'processes');
    const [first, second] = [await asks('/outer?0.3'), await asks('/outer?0.30')];
    await deadlock();
    first.abort();
    assert.match(await second.receives(/\/inner$/), /^HTTP\/1\.1 200 /);
  });

  it('is no deadlock as long as a slot works on', async () => {
    await starts(2);
    const outer = await asks('/outer');
    await outer.receives(/\/inner$/);
    await pause(500);
    assert.equal(
      server.trace.notes.some(({ name }) => name === 'deadlock'),
      false,
    );
  });
});
