import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { concurrencyModels, type ConcurrencyModel } from '../../src/core/trace/concurrency';
import { alive } from '../support/alive';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

/** Clients that send one request after the other until they are told to stop. */
class Traffic {
  readonly #agent: Agent;
  readonly #running: Promise<void>[];
  #on = true;
  answers = 0;
  readonly failures: string[] = [];

  /** @param keepAlive each client keeps its connection as long as the server lets it */
  constructor(port: number, clients: number, keepAlive: boolean) {
    this.#agent = new Agent({ keepAlive, maxSockets: clients });
    this.#running = Array.from({ length: clients }, (_, client) => this.#run(port, client));
  }

  /** Resolves when so many more requests are answered. */
  async goesOn(answers: number): Promise<void> {
    const wanted = this.answers + answers;
    await eventually(`${answers} more answers`, () => (this.answers >= wanted ? true : undefined));
  }

  async stop(): Promise<void> {
    this.#on = false;
    await Promise.all(this.#running);
    this.#agent.destroy();
  }

  async #run(port: number, client: number): Promise<void> {
    for (let count = 0; this.#on; count++) {
      const seconds = count % 10 === client ? 0.05 : 0.001;
      await this.#ask(port, `/?${seconds}`).then(
        () => this.answers++,
        (error: unknown) => this.failures.push(String(error)),
      );
    }
  }

  #ask(port: number, path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path, agent: this.#agent }, (response) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 200 && response.complete) resolve();
          else reject(new Error(`status ${response.statusCode}`));
        });
      })
        .on('error', reject)
        .end();
    });
  }
}

describe('another concurrency model while the server runs', () => {
  let server: TestServer;
  afterEach(() => server.end());

  async function become(model: ConcurrencyModel, slots: number): Promise<void> {
    await server.functions.setConcurrency(model, slots);
    await eventually('the model', () => (server.trace.models.at(-1)?.model === model ? true : undefined));
  }

  for (const keepAlive of [true, false]) {
    it(`fails no request, ${keepAlive ? 'with connections that stay' : 'with a connection for each'}`, async function () {
      this.timeout(60_000);
      server = await TestServer.start('sleeps.py', { concurrency: 'threads', slots: 3 });
      await server.text('/?0');
      const traffic = new Traffic(server.port, 6, keepAlive);
      await traffic.goesOn(20);
      // Each model after each other one.
      for (const model of ['iterative', 'processes', 'threads', 'processes', 'iterative', 'threads'] as const) {
        await become(model, 3);
        await traffic.goesOn(40);
      }
      await become('threads', 2);
      await traffic.goesOn(20);
      await traffic.stop();
      assert.deepEqual(traffic.failures, []);
      const changes = server.trace.models.map(({ model, slots }) => `${model} ${slots}`);
      assert.deepEqual(changes, [
        'threads 3',
        'iterative 1',
        'processes 3',
        'threads 3',
        'processes 3',
        'iterative 1',
        'threads 3',
        'threads 2',
      ]);
    });
  }

  for (const model of concurrencyModels) {
    it(`lets a call end that runs when ${model} begins, and those that wait go on`, async () => {
      server = await TestServer.start('tells_worker.py', { concurrency: 'threads', slots: 1 });
      await server.text('/');
      const old = server.worker.pid;
      const running = server.text('/?0.5');
      await server.found('/?0.5', ({ appStart }) => !Number.isNaN(appStart));
      const waiting = server.text('/?0.01');
      await server.found('/?0.01', ({ ready }) => !Number.isNaN(ready));
      await become(model, 2);
      const [pid] = (await waiting).split(' ');
      assert.notEqual(Number(pid), old);
      assert.equal(Number((await running).split(' ')[0]), old);
      await eventually('the end of the old worker', () => (alive(old ?? NaN) ? undefined : true));
    });
  }

  it('from threads to iterative: who is idle has to go, who has begun may end, then turns begin', async () => {
    server = await TestServer.start('sleeps.py', { concurrency: 'threads', slots: 2 });
    const clients = await Promise.all([1, 2, 3].map(() => RawClient.to(server.port)));
    const [idle, busy, other] = clients;
    assert.ok(idle && busy && other);
    for (const each of clients) {
      each.send('GET /?0 HTTP/1.1\r\nHost: a\r\n\r\n');
      await each.receives(/slot \d|MainThread/);
      assert.doesNotMatch(each.received, /Connection: close/);
    }
    busy.send('GET /?0.5 HTTP/1.1\r\nHost: a\r\n\r\n');
    await server.found('/?0.5', ({ appStart }) => !Number.isNaN(appStart));
    await become('iterative', 4);
    const late = await RawClient.to(server.port);
    late.send('GET /?0.01 HTTP/1.1\r\nHost: a\r\n\r\n');
    other.send('GET /?0.02 HTTP/1.1\r\nHost: a\r\n\r\n');
    await pause(200);
    assert.doesNotMatch(late.received, /200/, 'one that has begun comes first');
    assert.equal(idle.ended, false);
    for (const each of [busy, other, late]) assert.match(await each.rest(), /200 OK[^]*Connection: close\r\n/);
    assert.doesNotMatch(await idle.rest(), /Connection: close/, 'it owed no response');
    for (const each of [...clients, late]) each.close();
    const rows = await Promise.all(['/?0.5', '/?0.02', '/?0.01'].map((target) => server.ended(target)));
    const starts = rows.map(({ start, end }) => [start, start + end]);
    assert.ok(Number(starts[2]?.[0]) >= Number(starts[1]?.[1]), 'it was accepted later');
  });

  it('from iterative to threads: all who wait are served at once', async () => {
    server = await TestServer.start('sleeps.py', { concurrency: 'iterative', slots: 3 });
    const idle = await RawClient.to(server.port);
    const waiting = [await RawClient.to(server.port), await RawClient.to(server.port)];
    for (const each of waiting) each.send('GET /?0.1 HTTP/1.1\r\nHost: a\r\n\r\n');
    await eventually('three connections', () => (server.trace.connections.last >= 3 ? true : undefined));
    await pause(50);
    assert.equal(server.trace.exchanges.length, 0);
    await become('threads', 3);
    for (const each of waiting) await each.receives(/200 OK/);
    for (const each of waiting) assert.doesNotMatch(each.received, /Connection: close/);
    for (const id of [2, 3]) assert.ok(server.connection(id).turn >= (server.trace.models.at(-1)?.at ?? NaN));
    for (const each of [idle, ...waiting]) each.close();
  });

  it('runs an app that could not be imported before', async () => {
    server = await TestServer.start('no_such_file.py', { concurrency: 'threads' });
    assert.equal((await server.fetch('/')).status, 500);
    await become('processes', 2);
    assert.equal((await server.fetch('/')).status, 500);
    assert.equal(server.worker.status, 'failed');
  });

  it('leaves all as it is where that is the model already', async () => {
    server = await TestServer.start('sleeps.py', { concurrency: 'iterative', slots: 4 });
    await server.text('/?0');
    const { pid } = server.worker;
    await server.functions.setConcurrency('iterative', 8);
    await server.text('/?0');
    assert.equal(server.worker.pid, pid);
    assert.equal(server.trace.models.length, 1);
  });

  it('does nothing after a stop', async () => {
    server = await TestServer.start('sleeps.py');
    await server.functions.stop(0);
    await server.functions.setConcurrency('processes', 2);
    assert.equal(server.worker.status, 'stopped');
  });
});
