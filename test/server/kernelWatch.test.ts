import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import type { KernelView, PairView, TcpState } from '../../src/core/trace/kernelView';
import type { ServerOptions } from '../../src/server/protocol';
import { KernelWatch } from '../../src/server/kernelWatch';
import { blockableThread, blockThread } from '../support/blocker';
import { eventually, pause, RawClient, TestServer } from '../support/servers';
import { socketStatistics } from '../support/socketStatistics';

/** A server, looked at by its owner as the extension host does it. */
class WatchedServer {
  readonly server: TestServer;
  readonly views: KernelView[] = [];
  readonly #watch: KernelWatch;

  static async start(app: string, options: Partial<ServerOptions> = {}): Promise<WatchedServer> {
    return new WatchedServer(await TestServer.start(app, options, blockableThread), options);
  }

  private constructor(server: TestServer, { host = '127.0.0.1', backlog = 128 }: Partial<ServerOptions>) {
    this.server = server;
    const address = host.includes(':') ? `[${host}]:${server.port}` : `${host}:${server.port}`;
    this.#watch = new KernelWatch(
      {
        address,
        backlog,
        trace: () => server.trace,
        now: () => performance.now(), // the zero of the tests' traces
        pulse: () => server.functions.pulse(),
      },
      (view) => {
        this.views.push(view);
        server.trace.look(view);
      },
    );
    server.onBatch = (batch) => this.#watch.append(batch);
  }

  get trace() {
    return this.server.trace;
  }

  /** The pair of a client, once it matches. */
  pair(clientPort: number, matches: (pair: PairView) => boolean): Promise<PairView> {
    return eventually(`the pair of :${clientPort}`, () => {
      const { connections, kernel } = this.trace;
      for (let id = connections.last; id >= connections.first; id--) {
        const remote = this.trace.text(connections.columns.remote[connections.rowOf(id)] ?? 0);
        const pair = remote.endsWith(`:${clientPort}`) ? kernel.pair(id) : undefined;
        if (pair && matches(pair)) return pair;
      }
      return undefined;
    });
  }

  inState(clientPort: number, state: TcpState): Promise<PairView> {
    return this.pair(clientPort, (pair) => pair.states.at(-1)?.state === state);
  }

  async end(): Promise<void> {
    this.#watch.stop();
    await this.server.end();
  }
}

const path = (pair: PairView): TcpState[] => pair.states.map(({ state }) => state);
const ask = (target: string, close = false): string =>
  `GET ${target} HTTP/1.1\r\nHost: a\r\n${close ? 'Connection: close\r\n' : ''}\r\n`;

describe('what the kernel tells where there is no such table', () => {
  it('is nothing, and it says why', async function () {
    if (process.platform === 'linux') this.skip();
    const watched = await WatchedServer.start('hello.py');
    const view = await eventually('the answer', () => watched.views[0]);
    assert.match(view.absent, /^Not observable here: .*\.$/);
    assert.deepEqual(view.pairs, []);
    await pause(500);
    assert.equal(watched.views.length, 1, 'it does not ask again');
    await watched.end();
  });
});

describe('what the kernel tells of our sockets', function () {
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  let watched: WatchedServer;
  const clients: (RawClient | Socket)[] = [];
  const client = async (): Promise<RawClient> => {
    const made = await RawClient.to(watched.server.port);
    clients.push(made);
    return made;
  };
  afterEach(async () => {
    for (const each of clients.splice(0)) {
      if (each instanceof RawClient) each.close();
      else each.destroy();
    }
    await watched.end();
  });

  it('is what ss tells of the same pairs', async () => {
    watched = await WatchedServer.start('streams_out.py');
    const [open, answered, left, unread] = await Promise.all([client(), client(), client(), client()]);
    answered.send(ask('/with_length', true));
    await answered.rest(); // the server's FIN is there, and the client's is to come
    unread.socket.pause();
    unread.send(ask('/endless'));
    left.close();
    await watched.inState(open.localPort, 'ESTABLISHED');
    await watched.inState(answered.localPort, 'FIN_WAIT2');
    await watched.pair(unread.localPort, ({ unacknowledged }) => unacknowledged > 0);
    await watched.inState(left.localPort, 'CLOSED');
    await pause(300); // the stream has filled the buffers, so that both look at the same
    const now = watched.views.length;
    await eventually('one more reading', () => watched.views.length > now + 1 || undefined);
    const names: Readonly<Record<string, TcpState>> = { ESTAB: 'ESTABLISHED', 'FIN-WAIT-2': 'FIN_WAIT2' };
    const told = (await socketStatistics(watched.server.port)).filter(({ state }) => state !== 'LISTEN');
    assert.equal(told.length, 3);
    for (const { state, sent, received, local, remote } of told) {
      assert.equal(local, `127.0.0.1:${watched.server.port}`);
      const pair = await watched.inState(Number(remote.split(':')[1]), names[state] ?? 'CLOSED');
      assert.equal(pair.unacknowledged, sent);
      assert.equal(pair.unread, received);
    }
  });

  it('follows a pair that the server closes until TIME_WAIT, which ss sees too', async () => {
    watched = await WatchedServer.start('streams_out.py');
    const one = await client();
    one.send(ask('/with_length', true));
    await one.rest();
    await watched.inState(one.localPort, 'FIN_WAIT2');
    one.socket.end();
    const pair = await watched.inState(one.localPort, 'TIME_WAIT');
    // The client acknowledges the FIN at once: whether FIN_WAIT1 is seen is luck.
    const states = path(pair).filter((state) => state !== 'FIN_WAIT1');
    assert.deepEqual(states, ['ESTABLISHED', 'FIN_WAIT2', 'TIME_WAIT']);
    assert.equal(pair.states[0]?.at, watched.server.connection(pair.connection).accepted);
    const left = pair.expires - (pair.states.at(-1)?.at ?? NaN);
    assert.ok(left > 50_000 && left <= 60_000, `TIME_WAIT ends in ${left} ms`);
    const told = await socketStatistics(watched.server.port);
    assert.deepEqual(
      told.filter(({ remote }) => remote.endsWith(`:${one.localPort}`)).map(({ state }) => state),
      ['TIME-WAIT'],
    );
  });

  it('sees that a client sent its FIN first, and that nothing stays of the pair here', async () => {
    watched = await WatchedServer.start('sleeps.py');
    const one = await client();
    one.send(ask('/?2'));
    await watched.inState(one.localPort, 'ESTABLISHED');
    one.socket.end();
    assert.deepEqual(path(await watched.inState(one.localPort, 'CLOSE_WAIT')), ['ESTABLISHED', 'CLOSE_WAIT']);
    const pair = await watched.inState(one.localPort, 'CLOSED');
    assert.equal(path(pair).at(-1), 'CLOSED');
    assert.ok(!path(pair).includes('TIME_WAIT'));
  });

  it('tells IPv6 pairs, and IPv4 pairs of a socket that takes both', async () => {
    watched = await WatchedServer.start('hello.py', { host: '::' });
    for (const host of ['::1', '127.0.0.1']) {
      const socket = connect({ port: watched.server.port, host });
      clients.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
      await watched.inState(socket.localPort ?? 0, 'ESTABLISHED');
    }
    await eventually('an accept queue of which all are accepted', () =>
      watched.views.find(({ acceptQueue }) => acceptQueue?.depth === 0),
    );
  });

  it('gives the pair of a port that is used again to the newest connection', async () => {
    watched = await WatchedServer.start('hello.py');
    const first = await client();
    first.send(ask('/', true));
    await first.rest();
    first.socket.end();
    await watched.inState(first.localPort, 'TIME_WAIT');
    const again = connect({ port: watched.server.port, host: '127.0.0.1', localPort: first.localPort });
    clients.push(again);
    await new Promise((resolve, reject) => again.once('connect', resolve).once('error', reject));
    const second = await watched.inState(first.localPort, 'ESTABLISHED');
    assert.equal(second.connection, 2);
    assert.equal(watched.trace.kernel.pair(1)?.states.at(-1)?.state, 'CLOSED');
  });

  it('counts who waits to be accepted while the server thread is busy, and for how long it is', async () => {
    watched = await WatchedServer.start('hello.py', { backlog: 7 });
    await eventually('a first reading', () => watched.views[0]);
    await blockThread(4000);
    const waiting = await Promise.all([client(), client(), client()]);
    const view = await eventually('the queue', () => watched.views.find(({ acceptQueue }) => acceptQueue?.depth === 3));
    assert.equal(view.acceptQueue?.limit, 7);
    const listening = (await socketStatistics(watched.server.port)).find(({ state }) => state === 'LISTEN');
    assert.equal(listening?.received, 3, 'ss sees the same');
    assert.equal(listening.sent, 7);
    const busy = await eventually('the silence', () => watched.views.find(({ pulse }) => pulse?.answered === false));
    assert.ok((busy.pulse?.lag ?? 0) >= 50);
    await eventually('the end', () => watched.trace.kernel.acceptQueue?.depth === 0 || undefined);
    await watched.inState(waiting[0].localPort, 'ESTABLISHED');
    const { lags, kernel } = watched.trace;
    const lag = await eventually('the whole lag', () => (lags.valueAt(lags.worst) > 3000 ? lags.worst : undefined));
    assert.ok(lags.valueAt(lag) < 10_000, `it lagged ${lags.valueAt(lag)} ms`);
    assert.equal(kernel.depths.valueAt(kernel.depths.worst), 3);
    const seenAt = kernel.depths.timeAt(kernel.depths.worst);
    assert.ok(seenAt >= lags.timeAt(lag) && seenAt <= lags.timeAt(lag) + lags.valueAt(lag), 'both at the same time');
  });
});
