import assert from 'node:assert/strict';
import { pythonEnv } from '../harness/pythonEnv';
import { RawClient, TestServer } from '../support/servers';

describe('an app that is mounted below a path', () => {
  let server: TestServer;

  before(async function () {
    this.timeout(120_000); // a Python environment may have to be made first
    server = await TestServer.start('flask_links.py', { python: await pythonEnv(), scriptName: '/shop/café' });
  });
  after(() => server.end());

  it('sees paths without it, and its links begin with it', async () => {
    const home = JSON.parse(await server.text('/shop/caf%C3%A9/')) as { readonly link: string };
    assert.deepEqual(home, {
      script_name: '/shop/caf\xc3\xa9',
      path_info: '/',
      link: '/shop/café/items/a%20b',
      absolute: `${server.url}/shop/café/items/x`,
      static: '/shop/café/static/style.css',
    });
    assert.equal(await server.text(home.link), 'a b ');
    assert.equal(await server.text('/shop/caf%C3%A9/go'), 'there ', 'a redirect leads back into it');
    assert.equal(await server.text('/shop/caf%c3%a9/items/p', { method: 'POST', body: 'body' }), 'p body');
  });

  it('is asked at the path itself too, and redirects to the slash', async () => {
    const response = await server.fetch('/shop/caf%C3%A9');
    assert.equal(response.status, 200);
    assert.equal(response.url, `${server.url}/shop/caf%C3%A9/`);
  });

  for (const path of ['/', '/shop', '/shop/caf', '/shop/caf%C3%A9s', '/SHOP/caf%C3%A9/']) {
    it(`has nothing at ${path}`, async () => {
      const response = await server.fetch(path);
      assert.equal(response.status, 404);
      assert.match(await response.text(), /mounted below \/shop\/caf%C3%A9\/\. The setting lifeline\.scriptName/);
      const row = await server.ended(path);
      assert.equal(server.outcome(row.id), 'refused');
      assert.ok(Number.isNaN(row.appStart), 'the app was not called');
      assert.equal((await server.detail(row.id)).problem?.code, 'outside-of-app');
    });
  }

  it('is not called with a body that came for another path', async () => {
    const client = await RawClient.to(server.port);
    client.send('POST /elsewhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe');
    await client.receives(/^HTTP\/1\.1 404 Not Found\r\n/);
    client.send('llo');
    assert.match(await client.rest(), /outside-of-app/);
    const row = await server.ended('/elsewhere');
    assert.ok(Number.isNaN(row.appStart));
    client.close();
  });

  it('cannot be one whose path is none', async () => {
    await assert.rejects(TestServer.start('hello.py', { scriptName: '/a?b' }), /lifeline\.scriptName/);
  });
});
