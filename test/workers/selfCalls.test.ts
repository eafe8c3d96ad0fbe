import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { WorkerClient } from '../support/workerClient';

describe('worker: calls of its own server', () => {
  let server: Server;
  let worker: WorkerClient;
  let port: number;
  const ports: number[] = [];
  before(async () => {
    server = createServer((socket) => {
      ports.push(socket.remotePort ?? 0);
      socket.end('here');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
    worker = await WorkerClient.start('connects.py');
  });
  after(async () => {
    server.close();
    await worker.stop();
  });

  /** How often the call has told that it connects to its own server. */
  async function told(path: string, asked: string, own: number): Promise<number> {
    const call = worker.call({ path, query: asked, environ: { SERVER_NAME: '127.0.0.1', SERVER_PORT: String(own) } });
    assert.match((await call.response()).body, /^here$|^OSError$|^TypeError$/);
    const connects = call.all('connects');
    for (const connect of connects) assert.equal(connect.port, ports.at(-1));
    return connects.length;
  }

  it('are told before they happen, by whatever name this machine is called', async () => {
    assert.equal(await told('/connect', `127.0.0.1:${port}`, port), 1);
    assert.equal(await told('/connect', `localhost:${port}`, port), 1);
    assert.equal(await told('/connect_ex', `127.0.0.1:${port}`, port), 1);
    assert.equal(await told('/bound', `127.0.0.1:${port}`, port), 1);
  });

  it('are not those of other servers, of other machines, or of threads of the app', async () => {
    assert.equal(await told('/connect', `127.0.0.1:${port}`, port + 1), 0);
    assert.equal(await told('/connect', '192.0.2.1:9', port), 0);
    assert.equal(await told('/thread', `127.0.0.1:${port}`, port), 0);
  });

  it('do not change what the app sees of an address that is none', async () => {
    assert.equal(await told('/nonsense', '', port), 0);
  });
});
