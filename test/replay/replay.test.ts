import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { PlannedClient, PlannedRequest, ReplayPlan } from '../../src/replay/plan';
import { replay } from '../../src/replay/replay';
import { eventually, pause } from '../support/servers';

interface Arrival {
  readonly at: number;
  readonly text: string;
}

/** A server that answers what it is told to, and writes down what came when on which connection. */
class Listener {
  readonly connections: { readonly opened: number; readonly arrivals: Arrival[]; ended: boolean }[] = [];
  readonly #server = createServer((socket) => this.#accept(socket));
  readonly #answer: (text: string, socket: Socket) => void;
  readonly #began = performance.now();
  port = 0;

  static async start(answer: (text: string, socket: Socket) => void): Promise<Listener> {
    const listener = new Listener(answer);
    listener.#server.listen(0, '127.0.0.1');
    await once(listener.#server, 'listening');
    listener.port = (listener.#server.address() as AddressInfo).port;
    return listener;
  }

  private constructor(answer: (text: string, socket: Socket) => void) {
    this.#answer = answer;
  }

  get texts(): string[] {
    return this.connections.map(({ arrivals }) => arrivals.map(({ text }) => text).join(''));
  }

  close(): void {
    this.#server.close();
  }

  #accept(socket: Socket): void {
    const connection = { opened: performance.now() - this.#began, arrivals: [] as Arrival[], ended: false };
    this.connections.push(connection);
    socket.on('data', (bytes) => {
      const text = bytes.toString('latin1');
      connection.arrivals.push({ at: performance.now() - this.#began, text });
      this.#answer(text, socket);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => (connection.ended = true));
  }
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

function request(exchange: number, ...pieces: [at: number, text: string][]): PlannedRequest {
  return { exchange, method: 'GET', pieces: pieces.map(([at, text]) => ({ at, bytes: bytesOf(text) })) };
}

function planOf(...clients: PlannedClient[]): ReplayPlan {
  return { clients, zero: 0, span: 0 };
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n\r\n`;
const ok = (more = ''): string => `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n${more}\r\nok`;
const never = new AbortController().signal;
const quiet = { over: () => undefined };

describe('a replay', () => {
  let listener: Listener;
  afterEach(() => listener.close());

  it('sends the bytes as they are, each piece at its time, and closes when it is answered', async () => {
    listener = await Listener.start((text, socket) => {
      if (text.endsWith('end')) socket.write(ok());
    });
    const head = 'POST /\xe9 HTTP/1.1\r\nHost:a\r\nContent-Length: 6\r\n\r\n';
    const plan = planOf(
      { opensAt: 0, requests: [request(5, [100, head], [250, '\x00\xff\r'], [400, 'end'])] },
      { opensAt: 300, requests: [request(6, [300, get('/late').replace('\r\n\r\n', '\r\nX: end')])] },
    );
    const counts: number[] = [];
    const sent = await replay(plan, { host: '127.0.0.1', port: listener.port }, never, {
      over: (count) => counts.push(count),
    });
    assert.deepEqual(listener.texts, [`${head}\x00\xff\rend`, get('/late').replace('\r\n\r\n', '\r\nX: end')]);
    const [first, second] = listener.connections;
    assert.ok(first && second);
    const after = (at: number | undefined): number => (at ?? 0) - first.opened;
    const expected = [100, 250, 400, 300];
    const times = [...first.arrivals, ...second.arrivals].map(({ at }) => after(at));
    times.forEach((time, index) => {
      const due = expected[index] ?? 0;
      assert.ok(time > due - 20 && time < due + 150, `due ${due} ms, came ${time.toFixed(0)} ms after the accept`);
    });
    assert.deepEqual(counts, [1, 2]);
    assert.deepEqual(
      sent.map(({ exchange, connection, position }) => [exchange, connection, position]),
      [
        [5, 1, 1],
        [6, 2, 1],
      ],
    );
    await eventually('both connections to end', () => listener.connections.every(({ ended }) => ended) || undefined);
  });

  it('sends the requests of a client over one connection, none before the answer to the one before', async () => {
    listener = await Listener.start((_, socket) => void setTimeout(() => socket.write(ok()), 120));
    const requests = [request(1, [0, get('/1')]), request(2, [10, get('/2')]), request(3, [400, get('/3')])];
    const sent = await replay(
      planOf({ opensAt: 0, requests }),
      { host: '127.0.0.1', port: listener.port },
      never,
      quiet,
    );
    assert.deepEqual(listener.texts, [get('/1') + get('/2') + get('/3')]);
    const [one = 0, two = 0, three = 0] = listener.connections[0]?.arrivals.map(({ at }) => at) ?? [];
    assert.ok(two - one >= 115, `the second came ${two - one} ms after the first`);
    assert.ok(three - one >= 380, `the third came ${three - one} ms after the first`);
    assert.deepEqual(
      sent.map(({ connection, position }) => [connection, position]),
      [
        [1, 1],
        [1, 2],
        [1, 3],
      ],
    );
    assert.equal(new Set(sent.map(({ localPort }) => localPort)).size, 1);
  });

  it('connects anew where the server closes after each answer', async () => {
    listener = await Listener.start((_, socket) => socket.end(ok('Connection: close\r\n')));
    const requests = [request(1, [0, get('/1')]), request(2, [10, get('/2')])];
    const sent = await replay(
      planOf({ opensAt: 0, requests }),
      { host: '127.0.0.1', port: listener.port },
      never,
      quiet,
    );
    assert.deepEqual(listener.texts, [get('/1'), get('/2')]);
    assert.deepEqual(
      sent.map(({ connection, position }) => [connection, position]),
      [
        [1, 1],
        [2, 1],
      ],
    );
  });

  it('goes on where an answer is cut short, is no HTTP, or comes before the whole request', async () => {
    listener = await Listener.start((text, socket) => {
      if (text.includes('/cut')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok');
      else if (text.includes('/reset')) socket.resetAndDestroy();
      else if (text.includes('/odd')) socket.write('220 ready\r\n');
      else if (text.includes('/early')) socket.end('HTTP/1.1 413 \r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.write(ok());
    });
    const requests = ['/cut', '/reset', '/odd', '/early', '/last'].map((path, index) =>
      path === '/early' ? request(index, [0, get(path)], [150, 'too late']) : request(index, [0, get(path)]),
    );
    const sent = await replay(
      planOf({ opensAt: 0, requests }),
      { host: '127.0.0.1', port: listener.port },
      never,
      quiet,
    );
    assert.equal(sent.length, 5);
    assert.deepEqual(listener.texts, ['/cut', '/reset', '/odd', '/early', '/last'].map(get));
  });

  it('says of a server that is not there that nothing was sent', async () => {
    listener = await Listener.start(() => undefined);
    const { port } = listener;
    listener.close();
    const sent = await replay(
      planOf({ opensAt: 0, requests: [request(1, [0, get('/')])] }),
      { host: '127.0.0.1', port },
      never,
      quiet,
    );
    assert.deepEqual(sent, []);
  });

  it('ends at once when it is aborted, with every connection', async () => {
    listener = await Listener.start(() => undefined);
    const controller = new AbortController();
    const requests = [request(1, [0, get('/never')])];
    const clients = Array.from({ length: 30 }, () => ({ opensAt: 0, requests }));
    const later = { opensAt: 60_000, requests };
    const running = replay(
      planOf(...clients, later),
      { host: '127.0.0.1', port: listener.port },
      controller.signal,
      quiet,
    );
    await eventually('the requests', () => (listener.texts.filter(Boolean).length === 30 ? true : undefined));
    const began = performance.now();
    controller.abort(new Error('enough'));
    await assert.rejects(running, (error: Error) => error.message === 'enough' || error.name === 'AbortError');
    assert.ok(performance.now() - began < 1000);
    await eventually('the connections to end', () => listener.connections.every(({ ended }) => ended) || undefined);
    await pause(20);
    assert.equal(listener.connections.length, 30);
  });
});
