import assert from 'node:assert/strict';
import { contentOf } from '../../src/core/trace/content';
import { rawOf, type RawExchange } from '../../src/core/trace/raw';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

/** What is kept of the bytes of an exchange, beside what a client sent and got. */
describe('the bytes of an exchange', () => {
  let pages: TestServer;
  let streams: TestServer;

  before(async () => {
    [pages, streams] = await Promise.all([TestServer.start('routes.py'), TestServer.start('streams_out.py')]);
    await Promise.all([pages.text('/hello'), streams.text('/numbers')]);
  });
  after(() => Promise.all([pages.end(), streams.end()]));

  async function raw(server: TestServer, id: number): Promise<RawExchange> {
    const [detail, body] = await Promise.all([server.detail(id), server.functions.responseBody(id)]);
    return rawOf(detail, body, server.exchange(id));
  }

  function ended(server: TestServer, id: number): Promise<true> {
    return eventually(`the end of exchange ${id}`, () =>
      server.trace.exchanges.rowOf(id) >= 0 && !Number.isNaN(server.exchange(id).end) ? true : undefined,
    );
  }

  /** Sends something in pieces, waits for the answer, and takes what is kept of it. */
  async function talk(server: TestServer, pieces: readonly string[], answer: RegExp): Promise<Talk> {
    const id = server.trace.exchanges.last + 1;
    const client = await RawClient.to(server.port);
    for (const piece of pieces) {
      client.send(piece);
      await pause(20);
    }
    const got = await client.receives(answer);
    client.close();
    await ended(server, id);
    const { received, sent } = await raw(server, id);
    return { got, received: text(received.bytes), sent: text(sent.bytes), id };
  }

  interface Talk {
    readonly got: string;
    readonly received: string;
    readonly sent: string;
    readonly id: number;
  }

  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

  it('are those of the request, with chunks, trailers and odd spacing, and those of the response', async () => {
    const pieces = [
      'POST /digest HTTP/1.1\r\nhoST:  a \r\nTransfer-Encoding: chunked\r\n\r\n5;ext="x"\r\nhel',
      'lo\r\n3\r\n\0\xff\n\r\n0\r\nX-Trailer: t\r\n\r\n',
    ];
    const { received, sent, got } = await talk(pages, pieces, /8 [0-9a-f]{64}/);
    assert.equal(received, pieces.join(''));
    assert.equal(sent, got);
  });

  it('have the chunks of a response as they were sent, and its content without them', async () => {
    const { sent, got, id } = await talk(streams, ['GET /numbers HTTP/1.1\r\nHost: a\r\n\r\n'], /0\r\n\r\n$/);
    assert.equal(sent, got);
    assert.match(got, /\r\n2\r\n0 \r\n2\r\n1 \r\n2\r\n2 \r\n0\r\n\r\n$/);
    const { responseHead } = await streams.detail(id);
    const content = contentOf(responseHead, await streams.functions.responseBody(id));
    assert.deepEqual([text(content.bytes), content.cut, content.size], ['0 1 2 ', false, 6]);
  });

  it('begin with 100 Continue where that was sent', async () => {
    const head = 'POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n';
    const { received, sent, got } = await talk(pages, [head, 'abc'], /3 [0-9a-f]{64}/);
    assert.equal(received, `${head}abc`);
    assert.equal(sent, got);
    assert.match(sent, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  it('are there of a response without a body, and of one that the server made', async () => {
    const head = await talk(pages, ['HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n'], /\r\n\r\n$/);
    assert.equal(head.sent, head.got);
    assert.equal(await pages.functions.responseBody(head.id), undefined);
    const failed = await talk(pages, ['GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n'], /<\/html>\n$/);
    assert.equal(failed.sent, failed.got);
  });

  it('are there of a request that was refused, whatever they are', async () => {
    const refused = [
      'GET / HTTP/1.1\r\nHost: a\r\nBad Field: x\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nabc',
      '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n',
      'GET /\x1b[31m HTTP/1.1\r\nHost: a\r\n\r\n',
      'GET / HTTP/1.1\nHost: a\n\n',
    ];
    for (const request of refused) {
      const { received, sent, got } = await talk(pages, [request], /<\/html>\n$/);
      assert.equal(received, request);
      assert.equal(sent, got);
    }
  });

  it('are there of a body that broke off being one', async () => {
    const request = 'POST /digest HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n\r\nmore';
    const { received } = await talk(pages, [request], /HTTP\/1\.1 400 [^]*<\/html>\n$/);
    assert.equal(received, request);
  });

  it('are those up to which the client stayed', async () => {
    const id = pages.trace.exchanges.last + 1;
    const client = await RawClient.to(pages.port);
    client.send('GET /half HTTP/1.1\r\nHost: a\r\nX-Ha');
    await pause(50);
    client.abort();
    await ended(pages, id);
    assert.equal(text((await raw(pages, id)).received.bytes), 'GET /half HTTP/1.1\r\nHost: a\r\nX-Ha');
  });

  it('are bounded, and say how many there were', async () => {
    assert.equal((await streams.text('/big?200000')).length, 200_000);
    const { id } = await streams.ended('/big?200000');
    const body = await streams.functions.responseBody(id);
    assert.deepEqual([body?.bytes.length, body?.truncated, body?.size], [65_536, true, 200_000]);
    const { sent } = await raw(streams, id);
    assert.equal(sent.size, streams.exchange(id).bytesOut);
    assert.equal(sent.truncated, true);
  });

  it('are there while the response goes on', async () => {
    const id = streams.trace.exchanges.last + 1;
    const client = await RawClient.to(streams.port);
    client.send('GET /ticks HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/tick 3\n/);
    const body = await streams.functions.responseBody(id);
    assert.match(text(body?.bytes ?? new Uint8Array(0)), /^7\r\ntick 0\n\r\n7\r\ntick 1\n\r\n/);
    assert.equal(body?.truncated, true, 'it has not come to its end');
    client.abort();
  });
});
