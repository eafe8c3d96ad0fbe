/**
 * The functional suite a second time, with `wsgiref.validate` between the app and the server: an independent reading of
 * PEP 3333 that looks at both sides, its warnings made errors. Every answer must be the one that comes without it.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { pythonEnv } from '../harness/pythonEnv';
import { curl, type Ask } from '../support/httpClients';
import { appsFolder, examplesFolder, RawClient, TestServer } from '../support/servers';

/** The app as it is, and the same app watched. */
interface Pair {
  readonly plain: TestServer;
  readonly watched: TestServer;
}

async function pairOf(folder: string, module: string, name: string, python?: string): Promise<Pair> {
  const WRAPPED = `${folder}:${module}:${name}`;
  const options = python === undefined ? {} : { python };
  const [plain, watched] = await Promise.all([
    TestServer.start('validated_app.py', { ...options, env: { WRAPPED } }),
    TestServer.start('validated_app.py', { ...options, env: { WRAPPED, WATCHED: 'yes' } }),
  ]);
  return { plain, watched };
}

async function endOf({ plain, watched }: Pair): Promise<void> {
  await Promise.all([plain.end(), watched.end()]);
  // What the validator cannot raise in anybody's call it writes.
  const complaints = watched.logs.filter(({ text }) => /AssertionError|WSGIWarning|garbage collected/.test(text));
  assert.deepEqual(complaints, []);
}

/** Without what differs from one moment, port or stack to another. */
function comparable(text: string): string {
  return text
    .replace(/^Date: .*\r\n/gm, '')
    .replace(/<pre>[^]*<\/pre>\n/, '')
    .replace(/(500 Internal Server Error\r\n[^]*)Content-Length: \d+/, '$1Content-Length: some');
}

/** Some frameworks' pages show the address that was asked for. */
function withoutPort(body = ''): string {
  return body.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1');
}

const post = (target: string, body: string, fields = ''): string =>
  `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n${fields}\r\n${body}`;
const get = (target: string, method = 'GET'): string =>
  `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
const chunked = (target: string, ...chunks: readonly string[]): string =>
  `POST ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n` +
  [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const threeLines = 'first line\nsecond\n\nlast of all';

const exchanges: readonly (readonly [name: string, request: string, answer: RegExp])[] = [
  ['a page', get('/hello'), /^HTTP\/1\.1 200 OK\r\n[^]*Hello, world\n$/],
  ['a page for HTTP/1.0', 'GET /hello HTTP/1.0\r\n\r\n', /Hello, world\n$/],
  ['HEAD', get('/hello', 'HEAD'), /Content-Length: 13[^]*\r\n\r\n$/],
  ['HEAD of a stream', get('/stream', 'HEAD'), /200 OK[^]*\r\n\r\n$/],
  ['DELETE', get('/hello', 'DELETE'), /Hello, world\n$/],
  ['absolute-form', get('http://example.org/hello'), /Hello, world\n$/],
  ['a path with escapes', get('/hello/%2F/%C3%A9/%FF?q=%zz'), /Hello, world\n$/],
  ['a stream', get('/stream'), /chunked[^]*2\r\n4\n\r\n0\r\n\r\n$/],
  ['a large body', get('/download?300000'), /Content-Length: 300000[^]*x{50}$/],
  ['one large block', get('/block'), /x{50}\r\n0\r\n\r\n$/],
  ['a file', get('/file'), /of a file /],
  ['write()', get('/writes'), /written, [^]*returned/],
  ['204', get('/no_content'), /^HTTP\/1\.1 204 No Content\r\n[^]*\r\n\r\n$/],
  ['304', get('/not_modified'), /^HTTP\/1\.1 304 Not Modified\r\n[^]*ETag: "1"[^]*\r\n\r\n$/],
  ['what is printed', get('/prints'), /printed/],
  ['an error', get('/fail'), /^HTTP\/1\.1 500 [^]*raised ValueError: the page &#60;fails&#62;/],
  ['an error in the middle', get('/fail_late'), /200 OK[^]*first\r\n$/],
  ['a body that is too short', get('/too_short'), /Content-Length: 100[^]*short$/],
  ['a form', post('/digest', threeLines), new RegExp(`${threeLines.length} ${sha(threeLines)}$`, 'm')],
  ['a large upload', post('/digest', 'y'.repeat(400_000)), new RegExp(`400000 ${sha('y'.repeat(400_000))}`)],
  ['an empty upload', post('/digest', ''), new RegExp(`0 ${sha('')}`)],
  ['chunks', chunked('/digest', 'one', 'two and', 'z'.repeat(70_000)), /70010 [0-9a-f]{64}/],
  ['no chunk', chunked('/digest'), new RegExp(`0 ${sha('')}`)],
  ['100 Continue', post('/digest', 'hello', 'Expect: 100-continue\r\n'), new RegExp(`5 ${sha('hello')}`)],
  ['lines', post('/lines', threeLines), /fir\|st line\n\|se\|cond\n/],
  ['lines of chunks', chunked('/lines', ...Array.from(threeLines)), /fir\|st line\n\|se\|cond\n/],
  ['a body that is not read', post('/ignore_body', 'nobody reads this'), /not read/],
  ['an answer before the body', post('/answer_first', 'the body'), /first [^]*the body/],
  [
    'two requests at once',
    `GET /hello HTTP/1.1\r\nHost: a\r\n\r\n${get('/writes')}`,
    /Hello, world\n[^]*written, [^]*returned/,
  ],
];

describe('under wsgiref.validate', () => {
  describe('every kind of exchange', () => {
    let pair: Pair;
    before(async () => (pair = await pairOf(appsFolder, 'routes', 'application')));
    after(() => endOf(pair));

    for (const [name, request, answer] of exchanges) {
      it(`${name} is answered as without`, async () => {
        const [plain, watched] = await Promise.all([ask(pair.plain, request), ask(pair.watched, request)]);
        assert.match(watched, answer);
        assert.equal(comparable(watched), comparable(plain));
      });
    }

    it('an app whose client leaves is closed', async () => {
      const client = await RawClient.to(pair.watched.port);
      client.send(get('/endless'));
      await client.receives(/x{100}/);
      client.close();
      const { id } = await pair.watched.ended('/endless');
      assert.equal(pair.watched.outcome(id), 'client left');
      assert.match((await pair.watched.detail(id)).logs.map(({ text }) => text).join(), /endless was closed/);
    });

    it('a break of the rules would be seen', async () => {
      assert.match(await ask(pair.watched, get('/bad_status')), /500 [^]*AssertionError/);
      // It is the app's; the server's log has it too.
      pair.watched.logs.splice(0);
    });
  });

  for (const [module, name] of [
    ['hello', 'application'],
    ['flask_app', 'app'],
    ['djangoapp', 'app'],
    ['bottle_app', 'app'],
  ] as const) {
    it(`the pages of examples/${module}.py are the same`, async function () {
      this.timeout(600_000); // the first time, the packages are installed
      const pair = await pairOf(examplesFolder, module, name, await pythonEnv());
      try {
        const [plain, watched] = await Promise.all([curl(pair.plain.port, pages), curl(pair.watched.port, pages)]);
        for (const [index, { target }] of pages.entries()) {
          const [one, other] = [plain[index], watched[index]];
          assert.equal(other?.status, one?.status, target);
          if (target !== '/fail') assert.equal(withoutPort(other?.body), withoutPort(one?.body), target);
        }
        assert.deepEqual(
          watched.map(({ status }) => status),
          [200, 200, 200, 200, 404, 500, 200],
        );
      } finally {
        await endOf(pair);
      }
    });
  }
});

const pages: readonly Ask[] = [
  { method: 'GET', target: '/' },
  { method: 'HEAD', target: '/' },
  { method: 'GET', target: '/form?who=Zo%C3%AB&n=1' },
  { method: 'POST', target: '/form', fields: { name: 'Zoë', city: 'a=b & c' } },
  { method: 'GET', target: '/nothing/here' },
  { method: 'GET', target: '/fail' },
  { method: 'GET', target: '/stream' },
];

async function ask(server: TestServer, request: string): Promise<string> {
  const client = await RawClient.to(server.port);
  client.send(request);
  try {
    return await client.rest();
  } finally {
    client.close();
  }
}
