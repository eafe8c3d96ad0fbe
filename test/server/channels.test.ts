import assert from 'node:assert/strict';
import { departureSentence } from '../../src/core/trace/departure';
import { defaultLimits } from '../../src/core/http/limits';
import { closers, closings } from '../../src/core/trace/columns';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

const get = (target: string, fields = ''): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;

describe('a connection', () => {
  let server: TestServer;
  let client: RawClient;

  before(async () => {
    server = await TestServer.start('routes.py', {
      limits: { ...defaultLimits, idleMs: 1500, headMs: 700, bodyMs: 700, body: 1_000_000 },
    });
  });
  after(() => server.end());
  beforeEach(async () => (client = await RawClient.to(server.port)));
  afterEach(() => client.close());

  /** What the trace says of the client's connection. */
  async function row(matches: (closed: number) => boolean = () => true): ReturnType<typeof lookup> {
    return lookup(matches);
  }

  async function lookup(matches: (closed: number) => boolean) {
    const pair = `127.0.0.1:${client.localPort}`;
    return eventually(`the connection ${pair}`, () => {
      const { first, last } = server.trace.connections;
      for (let id = first; id <= last; id++) {
        const found = server.connection(id);
        if (server.trace.text(found.remote) === pair && matches(found.closed)) return found;
      }
      return undefined;
    });
  }

  /** The client lets go, if it has not yet; then what the trace says of the end. */
  async function closed(): Promise<{ by: string | undefined; how: string | undefined; requests: number }> {
    client.socket.end();
    const found = await row((at) => !Number.isNaN(at));
    assert.ok(found.accepted <= found.registered && found.registered <= found.closing && found.closing <= found.closed);
    return { by: closers[found.closedBy], how: closings[found.how], requests: found.requests };
  }

  it('is in the trace as soon as it is accepted, without any request', async () => {
    const found = await row();
    assert.equal(server.trace.text(found.local), `127.0.0.1:${server.port}`);
    assert.equal(found.requests, 0);
    assert.ok(Number.isNaN(found.closing));
  });

  it('serves one request after another', async () => {
    for (let count = 1; count <= 3; count++) {
      client.send(get(`/hello?keep=${count}`));
      await client.receives(new RegExp(`^(?:HTTP/1.1 200 OK[^]*?Hello, world\n){${count}}$`));
    }
    client.socket.end();
    await client.rest();
    assert.deepEqual(await closed(), { by: 'client', how: 'FIN', requests: 3 });
  });

  it('takes a line end after a body for no request', async () => {
    client.send('POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab\r\n');
    await client.receives(/\r\n\r\n2 [0-9a-f]{64}$/);
    client.send('\r');
    await pause(20);
    client.send('\n');
    assert.equal(await client.rest(), client.received, 'the idle limit ends it');
    assert.doesNotMatch(client.received, / 4\d\d /);
    assert.deepEqual(await closed(), { by: 'server', how: 'idle timeout', requests: 1 });
  });

  it('answers pipelined requests in their order', async () => {
    client.send(
      get('/slow?seconds=0.2&pipelined') + get('/variables/second') + get('/hello?third', 'Connection: close\r\n'),
    );
    const text = await client.rest();
    assert.match(text, /^HTTP[^]*\r\n\r\n[^]*slow[^]*HTTP[^]*\/variables\/second[^]*HTTP[^]*Hello, world\n$/);
    const first = await server.ended('/slow?seconds=0.2&pipelined');
    const second = await server.ended('/variables/second');
    assert.ok(second.start >= first.start);
    assert.ok(second.start + second.appStart >= first.start + first.appEnd);
    assert.deepEqual(await closed(), { by: 'server', how: 'FIN', requests: 3 });
  });

  it('closes after a refused request, whose reason is on the page and in the trace', async () => {
    client.send('GET / HTTP/1.1\r\n\r\n');
    const page = await client.rest();
    assert.match(page, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(page, /\r\nConnection: close\r\n/);
    assert.match(page, /must have a Host field/);
    const { by, requests } = await closed();
    assert.deepEqual([by, requests], ['server', 1]);
    const id = server.trace.exchanges.last;
    assert.equal(server.outcome(id), 'refused');
    assert.equal((await server.detail(id)).problem?.code, 'missing-host');
  });

  it('still answers a client that has sent its FIN', async () => {
    client.send(get('/slow?seconds=0.2&half-closed'));
    client.socket.end();
    assert.match(await client.rest(), /slow/);
    assert.equal(server.outcome((await server.ended('/slow?seconds=0.2&half-closed')).id), 'complete');
    assert.deepEqual(await closed(), { by: 'client', how: 'FIN', requests: 1 });
  });

  it('says when a client has sent its FIN, and for how long the app ran on', async () => {
    client.send(get('/slow?seconds=0.5&fin'));
    await server.found('/slow?seconds=0.5&fin', ({ appStart }) => !Number.isNaN(appStart));
    client.socket.end();
    assert.match(await client.rest(), /slow/);
    const ended = await server.ended('/slow?seconds=0.5&fin');
    const told = departureSentence(ended, await row((at) => !Number.isNaN(at)), server.trace.now);
    assert.match(told, /^The client sent FIN at \+\d[\d.]* ms; the app ran on for \d+ ms\. The response was sent/);
  });

  it('answers all that a client has sent before its FIN', async () => {
    client.send(get('/slow?seconds=0.2&before-fin') + get('/variables/then') + get('/hello?before-fin'));
    client.socket.end();
    assert.match(await client.rest(), /slow[^]*\/variables\/then[^]*Hello, world\n$/);
    assert.deepEqual(await closed(), { by: 'client', how: 'FIN', requests: 3 });
  });

  it('that the client resets ends its exchange, although the app runs on', async () => {
    client.send(get('/slow?seconds=0.4&reset'));
    await server.found('/slow?seconds=0.4&reset', ({ appStart }) => !Number.isNaN(appStart));
    client.abort();
    const ended = await server.ended('/slow?seconds=0.4&reset');
    assert.equal(server.outcome(ended.id), 'client left');
    const { closing } = await row((at) => !Number.isNaN(at));
    assert.ok(ended.start + ended.appEnd > closing + 100, 'the app ran on after the client had left');
    assert.deepEqual(await closed(), { by: 'client', how: 'RST', requests: 1 });
  });

  it('without a request ends at the idle limit', async () => {
    assert.equal(await client.rest(), '');
    assert.deepEqual(await closed(), { by: 'server', how: 'idle timeout', requests: 0 });
  });

  it('whose head does not come is told 408', async () => {
    client.send('GET / HTTP/1.1\r\nHost:');
    assert.match(await client.rest(), /^HTTP\/1\.1 408 Request Timeout\r\n/);
    assert.equal((await server.detail(server.trace.exchanges.last)).problem?.code, 'head-timeout');
  });

  it('whose body does not come is told 408', async () => {
    client.send('POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe');
    assert.match(await client.rest(), /^HTTP\/1\.1 408 Request Timeout\r\n/);
    assert.equal((await server.detail(server.trace.exchanges.last)).problem?.code, 'body-timeout');
  });

  it('outlives the limits while the app takes its time', async () => {
    client.send(get('/slow?seconds=1.8'));
    assert.match(await client.receives(/slow/), /^HTTP\/1\.1 200 OK/);
  });

  it('gets 100 Continue when the app first reads', async () => {
    client.send('POST /digest HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n');
    await client.receives(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    client.send('hello');
    await client.receives(/HTTP\/1\.1 200 OK[^]*\r\n\r\n5 2cf24dba/);
  });

  it('gets no 100 Continue from an app that does not read', async () => {
    client.send('POST /ignore_body HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n');
    await client.receives(/^HTTP\/1\.1 200 OK[^]*not read$/);
  });

  it('gets no 100 Continue in the middle of a response', async () => {
    client.send('POST /answer_first HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n');
    await client.receives(/first /);
    client.send('hello');
    const text = await client.receives(/0\r\n\r\n$/);
    assert.match(text, /first \r\n5\r\nhello\r\n/);
    assert.doesNotMatch(text, /100 Continue/);
  });

  it('does not wait for ever for the rest of a body that the app did not read', async () => {
    client.send('POST /ignore_body HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\nbegin');
    assert.match(await client.rest(), /^HTTP\/1\.1 200 OK[^]*not read$/);
    assert.deepEqual(await closed(), { by: 'server', how: 'request timeout', requests: 1 });
  });

  for (const [what, last] of [
    ['breaks off', ''],
    ['is malformed', 'x\r\n'],
  ] as const) {
    it(`ends where a body that the app did not read ${what}`, async () => {
      client.send('POST /ignore_body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n');
      await client.receives(/not read/);
      if (last) client.send(`hello\r\n${last}`);
      else client.socket.end();
      assert.doesNotMatch(await client.rest(), / 400 /);
      assert.equal((await closed()).requests, 1);
    });
  }

  it('that the client leaves before it has all of its response has not completed it', async () => {
    // So many responses fill every buffer on the way: the last one begun is complete, and stuck here.
    client.socket.pause();
    for (let count = 0; count < 200; count++) client.send(get(`/block?${client.localPort}`));
    const stuck = await eventually('a response that is stuck', async () => {
      const { last } = server.trace.exchanges;
      if (server.target(last) !== `/block?${client.localPort}`) return undefined;
      await pause(200);
      const { appEnd, end } = server.exchange(last);
      return last === server.trace.exchanges.last && !Number.isNaN(appEnd) && Number.isNaN(end) ? last : undefined;
    });
    client.abort();
    await eventually('its end', () => (Number.isNaN(server.exchange(stuck).end) ? undefined : true));
    assert.equal(server.outcome(stuck), 'client left');
  });

  it('never takes a body that the app did not read for a request', async () => {
    const body = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
    client.send(
      `POST /ignore_body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`,
    );
    await client.receives(/not read/);
    client.send(`${body}\r\n0\r\n\r\n${get('/hello?after', 'Connection: close\r\n')}`);
    const text = await client.rest();
    assert.equal(text.match(/HTTP\/1\.1/g)?.length, 2);
    assert.match(text, /Hello, world\n$/);
  });

  it('closes rather than read a large body that nobody wants', async () => {
    client.send('POST /ignore_body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nf0000\r\n');
    await client.receives(/not read/);
    client.send('x'.repeat(0xf0000));
    await client.rest();
    assert.equal((await closed()).by, 'server');
  });

  it('refuses a body above the limit before it comes', async () => {
    client.send('POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n');
    assert.match(await client.rest(), /^HTTP\/1\.1 413 Content Too Large\r\n/);
  });

  it('is cut where the response is shorter than it said', async () => {
    client.send(get('/too_short'));
    assert.match(await client.rest(), /Content-Length: 100\r\n[^]*short$/);
    const { id } = await server.ended('/too_short');
    assert.equal(server.outcome(id), 'app error');
    assert.equal((await server.detail(id)).problem?.code, 'body-too-short');
    assert.equal((await closed()).by, 'server');
  });
});
