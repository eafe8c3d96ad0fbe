import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { defaultLimits } from '../../src/core/http/limits';
import { closers, closings } from '../../src/core/trace/columns';
import { KernelQueue } from '../../src/server/kernelQueue';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

const sendMs = 600;

describe('a client that does not read', () => {
  let server: TestServer;
  let client: RawClient;

  before(async () => {
    server = await TestServer.start('streams_out.py', { slots: 1, limits: { ...defaultLimits, sendMs } });
  });
  after(() => server.end());
  beforeEach(async () => (client = await RawClient.to(server.port)));
  afterEach(() => client.close());

  async function givenUp(target: string): Promise<void> {
    const row = await server.ended(target);
    assert.equal(server.outcome(row.id), 'send timeout');
    assert.equal(row.status, 200);
    assert.equal((await server.detail(row.id)).problem?.code, 'send-timeout');
    const connection = await eventually('the end of the connection', () => {
      const found = server.connection(row.connection);
      return Number.isNaN(found.closed) ? undefined : found;
    });
    assert.equal(closers[connection.closedBy], 'server');
    assert.equal(closings[connection.how], 'send timeout');
    assert.ok(server.logs.some(({ text }) => text.includes('lifeline.limits.sendSeconds')));
  }

  it('is let go, its iterable is closed, and its slot is free again', async () => {
    client.socket.pause();
    client.send('GET /endless?unread HTTP/1.1\r\nHost: a\r\n\r\n');
    const began = performance.now();
    await givenUp('/endless?unread');
    assert.ok(performance.now() - began >= sendMs, 'not too early');
    await eventually('the close', () => server.logs.find(({ text }) => text.includes('closed\n')));
    assert.equal(await server.text('/with_length'), '12345');
  });

  it('is let go although it goes on sending', async () => {
    client.socket.pause();
    client.send('GET /endless?sends HTTP/1.1\r\nHost: a\r\n\r\n');
    const timer = setInterval(() => client.send('x'), 50);
    await givenUp('/endless?sends');
    clearInterval(timer);
  });

  it('is told from one that reads a little every now and then', async () => {
    client.socket.pause();
    let size = 0;
    client.socket.on('data', (bytes) => {
      size += bytes.length;
      client.socket.pause();
    });
    client.send('GET /endless?slowly HTTP/1.1\r\nHost: a\r\n\r\n');
    await server.found('/endless?slowly', ({ sendStart }) => !Number.isNaN(sendStart));
    // Three times the limit at some 600 KB a second: the kernel takes nothing for longer than the limit meanwhile.
    for (let round = 0; round < 30; round++) {
      client.socket.resume();
      await pause(100);
    }
    assert.ok(!client.ended && !client.reset, `it was let go after ${size} bytes`);
    const { id, end } = await server.found('/endless?slowly', () => true);
    assert.ok(Number.isNaN(end));
    assert.equal(server.outcome(id), 'in progress');
    await givenUp('/endless?slowly');
  });

  it('may take its time once it has all', async () => {
    client.send('GET /with_length?2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/12345$/);
    await pause(2 * sendMs);
    client.send('GET /with_length HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/12345[^]*12345$/);
  });
});

describe('what the kernel holds for a peer', () => {
  it('is none for a socket whose peer has acknowledged all', async () => {
    const server = await TestServer.start('streams_out.py');
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    assert.equal(
      await new KernelQueue().unacknowledged(`127.0.0.1:${server.port}`, `127.0.0.1:${socket.localPort}`),
      0,
    );
    socket.destroy();
    await server.end();
  });
});
