import assert from 'node:assert/strict';
import { eventually, RawClient, TestServer } from '../support/servers';
import { wireCases } from '../core/http/wireCases';
import { answersIn } from './answers';
import { ask } from './ask';
import { readingOf } from './reading';

/**
 * Every wire case over a real socket, through the real server and a real app: the answers are those that the core's
 * events promise, the app sees the request that the events say, and the connection ends where they end.
 */
describe('the server, asked with every wire case', () => {
  let server: TestServer;

  before(async () => {
    server = await TestServer.start('echo.py', { app: { spec: 'echo.py', folder: import.meta.dirname } });
    await server.text('/');
  });
  after(() => server.end());

  for (const wireCase of wireCases()) {
    const { title, events, bytes, fin } = wireCase;
    const { served, refused, closes } = readingOf(events);
    it(title, async () => {
      const client = await RawClient.to(server.port);
      client.send(Buffer.from(bytes).toString('latin1'));
      if (fin) client.socket.end();
      const expected = served.map((request) => ({
        status: 200,
        echo: request.method === 'HEAD' ? { ...request, path: '' } : request,
      }));
      const refusal = refused === undefined ? [] : [{ status: refused, echo: undefined }];
      const methods = served.map(({ method }) => method);
      // What stays open stays silent: a last request tells that nothing is left to come.
      if (!closes) client.send('GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
      const last = closes ? [] : [{ status: 200, echo: { method: 'GET', path: '/last', body: '' } }];
      await eventually(`the end of the connection after ${JSON.stringify(client.received)}`, () =>
        client.ended || client.reset ? true : undefined,
      );
      client.close();
      assert.deepEqual(answersIn(client.received, methods), [...expected, ...refusal, ...last]);
    });
  }

  it('is still there for the next client, and waits where more must come', async () => {
    assert.equal(await server.text('/next'), 'echo GET /next\n');
    const part = { bytes: Buffer.from('GET / HTTP/1.1\r\nHost:'), fin: false, events: [] };
    const seen = await ask(server.port, part, { beforeAnAnswer: 200, afterAnAnswer: 200 });
    assert.deepEqual(seen, { answers: [], closed: false });
  });
});
