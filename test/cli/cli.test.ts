import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Har } from 'har-format';
import { phases } from '../../src/core/trace/phases';
import type { HarConnection, LifelineEntry } from '../../src/core/trace/har';
import type { HarKernel } from '../../src/core/trace/harKernel';
import { assertHar } from '../core/trace/harSchema';
import { alive } from '../support/alive';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const python = process.env['LIFELINE_TEST_PYTHON'] ?? 'python3';
const accessLine = /^127\.0\.0\.1:\d+ "GET (\S+)" 200 \d+ B .* {2}accept .*recv .*parse .*environ .*app .*sendall /m;

/** A run of the command line, with what it writes. */
class Terminal {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], nodeArgs: readonly string[] = []) {
    this.child = spawn(process.execPath, [...nodeArgs, cli, ...args], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (data: Buffer) => (this.stdout += data.toString()));
    this.child.stderr?.on('data', (data: Buffer) => (this.stderr += data.toString()));
    this.exit = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Resolves once the text has appeared; a run that ends before fails. */
  async shows(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this[stream]);
      if (found) return found;
      const over = this.child.exitCode !== null || this.child.signalCode !== null;
      assert.ok(!over, `ended without ${String(pattern)}:\n${this.stdout}\n${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async address(): Promise<string> {
    const [, address] = await this.shows('stdout', /^Listening on (http:\/\/127\.0\.0\.1:\d+)$/m);
    assert.ok(address);
    return address;
  }
}

async function get(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  assert.equal(response.status, 200);
  return response.text();
}

describe('Command line', () => {
  const terminals: Terminal[] = [];
  let folder = '';

  function run(...args: string[]): Terminal {
    return kept(new Terminal(args));
  }
  function kept(terminal: Terminal): Terminal {
    terminals.push(terminal);
    return terminal;
  }
  const serve = (...args: string[]): Terminal =>
    run('serve', 'terminal_app.py', '--port', '0', '--python', python, ...args);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-cli-'));
  });

  afterEach(async () => {
    for (const { child, exit } of terminals.splice(0)) {
      child.kill('SIGKILL');
      await exit;
    }
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('prints how it is used', async () => {
    const terminal = run('--help');
    assert.equal(await terminal.exit, 0);
    assert.match(terminal.stdout, /Usage: lifeline serve APP/);
    assert.equal(terminal.stderr, '');
  });

  it('refuses a wrong use with exit code 2 and a sentence', async () => {
    const terminal = run('serve', 'terminal_app.py', '--slots', 'many');
    assert.equal(await terminal.exit, 2);
    assert.match(terminal.stderr, /^lifeline: --slots takes a whole number.* See --help\.\n$/);
    assert.equal(terminal.stdout, '');
  });

  it('says what to do where there is no such interpreter', async () => {
    const terminal = run('serve', 'terminal_app.py', '--python', join(folder, 'no-python'));
    assert.equal(await terminal.exit, 1);
    assert.match(terminal.stderr, /no-python/);
    assert.match(terminal.stderr, /--python/);
    assert.doesNotMatch(terminal.stderr, /lifeline\.pythonPath/);
  });

  it('says who holds the port, in words of the command line', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    try {
      const terminal = run('serve', 'terminal_app.py', '--python', python, '--port', String(port));
      assert.equal(await terminal.exit, 1);
      assert.ok(terminal.stderr.includes(`Port ${port} on 127.0.0.1 is taken`), terminal.stderr);
      assert.match(terminal.stderr, /\(--port\)/);
      assert.equal(terminal.stdout, '');
    } finally {
      holder.close();
    }
  });

  it('logs a line for every request, and what the app prints, to stderr alone', async () => {
    const terminal = serve();
    const address = await terminal.address();
    await get(`${address}/one`);
    await get(`${address}/two?x=1`);
    await terminal.shows('stderr', /"GET \/two\?x=1" 200/);
    const logged = terminal.stderr.split('\n').filter((line) => accessLine.test(line));
    assert.deepEqual(
      logged.map((line) => accessLine.exec(line)?.[1]),
      ['/one', '/two?x=1'],
      terminal.stderr,
    );
    assert.match(terminal.stderr, /^serving \/one$/m);
    assert.equal(terminal.stdout, `Listening on ${address}\n`);
  });

  it('mounts the app where it is told to, and says where that is', async () => {
    const terminal = serve('--script-name', 'shop');
    const [, address = ''] = await terminal.shows('stdout', /^Listening on (http:\/\/127\.0\.0\.1:\d+)\/shop\/$/m);
    await get(`${address}/shop/one`);
    assert.equal((await fetch(`${address}/one`)).status, 404);
    await terminal.shows('stderr', /^serving \/one$/m);
    await terminal.shows('stderr', /"GET \/one" 404 .*\(refused\)/);
  });

  it('gives a call up that takes too long, in words of the command line', async () => {
    const terminal = serve('--app-timeout', '1');
    const address = await terminal.address();
    assert.equal((await fetch(`${address}/slow?seconds=60`)).status, 504);
    await terminal.shows('stderr', /^lifeline: GET \/slow\?seconds=60: .*after 1 s \(--app-timeout\)/m);
    await terminal.shows('stderr', /"GET \/slow\?seconds=60" 504 .*\(timed out\)/);
    await get(`${address}/one`);
  });

  it('runs the app in as many processes as it is told to', async () => {
    const terminal = serve('--concurrency', 'processes', '--slots', '2');
    const address = await terminal.address();
    const pids = await Promise.all([get(`${address}/slow?seconds=0.5`), get(`${address}/slow?seconds=0.5`)]);
    assert.notEqual(pids[0], pids[1]);
    await terminal.shows('stderr', /Starting 2 app workers/);
  });

  it('serves one connection at a time when told so', async () => {
    const terminal = serve('--concurrency', 'iterative');
    const address = await terminal.address();
    const start = performance.now();
    const slow = ['/slow?seconds=0.4', '/slow?seconds=0.4'].map((target) => get(address + target));
    await Promise.all(slow);
    assert.ok(performance.now() - start >= 800);
    await terminal.shows('stderr', /"GET \/slow\?seconds=0\.4" 200 .*, turn [\d.]+ ms, /);
  });

  it('is quiet when told so', async () => {
    const terminal = serve('--quiet');
    const address = await terminal.address();
    await get(`${address}/one`);
    await terminal.shows('stderr', /^serving \/one$/m);
    if (process.platform !== 'win32') {
      terminal.child.kill('SIGTERM');
      assert.equal(await terminal.exit, 0);
    }
    assert.doesNotMatch(terminal.stderr, /"GET/);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`lets a request end at ${signal}, leaves with 0, and leaves nothing behind`, async function () {
      if (process.platform === 'win32') this.skip(); // there a signal ends a process at once
      const terminal = serve();
      const address = await terminal.address();
      const answer = get(`${address}/slow?seconds=0.7`);
      await terminal.shows('stderr', /^serving \/slow$/m);
      terminal.child.kill(signal);
      const worker = Number(await answer);
      assert.equal(await terminal.exit, 0);
      assert.equal(alive(worker), false, 'the app worker is gone');
    });
  }

  it('stops at once at a second signal', async function () {
    if (process.platform === 'win32') this.skip();
    const terminal = serve();
    const address = await terminal.address();
    const worker = Number(await get(`${address}/`));
    const cut = get(`${address}/slow?seconds=15`);
    const failure = assert.rejects(cut);
    await terminal.shows('stderr', /^serving \/slow$/m);
    terminal.child.kill('SIGINT');
    await terminal.shows('stderr', /Stopping/);
    const asked = performance.now();
    terminal.child.kill('SIGINT');
    assert.equal(await terminal.exit, 130);
    await failure;
    assert.ok(performance.now() - asked < 5000);
    for (let tries = 0; alive(worker) && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 25));
    assert.equal(alive(worker), false, 'the app worker has noticed');
  });

  it('ends with a failure where the server thread dies', async () => {
    const fault = join(folder, 'fault.cjs');
    await writeFile(
      fault,
      "if (!require('node:worker_threads').isMainThread) setTimeout(() => { throw new Error('on purpose'); }, 1000);",
    );
    const args = ['serve', 'terminal_app.py', '--port', '0', '--python', python];
    const terminal = kept(new Terminal(args, ['--require', fault]));
    assert.equal(await terminal.exit, 1);
    assert.match(terminal.stderr, /on purpose[^]*The server has died/);
  });

  it('records what the kernel told of each connection', async function () {
    if (process.platform !== 'linux') this.skip();
    const file = join(folder, 'kernel.har');
    const terminal = serve('--record', file, '--quiet', '--backlog', '17');
    const address = await terminal.address();
    const before = Date.now();
    // Long enough for several readings, each on a connection that the server closes.
    for (let count = 0; Date.now() - before < 3000; count++) {
      const response = await fetch(`${address}/${count}`, { headers: { connection: 'close' } });
      await response.text();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    terminal.child.kill('SIGTERM');
    assert.equal(await terminal.exit, 0);
    const har = JSON.parse(await readFile(file, 'utf8')) as { log: { _lifeline: { kernel?: HarKernel } } };
    const { kernel } = har.log._lifeline;
    assert.ok(kernel, 'the kernel was asked');
    assert.equal(kernel.acceptQueueLimit, 17);
    assert.equal(kernel.acceptQueue[0]?.depth, 0);
    assert.ok(kernel.connections.length > 5, `${kernel.connections.length} pairs`);
    const waiting = kernel.connections.filter(({ states }) => states.at(-1)?.state === 'TIME_WAIT');
    assert.ok(waiting.length > 5, 'the server closed first, so TIME_WAIT stays here');
    for (const { states } of kernel.connections) assert.equal(states[0]?.state, 'ESTABLISHED');
  });

  it('records what happened as HAR, with phases, marks and connections', async function () {
    if (process.platform === 'win32') this.skip();
    const file = join(folder, 'trace.har');
    const terminal = serve('--record', file);
    const address = await terminal.address();
    const before = Date.now();
    await Promise.all([get(`${address}/slow?seconds=0.3`), get(`${address}/fast`)]);
    await get(`${address}/third`);
    terminal.child.kill('SIGTERM');
    assert.equal(await terminal.exit, 0);

    const har: unknown = JSON.parse(await readFile(file, 'utf8'));
    assertHar(har);
    const log = (har as Har).log as unknown as {
      entries: LifelineEntry[];
      _lifeline: { clockOriginUnixMs: number; server: unknown; connections: HarConnection[] };
    };
    assert.deepEqual(log._lifeline.server, {
      host: '127.0.0.1',
      port: Number(new URL(address).port),
      backlog: 128,
      concurrency: 'threads',
      slots: 4,
    });
    assert.deepEqual(log.entries.map(({ request }) => new URL(request.url).pathname).sort(), [
      '/fast',
      '/slow',
      '/third',
    ]);

    const slow = log.entries.find(({ request }) => request.url.includes('/slow'));
    assert.ok(slow);
    assert.ok(Math.abs(Date.parse(slow.startedDateTime) - before) < 5000, slow.startedDateTime);
    const app = slow._lifeline.phases.find(({ name }) => name === 'app');
    assert.ok(app && app.durationMs >= 300 && app.durationMs < 3000, JSON.stringify(app));
    assert.ok(slow._lifeline.marks.some(({ name }) => name === 'start_response'));
    assert.ok(slow.time >= 300);

    const names = new Set<string>(phases.map(({ name }) => name));
    for (const { _lifeline } of log.entries) {
      for (const { name, startMs, durationMs } of _lifeline.phases) {
        assert.ok(names.has(name), name);
        assert.ok(startMs > 0 && durationMs >= 0);
      }
      const connection = log._lifeline.connections.find((each) => each.connection === _lifeline.connection);
      assert.equal(connection?.remote, _lifeline.remote);
      assert.equal(connection.local, `127.0.0.1:${new URL(address).port}`);
      assert.ok(connection.closedMs !== null && connection.closedMs >= connection.acceptedMs);
    }
  });
});
