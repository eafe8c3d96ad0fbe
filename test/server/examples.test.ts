import assert from 'node:assert/strict';
import { pythonEnv } from '../harness/pythonEnv';
import { examplesFolder, TestServer } from '../support/servers';

describe('the examples', () => {
  let server: TestServer;
  let python: string;
  before(async function () {
    this.timeout(300_000); // the first time, the frameworks are installed
    python = await pythonEnv();
  });
  afterEach(() => server.end());

  for (const spec of ['hello.py', 'flask_app.py', 'djangoapp:app', 'bottle_app.py']) {
    it(`${spec} has every page that it links, and those take as long as they say`, async () => {
      server = await TestServer.start(spec, { app: { spec, folder: examplesFolder }, python });
      const index = await server.text('/');
      const links = [...index.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link);
      const paths = links.map((link) => link.replace(/\?.*/, ''));
      assert.deepEqual(paths, ['/slow', '/stream', '/linger', '/primes', '/fail', '/form']);
      for (const path of ['/slow?seconds=0', '/stream', '/form']) await server.text(path);
      assert.equal(await server.text('/primes?below=100'), 'There are 25 primes below 100.\n');

      const began = performance.now();
      const response = await server.fetch('/linger?seconds=1.5');
      assert.equal(response.headers.get('content-length'), '35');
      assert.equal(await response.text(), 'This is all. The app still sleeps.\n');
      assert.ok(performance.now() - began < 1400, 'the client does not wait for the end of the app');
      const row = await server.ended('/linger?seconds=1.5');
      assert.ok(row.appEnd - row.appStart >= 1490, `${row.appEnd - row.appStart} ms`);
    });
  }
});
