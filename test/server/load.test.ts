import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { defaultLimits } from '../../src/core/http/limits';
import { collect } from '../harness/processRun';
import { ServerProcess } from '../support/serverProcess';
import { eventually } from '../support/servers';

const get = (target: string, fields = ''): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n${fields}\r\n`;

describe('many connections', function () {
  this.timeout(120_000);
  let server: ServerProcess;
  before(async () => {
    const limits = { ...defaultLimits, connections: 20_000 };
    server = await ServerProcess.start('routes.py', { limits });
    assert.match(await askOnce(server.port, '/variables/ready'), /\/variables\/ready/);
  });
  after(() => server.end());

  it('1,000 opened and closed quickly are all answered, and leave nothing behind', async () => {
    const before = await server.usage();
    const { accepted } = await server.connections();
    await eachOf(1000, 50, async (number) => {
      const text = await askOnce(server.port, `/variables/${number}.`);
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
      assert.ok(text.includes(`/variables/${number}.'`), `the answer to request ${number} is its own`);
    });
    // Some say nothing at all, and some go in the middle of a word.
    await eachOf(200, 50, async (number) => {
      const socket = await connected(server.port);
      if (number % 2) socket.write('GET / HTT');
      if (number % 4 < 2) socket.resetAndDestroy();
      else socket.destroy();
    });
    await eventually('the end of all connections', async () => {
      const now = await server.connections();
      return now.open === 0 && now.accepted >= accepted + 1200 ? true : undefined;
    });
    const { descriptors } = await server.usage();
    if (!Number.isNaN(descriptors)) assert.ok(descriptors <= before.descriptors + 5, `${descriptors} are open`);
  });

  it('50 that send a byte a second leave another client served', async function () {
    await latencies(server.port, 1000); // warms it up
    const quiet = await latencies(server.port, 2000);
    const slow = await Promise.all(Array.from({ length: 50 }, () => connected(server.port)));
    const head = get('/hello', `X-Long: ${'x'.repeat(200)}\r\n`);
    slow.forEach((socket) => socket.write(head.slice(0, 20)));
    let sent = 20;
    const timer = setInterval(() => {
      slow.forEach((socket) => socket.write(head.charAt(sent)));
      sent++;
    }, 1000);
    try {
      const beside = await latencies(server.port, 3500);
      assert.ok(sent > 21, 'the slow ones have been sending meanwhile');
      assert.ok(slow.every((socket) => !socket.destroyed));
      note(this, `p99 ${percentile(beside, 99).toFixed(2)} ms beside, ${percentile(quiet, 99).toFixed(2)} ms quiet`);
      // They are clients all the same: the rest of their head is answered.
      const ends = slow.map((socket) => everything(socket));
      slow.forEach((socket) => socket.end(head.slice(sent)));
      for (const text of await Promise.all(ends)) assert.match(text, /^HTTP\/1\.1 200 OK[^]*Hello, world\n$/);
    } finally {
      clearInterval(timer);
      slow.forEach((socket) => socket.destroy());
    }
  });

  it('that are kept alive take less than 20 KB each', async function () {
    const count = (await mostDescriptors()) >= 12_000 ? 10_000 : 2000;
    // What the server needs once, it has by now.
    await latencies(server.port, 1500);
    const before = await server.usage();
    const idle: Socket[] = [];
    try {
      await eachOf(count, 100, async () => {
        const socket = await connected(server.port);
        idle.push(socket);
        socket.write(get('/hello'));
        const [answer] = (await once(socket, 'data')) as [Buffer];
        assert.match(answer.toString('latin1'), /^HTTP\/1\.1 200 OK/);
      });
      await eventually('all connections in the trace', async () =>
        (await server.connections()).open === count ? true : undefined,
      );
      const each = ((await server.usage()).memory - before.memory) / count;
      note(this, `${count} of ${(each / 1024).toFixed(1)} KB`);
      assert.ok(each < 20 * 1024, `${Math.round(each)} bytes each`);

      // All of them are still served.
      await eachOf(100, 10, async (number) => {
        const socket = idle[number * (count / 100)];
        assert.ok(socket);
        socket.write(get(`/variables/${number}.`));
        const [answer] = (await once(socket, 'data')) as [Buffer];
        assert.ok(answer.toString('latin1').includes(`/variables/${number}.'`));
      });
    } finally {
      idle.forEach((socket) => socket.destroy());
    }
    await eventually('the end of all connections', async () =>
      (await server.connections()).open === 0 ? true : undefined,
    );
    const { descriptors } = await server.usage();
    if (!Number.isNaN(descriptors)) assert.ok(descriptors <= before.descriptors + 5, `${descriptors} are open`);
  });
});

/** Figures that decide nothing stand beside the test's name. */
function note(context: Mocha.Context, text: string): void {
  if (context.test) context.test.title += ` (${text})`;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  // A reset by the server shows in what is read, not here.
  socket.on('error', () => socket.destroy());
  return socket;
}

async function everything(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (bytes) => (text += bytes.toString('latin1')));
  if (!socket.closed) await once(socket, 'close');
  return text;
}

/** The answer to the one request of a connection. */
async function askOnce(port: number, target: string): Promise<string> {
  const socket = await connected(port);
  socket.write(get(target, 'Connection: close\r\n'));
  return everything(socket);
}

/** Calls `act` for 0 to `count` - 1, up to `atOnce` of them at the same time. */
async function eachOf(count: number, atOnce: number, act: (number: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** How long one client's requests take, one after another on one connection, in ms. Each must be answered. */
async function latencies(port: number, ms: number): Promise<number[]> {
  const socket = await connected(port);
  const taken: number[] = [];
  const until = performance.now() + ms;
  for (let began = performance.now(); began < until; began = performance.now()) {
    socket.write(get('/hello'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString('latin1'), /^HTTP\/1\.1 200 OK[^]*Hello, world\n$/);
    taken.push(performance.now() - began);
  }
  socket.destroy();
  return taken;
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

/** Node raises its own limit to this. */
async function mostDescriptors(): Promise<number> {
  const { code, output } = await collect('sh', ['-c', 'ulimit -Hn']);
  if (code !== 0) return 0;
  return output.trim() === 'unlimited' ? Infinity : Number(output);
}
