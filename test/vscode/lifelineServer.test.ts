import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensions } from 'vscode';
import { defaultLimits } from '../../src/core/http/limits';
import { findInterpreter } from '../../src/server/interpreter';
import { ServerHandle } from '../../src/server/serverHandle';
import { LifelineServer, type StartOptions } from '../../src/vscode/server';
import { extensionId, folder, until, writeFile } from './lifeline';

describe('LifelineServer', () => {
  let base: string;
  let options: StartOptions;
  let server: LifelineServer;
  const lines: string[] = [];

  before(async () => {
    base = mkdtempSync(join(tmpdir(), 'lifeline-thread-'));
    await writeFile(
      'small.py',
      'def application(environ, start_response):\n    start_response("200 OK", [])\n    return []\n',
    );
    const python = await findInterpreter({ folder: folder().fsPath, env: process.env });
    options = {
      host: '127.0.0.1',
      port: 0,
      backlog: 16,
      concurrency: 'threads',
      slots: 1,
      app: { spec: 'small.py', folder: folder().fsPath },
      python: python.path,
      env: {},
      limits: defaultLimits,
      maxExchanges: 100,
    };
  });
  afterEach(async () => {
    await server.end();
    server.dispose();
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  /** The real thread, with a fault of its own before it. */
  const serverWith = (fault: string): LifelineServer => {
    const bundle = join(extensions.getExtension(extensionId)?.extensionPath ?? '', 'dist', 'serverThread.js');
    const file = join(base, 'thread.js');
    writeFileSync(file, `${fault}\nrequire(${JSON.stringify(bundle)});\n`);
    server = new LifelineServer(
      (owner) => ServerHandle.spawn(file, owner),
      (line) => lines.push(line.text),
      100,
    );
    return server;
  };

  it('fails where its thread dies, says so, and starts again with a new one', async () => {
    const { status } = serverWith(`
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ m }) => { if (m === 'restartWorker') throw new Error('a fault of the thread'); });
    `);
    assert.equal(status, 'stopped');
    await server.start(() => Promise.resolve(options));
    const first = portOf(server);
    await assert.rejects(server.restartWorker());
    await until('the failure', () => server.status === 'failed' || undefined);
    assert.equal(server.listening, undefined);
    assert.match(server.problem ?? '', /has died.*Start the server again/);
    assert.ok(lines.some((line) => line.includes('a fault of the thread')));
    assert.equal(await answers(first), false);
    await server.start(() => Promise.resolve(options));
    assert.equal(server.status, 'running');
    assert.equal(await answers(portOf(server)), true);
  });

  it('is starting while it finds out what to start, and failed where that fails', async () => {
    serverWith('');
    let give: (options: StartOptions) => void = () => undefined;
    const slow = server.start(() => new Promise((resolve) => (give = resolve)));
    await until('the state', () => server.status === 'starting' || undefined);
    give(options);
    await slow;
    assert.equal(server.status, 'running');
    await server.stop(0);
    await assert.rejects(
      server.start(() => Promise.reject(new Error('no interpreter'))),
      /no interpreter/,
    );
    assert.equal(server.status, 'failed');
    assert.equal(server.problem, 'no interpreter');
  });

  it('ends a thread that does not stop in time', async () => {
    serverWith(`
      const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ m }) => { if (m === 'stop') for (;;); });
    `);
    await server.start(() => Promise.resolve(options));
    const port = portOf(server);
    await server.stop(0);
    assert.equal(server.status, 'stopped');
    assert.equal(await answers(port), false);
    assert.ok(lines.some((line) => line.includes('did not stop in time')));
  });

  it('keeps as many exchanges as the last start allowed', async () => {
    serverWith('');
    await server.start(() => Promise.resolve({ ...options, maxExchanges: 3 }));
    assert.equal(server.capacity, 3);
    const port = portOf(server);
    for (let count = 0; count < 6; count++) assert.equal(await answers(port), true);
    await until('the trace', () => server.trace.exchanges.last === 6 || undefined);
    assert.equal(server.trace.exchanges.length, 3);
    assert.equal(server.trace.exchanges.forgotten, 3);
  });

  it('forgets the trace when it is cleared, and goes on with it', async () => {
    serverWith('');
    let cleared = 0;
    server.onDidClear(() => cleared++);
    await server.start(() => Promise.resolve(options));
    const port = portOf(server);
    await answers(port);
    const { exchanges } = server.trace;
    // One that goes on would come back with its next change.
    await until('the end of the exchange', () => (exchanges.columns.end[exchanges.rowOf(1)] ?? NaN) > 0 || undefined);
    server.clear();
    assert.equal(cleared, 1);
    assert.equal(server.trace.exchanges.length, 0);
    await answers(port);
    await until('the next exchange', () => server.trace.exchanges.last === 2 || undefined);
    assert.equal(server.trace.exchanges.first, 2);
  });
});

function portOf(server: LifelineServer): number {
  assert.ok(server.listening, 'it does not listen');
  return server.listening.port;
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof TypeError) return false; // how fetch says that nobody listens
    throw error;
  }
}
