import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../../src/core/http/limits';
import { alive } from '../support/alive';
import { eventually, examplesFolder, TestServer } from '../support/servers';

const hello = { app: { spec: 'hello.py', folder: examplesFolder } };

/** A connection of its own for each request. */
const alone = { headers: { connection: 'close' } };

/** How long so many requests of 300 ms take that come at once, in ms, once all workers are there. */
async function burst(server: TestServer, count: number, workers: number): Promise<number> {
  await eventually('the workers', () => (server.worker.workers?.length === workers ? true : undefined));
  await server.text('/', alone);
  const start = performance.now();
  const texts = await Promise.all(Array.from({ length: count }, () => server.text('/slow?seconds=0.3', alone)));
  for (const text of texts) assert.equal(text, 'Slept for 0.3 seconds.\n');
  return performance.now() - start;
}

/** Process id, multithread, multiprocess. */
async function ask(server: TestServer, query = ''): Promise<string[]> {
  return (await server.text(`/?${query}`, alone)).split(' ');
}

describe('the concurrency model', () => {
  let server: TestServer;
  afterEach(() => server.end());

  for (const [concurrency, least, most] of [
    ['iterative', 1200, 1900],
    ['threads', 300, 900],
    ['processes', 300, 900],
  ] as const) {
    it(`${concurrency}: four requests of 300 ms take about ${least} ms`, async () => {
      server = await TestServer.start('hello.py', { ...hello, concurrency, slots: 4 });
      const ms = await burst(server, 4, concurrency === 'processes' ? 4 : 1);
      assert.ok(ms >= least && ms < most, `${ms} ms`);
      assert.deepEqual(
        server.trace.models.map(({ model, slots }) => ({ model, slots })),
        [{ model: concurrency, slots: concurrency === 'iterative' ? 1 : 4 }],
      );
    });
  }

  for (const [concurrency, slots, flags] of [
    ['iterative', 4, ['False', 'False']],
    ['threads', 4, ['True', 'False']],
    ['threads', 1, ['False', 'False']],
    ['processes', 2, ['False', 'True']],
    ['processes', 1, ['False', 'False']],
  ] as const) {
    it(`${concurrency} × ${slots}: tells the app whether others run beside it`, async () => {
      server = await TestServer.start('tells_worker.py', { concurrency, slots });
      assert.deepEqual((await ask(server)).slice(1), flags);
    });
  }

  for (const concurrency of ['threads', 'processes'] as const) {
    it(`${concurrency}: who comes through the last free slot does not wait for those that hold the others`, async () => {
      server = await TestServer.start('tells_worker.py', { concurrency, slots: 4 });
      await eventually('the workers', () =>
        server.worker.workers?.length === (concurrency === 'processes' ? 4 : 1) ? true : undefined,
      );
      let held = 3;
      const holders = ['3.1', '3.2', '3.3'].map(async (seconds) => {
        await ask(server, seconds);
        held--;
      });
      for (const seconds of ['3.1', '3.2', '3.3'])
        await server.found(`/?${seconds}`, ({ appStart }) => !Number.isNaN(appStart));
      for (let count = 0; count < 100; count++) await server.text('/?0');
      assert.equal(held, 3, 'all were answered meanwhile');
      const last = server.trace.exchanges.last;
      for (let id = 4; id <= last; id++) assert.equal(server.exchange(id).queuePosition, 0);
      await Promise.all(holders);
    });
  }
});

describe('processes', () => {
  let server: TestServer;
  afterEach(() => server.end());

  const start = async (slots: number): Promise<void> => {
    server = await TestServer.start('tells_worker.py', { concurrency: 'processes', slots });
    await eventually('all workers', () => (server.worker.workers?.length === slots ? true : undefined));
  };

  it('run a call each, and the next one goes to the first that is free', async () => {
    await start(3);
    const pids = new Set(server.worker.workers?.map(({ pid }) => String(pid)));
    const long = [ask(server, '0.8'), ask(server, '0.8')];
    await server.found('/?0.8', ({ appStart }) => !Number.isNaN(appStart));
    const short = await Promise.all([1, 2, 3, 4, 5].map(() => ask(server, '0.02')));
    const [first] = short;
    assert.ok(first);
    for (const each of short) assert.equal(each[0], first[0]);
    const others = await Promise.all(long);
    assert.deepEqual(new Set([first[0], ...others.map(([pid]) => pid)]), pids);
    const rows = await eventually('seven exchanges', () =>
      server.trace.exchanges.last === 7 ? [1, 2, 3, 4, 5, 6, 7].map((id) => server.exchange(id)) : undefined,
    );
    assert.equal(new Set(rows.map(({ worker }) => worker)).size, 3);
    assert.ok(rows.every(({ slot }) => slot === 1));
    assert.deepEqual(
      rows.map(({ queuePosition }) => queuePosition).sort(),
      [0, 0, 0, 1, 2, 3, 4],
      'the fourth to seventh had to wait, and knew their places',
    );
  });

  it('lose only the calls of the one that crashes', async () => {
    await start(2);
    const before = server.worker.workers?.map(({ pid }) => pid) ?? [];
    const slow = ask(server, '0.6');
    await server.found('/?0.6', ({ appStart }) => !Number.isNaN(appStart));
    const lost = await server.fetch('/leave', alone);
    assert.equal(lost.status, 502);
    assert.match(await lost.text(), /exit code 7/);
    assert.equal(server.worker.status, 'ready', 'the other one serves');
    const [survivor] = await slow;
    assert.ok(before.includes(Number(survivor)));
    const after = await eventually('two workers again', () =>
      server.worker.workers?.length === 2 ? server.worker.workers : undefined,
    );
    assert.equal(after.filter(({ pid }) => before.includes(pid)).length, 1);
    assert.equal(new Set(after.map(({ number }) => number)).size, 2);
  });

  it('are all replaced at a restart, and none is left after a stop', async () => {
    await start(3);
    const old = server.worker.workers ?? [];
    await server.functions.restartWorker();
    const fresh = await eventually('three new workers', () => {
      const { workers = [] } = server.worker;
      return workers.length === 3 && workers.every(({ pid }) => old.every((each) => each.pid !== pid))
        ? workers
        : undefined;
    });
    await eventually('the end of the old ones', () => (old.some(({ pid }) => alive(pid)) ? undefined : true));
    await server.functions.stop(0);
    for (const { pid } of fresh) assert.equal(alive(pid), false);
  });

  it('tell once that the app cannot be imported, and run it when it is mended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-'));
    await writeFile(join(folder, 'app.py'), 'import a_module_that_nobody_has\n');
    server = await TestServer.start('app.py', { app: { spec: 'app.py', folder }, concurrency: 'processes', slots: 4 });
    const response = await server.fetch('/');
    assert.equal(response.status, 500);
    assert.match(await response.text(), /a_module_that_nobody_has/);
    const told = server.logs.filter(
      ({ level, text }) => level === 'error' && text.includes('a_module_that_nobody_has'),
    );
    assert.equal(told.length, 1, told.map(({ text }) => text).join());
    await writeFile(join(folder, 'app.py'), 'def application(e, s):\n    s("200 OK", [])\n    return [b"mended"]\n');
    assert.equal(await server.text('/'), 'mended');
    await eventually('all workers', () => (server.worker.workers?.length === 4 ? true : undefined));
    await rm(folder, { recursive: true });
  });

  it('serve on while one of them cannot start, and it is tried again now and then', async function () {
    this.timeout(60_000);
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-'));
    // Each process makes a folder of its own; a file that stands in the way of the second one's is its end.
    const app = [
      'import os',
      'for name in ("a", "b"):',
      '    if os.path.isfile(name): os._exit(9)',
      '    try: os.mkdir(name)',
      '    except FileExistsError: continue',
      '    break',
      'def application(environ, start_response):',
      '    start_response("200 OK", [])',
      '    return [str(os.getpid()).encode()]',
    ];
    await writeFile(join(folder, 'app.py'), app.join('\n'));
    await writeFile(join(folder, 'b'), '');
    server = await TestServer.start('app.py', { app: { spec: 'app.py', folder }, concurrency: 'processes', slots: 2 });
    await eventually('the end of the tries', () =>
      server.trace.notes.find(({ name }) => name === 'worker-keeps-crashing'),
    );
    assert.equal(server.worker.status, 'ready');
    const pid = await server.text('/', alone);
    assert.deepEqual(
      server.worker.workers?.map((each) => String(each.pid)),
      [pid],
    );
    await rm(join(folder, 'b'));
    await eventually('both workers', async () => {
      assert.equal(await server.text('/', alone), pid, 'the first one that is free');
      return server.worker.workers?.length === 2 ? true : undefined;
    });
    await rm(folder, { recursive: true });
  });

  it('replace the one whose call takes too long', async () => {
    server = await TestServer.start('tells_worker.py', {
      concurrency: 'processes',
      slots: 2,
      limits: { ...defaultLimits, appMs: 300 },
    });
    await eventually('both workers', () => (server.worker.workers?.length === 2 ? true : undefined));
    const before = server.worker.workers?.map(({ pid }) => pid) ?? [];
    assert.equal((await server.fetch('/?20', alone)).status, 504);
    const after = await eventually('two workers again', () =>
      server.worker.workers?.length === 2 && server.worker.workers.some(({ pid }) => !before.includes(pid))
        ? server.worker.workers
        : undefined,
    );
    assert.equal(after.filter(({ pid }) => before.includes(pid)).length, 1, 'the other one stays');
  });
});
