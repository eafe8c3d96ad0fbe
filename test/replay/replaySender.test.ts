import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ReplaySender } from '../../src/replay/replaySender';
import { freePort } from '../support/freePort';
import { eventually, TestServer } from '../support/servers';

const file = join(import.meta.dirname, '..', '..', 'dist', 'replayThread.js');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

describe('a replay sender', function () {
  this.timeout(30_000);
  let sender: ReplaySender;
  beforeEach(() => (sender = new ReplaySender(file)));
  afterEach(() => sender.end());

  it('sends single requests, byte for byte, and tells from which port', async () => {
    const server = await TestServer.start('shows_environ.py');
    try {
      const target = { host: '127.0.0.1', port: server.port };
      const request = (path: string): Uint8Array => bytesOf(`GET ${path} HTTP/1.1\r\nhOST:x\r\n\r\n`);
      const sent = ['/one', '/two'].map((path) => sender.send('GET', request(path), target));
      const ports = await Promise.all(sent.map(({ opened }) => opened));
      await Promise.all(sent.map(({ over }) => over));
      for (const [index, path] of ['/one', '/two'].entries()) {
        const id = await eventually(`the exchange of ${path}`, () => {
          const { exchanges } = server.trace;
          for (let id = exchanges.first; id <= exchanges.last; id++) {
            const row = server.trace.exchange(id);
            if (row && server.trace.text(row.target) === path && !Number.isNaN(row.end)) return id;
          }
          return undefined;
        });
        const { connection } = server.exchange(id);
        const remote = server.trace.text(server.trace.connection(connection)?.remote ?? 0);
        assert.equal(remote, `127.0.0.1:${ports[index]}`);
        assert.equal((await server.functions.detail(id))?.requestHead, `GET ${path} HTTP/1.1\r\nhOST:x`);
      }
      // Its thread has ended meanwhile: another one is started.
      await sender.send('HEAD', bytesOf('HEAD /three HTTP/1.1\r\nHost: x\r\n\r\n'), target).over;
    } finally {
      await server.end();
    }
  });

  it('says so where nobody listens', async () => {
    const port = await freePort();
    const { opened, over } = sender.send('GET', bytesOf('GET / HTTP/1.1\r\n\r\n'), { host: '127.0.0.1', port });
    await assert.rejects(opened, { message: `No connection could be made to 127.0.0.1, port ${port}.` });
    await assert.rejects(over);
  });
});
