import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits } from '../../src/core/http/limits';
import { AppHost } from '../../src/server/appHost';
import type { WorkerState } from '../../src/server/protocol';
import { eventually, RawClient, TestServer } from '../support/servers';
import { python } from '../support/workerClient';
import { alive } from '../support/alive';

const bridge = join(import.meta.dirname, '..', '..', 'src', 'workers', 'python', 'lifeline_bridge');

describe('the app worker', () => {
  let server: TestServer;
  let folder: string;

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'lifeline-'))));
  after(() => rm(folder, { recursive: true }));
  afterEach(() => server.end());

  /** Writes an app into the folder and serves it. */
  async function serve(source: string, spec = 'app.py'): Promise<void> {
    await writeFile(join(folder, 'app.py'), source);
    server = await TestServer.start(spec, { app: { spec, folder } });
  }

  async function page(path: string): Promise<{ status: number; text: string }> {
    const response = await server.fetch(path);
    return { status: response.status, text: await response.text() };
  }

  it('answers an exception of the app with a page and its traceback', async () => {
    server = await TestServer.start('routes.py');
    const { status, text } = await page('/fail');
    assert.equal(status, 500);
    assert.match(text, /raised ValueError: the page &#60;fails&#62;/);
    assert.match(text, /routes\.py&#34;, line \d+, in fail/);
    assert.doesNotMatch(text, /lifeline_bridge/);
    const row = await server.ended('/fail');
    assert.equal(server.outcome(row.id), 'app error');
    assert.equal(row.status, 500);
    const { problem } = await server.detail(row.id);
    assert.equal(problem?.fault, 'app');
    assert.match(problem.traceback ?? '', /ValueError: the page <fails>/);
    assert.ok(server.logs.some(({ level, text: line }) => level === 'error' && line.includes('ValueError')));
    assert.equal(await server.text('/hello'), 'Hello, world\n');
  });

  it('cuts a response short whose app raises after its start', async () => {
    server = await TestServer.start('routes.py');
    const client = await RawClient.to(server.port);
    client.send('GET /fail_late HTTP/1.1\r\nHost: a\r\n\r\n');
    const text = await client.rest();
    assert.match(text, /first/);
    assert.doesNotMatch(text, /0\r\n\r\n$/, 'the client can see that the end is missing');
    assert.equal(server.outcome((await server.ended('/fail_late')).id), 'app error');
    client.close();
  });

  it('answers a status that ends no request as the fault of the app', async () => {
    server = await TestServer.start('routes.py');
    const { status, text } = await page('/bad_status');
    assert.equal(status, 500);
    assert.match(text, /status 101/);
  });

  for (const [path, end] of [
    ['/leave', /left with exit code 7/],
    ['/huge_head', /sent a frame of 200\d+ bytes/],
    ['/segfault', process.platform === 'win32' ? /left with exit code/ : /was ended by SIGSEGV/],
  ] as const) {
    it(`is started again after ${path}, and only the requests that it had are lost`, async () => {
      server = await TestServer.start('routes.py');
      await server.text('/hello');
      const first = server.worker.pid;
      const slow = page('/slow?seconds=5');
      await server.found('/slow?seconds=5', ({ appStart }) => !Number.isNaN(appStart));
      const crash = await page(path);
      assert.equal(crash.status, 502);
      assert.match(crash.text, end);
      assert.equal((await slow).status, 502);
      assert.equal(server.outcome((await server.ended(path)).id), 'worker lost');
      assert.equal(await server.text('/hello'), 'Hello, world\n');
      assert.notEqual(server.worker.pid, first);
      assert.ok(server.trace.notes.some(({ name }) => name === 'worker lost'));
    });
  }

  it('says what could not be imported, and runs what was mended at the next request', async () => {
    await serve('import a_module_that_nobody_has\n');
    const { status, text } = await page('/');
    assert.equal(status, 500);
    assert.match(text, /a_module_that_nobody_has/);
    assert.equal(server.worker.status, 'failed');
    await writeFile(join(folder, 'app.py'), mended);
    assert.equal(await server.text('/'), 'mended');
    assert.equal(server.worker.status, 'ready');
  });

  it('says which callables a module has when the wanted one is missing', async () => {
    await serve(mended, 'app.py:missing');
    const { status, text } = await page('/');
    assert.equal(status, 500);
    assert.match(text, /missing/);
    assert.match(text, /application/);
  });

  // Node tells of the first by an event, and throws for the second.
  for (const name of ['no-python', 'file/no-python']) {
    it(`says what to do when there is no interpreter ${name}`, async () => {
      await writeFile(join(folder, 'file'), '');
      server = await TestServer.start('routes.py', { python: join(folder, name) });
      for (let times = 1; times <= 2; times++) {
        const { status, text } = await page('/hello');
        assert.equal(status, 503);
        assert.match(text, /no-python/);
        assert.match(text, /lifeline\.pythonPath/);
      }
      assert.equal(server.worker.status, 'failed');
    });
  }

  it('that keeps crashing while it starts does not keep its clients waiting for ever', async () => {
    await serve('import os\nos._exit(9)\n');
    const { status, text } = await page('/');
    assert.equal(status, 503);
    assert.match(text, /exit code 9/);
    assert.match(text, /times in a row/);
  });

  it('is replaced on demand, while the listener and its connections stay', async () => {
    await serve(mended);
    const client = await RawClient.to(server.port);
    client.send('GET /1 HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/mended$/);
    await writeFile(join(folder, 'app.py'), mended.replace('mended', 'renewed'));
    await server.functions.restartWorker();
    client.send('GET /2 HTTP/1.1\r\nHost: a\r\n\r\n');
    await client.receives(/renewed$/);
    client.close();
  });

  it('lets a call end that runs while it is replaced', async () => {
    server = await TestServer.start('routes.py');
    const slow = server.text('/slow?seconds=0.5');
    await server.found('/slow?seconds=0.5', ({ appStart }) => !Number.isNaN(appStart));
    await server.functions.restartWorker();
    assert.equal(await slow, 'slow');
  });

  it('is replaced without waiting for its calls, and a stop ends the old one too', async () => {
    server = await TestServer.start('routes.py');
    await server.text('/hello');
    const { pid } = server.worker;
    assert.ok(pid !== undefined);
    const cut = assert.rejects(server.fetch('/slow?seconds=60'));
    const { id } = await server.found('/slow?seconds=60', ({ appStart }) => !Number.isNaN(appStart));
    await server.functions.restartWorker();
    await server.functions.restartWorker();
    assert.equal(await server.text('/hello'), 'Hello, world\n');
    assert.ok(Number.isNaN(server.exchange(id).end), 'the call runs on');
    await server.functions.stop(0);
    await cut;
    assert.equal(alive(pid), false);
  });

  it('is gone after a stop', async () => {
    server = await TestServer.start('routes.py');
    await server.text('/hello');
    const { pid } = server.worker;
    assert.ok(pid !== undefined);
    await server.functions.stop(1000);
    await eventually('the end of the worker', () => (alive(pid) ? undefined : true));
  });

  it('relates its clock to ours', async () => {
    server = await TestServer.start('routes.py');
    await server.text('/hello');
    const error = await eventually('an estimate', () => server.worker.clockError);
    assert.ok(error > 0 && error < 20, `${error} ms`);
  });
});

describe('an app worker whose start takes long', () => {
  it('and that crashes then is given up as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-'));
    await writeFile(join(folder, 'app.py'), 'import os\nos._exit(9)\n');
    const states: WorkerState[] = [];
    const host = new AppHost(
      {
        app: { spec: 'app.py', folder },
        python,
        env: {},
        concurrency: 'threads',
        slots: 1,
        limits: defaultLimits,
        bridge,
      },
      () => performance.now() * 1000, // on this clock each start takes many seconds
      { state: (state) => states.push(state), log: () => undefined, note: () => undefined },
    );
    host.start();
    const failed = await eventually('the end of the tries', () => states.find(({ status }) => status === 'failed'));
    assert.match(failed.problem?.message ?? '', /exit code 9 .*5 times in a row/);
    await host.stop(1000);
    await rm(folder, { recursive: true });
  });
});

const mended = `
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"mended"]
`;
