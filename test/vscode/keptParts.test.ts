import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensions } from 'vscode';
import { defaultLimits } from '../../src/core/http/limits';
import { findInterpreter } from '../../src/server/interpreter';
import { ServerHandle } from '../../src/server/serverHandle';
import { KeptParts } from '../../src/vscode/keptParts';
import { LifelineServer, type StartOptions } from '../../src/vscode/server';
import { extensionId, folder, until, writeFile } from './lifeline';

const app = `import gzip

def application(environ, start_response):
    if environ["PATH_INFO"] == "/zipped":
        start_response("200 OK", [("Content-Encoding", "gzip"), ("Content-Type", "text/plain")])
        return [gzip.compress(b"plain text " * 1000)]
    start_response("200 OK", [])
    return [environ["SCRIPT_NAME"].encode(), environ["wsgi.input"].read()]
`;

describe('What is kept of a request', () => {
  let server: LifelineServer;
  let parts: KeptParts;
  let options: StartOptions;

  before(async () => {
    await writeFile('kept.py', app);
    const python = await findInterpreter({ folder: folder().fsPath, env: process.env });
    options = {
      host: '127.0.0.1',
      port: 0,
      backlog: 16,
      concurrency: 'threads',
      slots: 2,
      app: { spec: 'kept.py', folder: folder().fsPath },
      python: python.path,
      env: {},
      limits: defaultLimits,
      maxExchanges: 100,
    };
    const thread = join(extensions.getExtension(extensionId)?.extensionPath ?? '', 'dist', 'serverThread.js');
    server = new LifelineServer(
      (owner) => ServerHandle.spawn(thread, owner),
      () => undefined,
      100,
    );
    parts = new KeptParts(server);
  });
  after(async () => {
    await server.end();
    server.dispose();
  });

  /** Asks for a path, and waits until the trace has the end of that. */
  async function ask(path: string, init: RequestInit = {}): Promise<number> {
    const id = Math.max(0, server.trace.exchanges.last) + 1;
    const response = await fetch(`http://127.0.0.1:${server.listening?.port}${path}`, init);
    await response.arrayBuffer();
    await until('the end of the request', () => !Number.isNaN(server.trace.exchange(id)?.end ?? NaN) || undefined);
    return id;
  }

  async function environ(id: number): Promise<Map<string, string>> {
    const shown = await parts.environ(id);
    assert.ok(shown && 'variables' in shown);
    return new Map(shown.variables.map(({ name, value }) => [name, value]));
  }

  it('is its environ, by the server that it came to', async () => {
    await server.start(() => Promise.resolve({ ...options, scriptName: '/old' }));
    const oldPort = String(server.listening?.port);
    const first = await ask('/old/a');
    await server.setConcurrency('processes', 2);
    const second = await ask('/old/b');
    await server.stop(1000);
    await server.start(() => Promise.resolve(options));
    const third = await ask('/c');
    const told = await Promise.all([first, second, third].map(environ));
    const of = (name: string): (string | undefined)[] => told.map((each) => each.get(name));
    assert.deepEqual(of('SCRIPT_NAME'), ['/old', '/old', '']);
    assert.deepEqual(of('PATH_INFO'), ['/a', '/b', '/c']);
    assert.deepEqual(of('SERVER_PORT'), [oldPort, oldPort, String(server.listening?.port)]);
    assert.deepEqual(of('wsgi.multithread'), ['True', 'False', 'True']);
    assert.deepEqual(of('wsgi.multiprocess'), ['False', 'True', 'False']);
  });

  it('is the content of both bodies, decoded', async () => {
    const id = await ask('/zipped', { method: 'POST', body: 'the request' });
    const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();
    const request = await parts.body(id, 'request');
    assert.deepEqual([text(request?.bytes), request?.truncated, request?.size], ['the request', false, 11]);
    const response = await parts.body(id, 'response');
    assert.equal(text(response?.bytes), 'plain text '.repeat(1000));
    assert.equal(response?.decoded, 'gzip');
    assert.ok(response.size < 200);
    const none = await parts.body(await ask('/'), 'request');
    assert.deepEqual([none?.size, none?.truncated], [0, false]);
    assert.equal(await parts.body(1000, 'request'), undefined);
    assert.equal(await parts.raw(1000), undefined);
  });

  it('is none of the environ where the request did not reach the app', async () => {
    const id = await ask('/%00');
    const shown = await parts.environ(id);
    assert.ok(shown && 'absent' in shown);
    assert.match(shown.absent, /did not reach the app/);
  });
});
