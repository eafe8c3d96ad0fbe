import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { apps, WorkerClient } from '../support/workerClient';

describe('worker: environ', () => {
  let shown: Record<string, unknown>;
  before(async () => {
    const worker = await WorkerClient.start('shows_environ.py', { env: { SHELL_SECRET: 'hidden' } });
    const call = worker.call({
      path: '/caf\u00c3\u00a9',
      query: 'a=b=c&d',
      environ: { HTTP_X_EMPTY: '', SERVER_SOFTWARE: 'RequestLifeline/0.1', 'wsgi.url_scheme': 'https' },
    });
    shown = JSON.parse((await call.response()).body) as Record<string, unknown>;
    await worker.stop();
  });

  it('is a plain dict that holds what the server has sent, latin-1 included', () => {
    assert.equal(shown['type'], 'dict');
    assert.equal(shown['REQUEST_METHOD'], 'GET');
    assert.equal(shown['PATH_INFO'], '/caf\u00c3\u00a9');
    assert.equal(shown['QUERY_STRING'], 'a=b=c&d');
    assert.equal(shown['HTTP_X_EMPTY'], '');
    assert.equal(shown['SERVER_SOFTWARE'], 'RequestLifeline/0.1');
  });

  it('has the variables that PEP 3333 requires', () => {
    assert.deepEqual(shown['wsgi.version'], [1, 0]);
    assert.equal(shown['wsgi.url_scheme'], 'https');
    assert.equal(shown['wsgi.multithread'], true);
    assert.equal(shown['wsgi.multiprocess'], false);
    assert.equal(shown['wsgi.run_once'], false);
    assert.equal(shown['wsgi.input_terminated'], true);
  });

  it('says whether other threads, or other processes, call the app at the same time', async () => {
    const worker = await WorkerClient.start('shows_environ.py', { slots: 1, processes: 2 });
    const { body } = await worker.call({}).response();
    await worker.stop();
    const told = JSON.parse(body) as Record<string, unknown>;
    assert.equal(told['wsgi.multithread'], false);
    assert.equal(told['wsgi.multiprocess'], true);
  });

  it('leaves out the variables of the process', () => {
    assert.equal(shown['SHELL_SECRET'], undefined);
    assert.equal(shown['PATH'], undefined);
  });

  it('comes to an app that finds its folder first, and nothing of ours', () => {
    const path = shown['path'] as string[];
    assert.equal(path[0], apps);
    assert.ok(
      path.every((entry) => !entry.includes('workers')),
      path.join(),
    );
    assert.equal(realpathSync(shown['folder'] as string), realpathSync(apps));
    assert.equal((shown['argv'] as string[]).length, 1);
    assert.equal(shown['name'], 'shows_environ');
    assert.deepEqual(shown['ours'], ['lifeline_bridge']);
  });
});
