/**
 * Apps of five frameworks, unchanged, on every CPython that this machine has, answering clients that know nothing of
 * this project: curl, Python's `http.client` and Chromium.
 *
 * `/stream` alone takes two seconds of sleep, so all apps of an interpreter run at the same time, before the tests look
 * at what came of each.
 */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { exchangeFlags, type ExchangeRow } from '../../src/core/trace/columns';
import { spansOf } from '../../src/core/trace/spans';
import { launchChromium } from '../harness/chromium';
import { installedPythons, pythonEnv, pythonEnvFor } from '../harness/pythonEnv';
import { curl, httpClient, type Answer, type Ask } from '../support/httpClients';
import { visit, type Visit } from '../support/pageVisit';
import { appsFolder, examplesFolder, TestServer } from '../support/servers';

interface App {
  readonly name: string;
  readonly spec: string;
  readonly folder: string;
  /** What `/fail` leaves: the framework answers 500 by itself, or lets the exception through to the server. */
  readonly failure: 'complete' | 'app error';
  /** The framework makes HEAD of GET. */
  readonly head: 200 | 405;
}

const apps: readonly App[] = [
  { name: 'plain WSGI', spec: 'hello.py', folder: examplesFolder, failure: 'app error', head: 200 },
  { name: 'Flask', spec: 'flask_app.py', folder: examplesFolder, failure: 'complete', head: 200 },
  { name: 'Django', spec: 'djangoapp:app', folder: examplesFolder, failure: 'complete', head: 200 },
  { name: 'Bottle', spec: 'bottle_app.py', folder: examplesFolder, failure: 'complete', head: 200 },
  { name: 'Falcon', spec: 'falcon_app.py', folder: appsFolder, failure: 'complete', head: 405 },
  {
    name: 'Falcon under wsgiref.validate',
    spec: 'validated_falcon.py',
    folder: appsFolder,
    failure: 'complete',
    head: 405,
  },
  { name: 'Pyramid', spec: 'pyramid_app.py:make_app()', folder: appsFolder, failure: 'app error', head: 200 },
];

const minors = [9, 10, 11, 12, 13];
/** More than the 256 KiB up to which a body is received whole before the app is called. */
const uploadSize = 300 * 1024;
const fields = { name: 'Zoë', city: 'a=b & c' };
const linesOfFields = 'name: Zoë\ncity: a=b & c\n';
const linesOfStream = [1, 2, 3, 4, 5].map((number) => `line ${number} of 5\n`).join('');
/**
 * In ms. The app sleeps 1600 ms between its first line and its last: were they kept back, they would arrive together. A
 * busy machine may let a client read some lines late, but hardly all.
 */
const leastSpread = 100;

/** Path of the file that goes up, made before the tests. */
let upload = '';

/** What each client asks; the connection stays open from one to the next. */
function questions() {
  return {
    index: { method: 'GET', target: '/' },
    form: { method: 'GET', target: '/form?who=Zo%C3%AB&n=1' },
    head: { method: 'HEAD', target: '/' },
    post: { method: 'POST', target: '/form', fields },
    upload: { method: 'POST', target: '/form?upload', fields, file: upload },
    missing: { method: 'GET', target: '/nothing/here' },
    fail: { method: 'GET', target: '/fail' },
    stream: { method: 'GET', target: '/stream' },
  } as const satisfies Record<string, Ask>;
}
type Question = keyof ReturnType<typeof questions>;
type Answers = Record<Question, Answer>;

type Client = (port: number, asks: readonly Ask[]) => Promise<Answer[]>;

/** Asks everything over one connection, and the stream on another, where nothing disturbs its arrival. */
async function answersOf(client: Client, port: number): Promise<Answers> {
  const { stream, ...rest } = questions();
  const names = Object.keys(rest) as (keyof typeof rest)[];
  const [streamed, answers] = await Promise.all([client(port, [stream]), client(port, Object.values(rest))]);
  assert.equal(answers.length, names.length);
  return Object.fromEntries([
    ...names.map((name, index) => [name, answers[index]]),
    ['stream', streamed[0]],
  ]) as Answers;
}

interface Run {
  readonly server: TestServer;
  readonly answers: Readonly<Record<'curl' | 'http.client', Answers>>;
}

/** Does something for each app at the same time; what failed, fails where it is looked at. */
async function forEachApp<T>(run: (app: App) => Promise<T>): Promise<(app: App) => T> {
  const results = await Promise.allSettled(apps.map(run));
  return (app) => {
    const result = results[apps.indexOf(app)];
    if (result?.status === 'fulfilled') return result.value;
    throw result?.reason;
  };
}

describe('apps of frameworks', () => {
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-frameworks-'));
    upload = join(folder, 'bytes.bin');
    await writeFile(upload, Buffer.from(Array.from({ length: uploadSize }, (_, index) => index % 256)));
    const found = await installedPythons(minors);
    process.stdout.write(`    CPython found: ${found.map(({ version }) => version).join(', ')}\n`);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const minor of minors) {
    describe(`CPython 3.${minor}`, () => {
      const servers: TestServer[] = [];
      let runOf: (app: App) => Run;

      before(async function () {
        this.timeout(600_000); // the first time, the packages are installed
        const [base] = await installedPythons([minor]);
        if (base === undefined) this.skip();
        const python = await pythonEnvFor(base);
        runOf = await forEachApp(async ({ spec, folder: project }) => {
          const server = await TestServer.start(spec, { app: { spec, folder: project }, python });
          servers.push(server);
          const [byCurl, byHttpClient] = await Promise.all([
            answersOf(curl, server.port),
            answersOf((port, asks) => httpClient(python, port, asks), server.port),
          ]);
          assert.ok(server.worker.python?.startsWith(`3.${minor}.`), `runs on Python ${server.worker.python}`);
          return { server, answers: { curl: byCurl, 'http.client': byHttpClient } };
        });
      });
      after(() => Promise.all(servers.map((server) => server.end())));

      for (const app of apps) {
        it(`${app.name}: curl and http.client get what they ask for, and the same`, () => {
          const { answers } = runOf(app);
          for (const got of Object.values(answers)) assertAnswers(app, got);
          for (const name of Object.keys(questions()) as Question[]) {
            const [one, other] = [answers.curl[name], answers['http.client'][name]];
            assert.equal(one.status, other.status, name);
            // Django's own page of an exception shows the whole environ, the client's name and port in it.
            if (name !== 'fail' || app.name !== 'Django') assert.equal(one.body, other.body, name);
          }
        });

        it(`${app.name}: a stream arrives as it is made`, () => {
          for (const [client, { stream }] of Object.entries(runOf(app).answers)) {
            assert.ok(stream.spread > leastSpread, `${client} got all lines within ${stream.spread} ms`);
          }
        });

        it(`${app.name}: the trace tells of each request`, async () => {
          const { server, answers } = runOf(app);
          for (const got of Object.values(answers)) await assertTrace(app, server, got);
          const all = server.trace.exchanges.last - server.trace.exchanges.first + 1;
          assert.equal(all, 2 * Object.keys(questions()).length);
        });
      }
    });
  }

  describe('in Chromium', () => {
    const servers: TestServer[] = [];
    let browser: Browser | undefined;
    let python = '';
    let visitOf: (app: App) => Visit & { readonly server: TestServer; readonly byCurl: Answers };

    before(async function () {
      this.timeout(600_000);
      python = await pythonEnv();
      const opened = await launchChromium();
      browser = opened;
      visitOf = await forEachApp(async ({ spec, folder: project }) => {
        const server = await TestServer.start(spec, { app: { spec, folder: project }, python });
        servers.push(server);
        const page = await opened.newPage({ baseURL: server.url });
        page.setDefaultTimeout(120_000); // as many pages as apps load at the same time
        const visited = await visit(page, upload);
        return { server, ...visited, byCurl: await answersOf(curl, server.port) };
      });
    });
    after(async () => {
      await browser?.close();
      await Promise.all(servers.map((server) => server.end()));
    });

    for (const app of apps) {
      it(`${app.name}: its pages are those that curl gets`, () => {
        const { pages, byCurl } = visitOf(app);
        for (const [name, { status, body }] of Object.entries(pages)) {
          const expected = byCurl[name as keyof typeof pages];
          assert.equal(status, expected.status, name);
          if (name !== 'fail' || app.name !== 'Django') assert.equal(body, expected.body, name);
          else assert.match(body, /this page always fails/);
        }
      });

      it(`${app.name}: a form goes up with its file`, async () => {
        const { server, submitted } = visitOf(app);
        for (let id = server.trace.exchanges.first; id <= server.trace.exchanges.last; id++) {
          assert.deepEqual((await server.detail(id)).findings, [], server.target(id));
        }
        assert.deepEqual(submitted, { status: 200, body: `name: Zoë\nfile: bytes.bin, ${uploadSize} bytes\n` });
        const row = await server.found('/form', ({ bytesIn, end }) => bytesIn > uploadSize && !Number.isNaN(end));
        assert.equal(server.outcome(row.id), 'complete');
        assertPhases(server, row);
      });

      it(`${app.name}: a stream arrives as it is made`, () => {
        const { stream } = visitOf(app);
        assert.equal(stream.text, linesOfStream);
        assert.ok(stream.spread > leastSpread, `the browser got all lines within ${stream.spread} ms`);
      });
    }
  });
});

/** Every answer is what the app of these pages says, whatever it is written with. */
function assertAnswers(app: App, got: Answers): void {
  assert.equal(got.index.status, 200);
  assert.match(got.index.body, /<h1>Hello from/);
  assert.equal(got.form.status, 200);
  assert.match(got.form.body, /<form method="post" enctype="multipart\/form-data">/);
  assert.equal(got.head.status, app.head);
  assert.equal(got.head.body, '');
  assert.equal(got.post.status, 200);
  assert.equal(got.post.body, linesOfFields);
  assert.equal(got.upload.status, 200);
  assert.equal(got.upload.body, `${linesOfFields}file: bytes.bin, ${uploadSize} bytes\n`);
  assert.equal(got.missing.status, 404);
  assert.equal(got.fail.status, 500);
  assert.equal(got.stream.status, 200);
  assert.equal(got.stream.body, linesOfStream);
  // Neither HEAD's missing body nor the page of an error disturbs what follows on the connection.
  const { stream, ...rest } = got;
  assert.equal(new Set(Object.values(rest).map(({ localPort }) => localPort)).size, 1, 'one connection for all');
  assert.notEqual(stream.localPort, rest.index.localPort);
}

async function assertTrace(app: App, server: TestServer, got: Answers): Promise<void> {
  for (const [name, ask] of Object.entries(questions())) {
    const answer = got[name as Question];
    const row = await exchangeOf(server, answer.localPort, ask);
    assert.equal(row.status, answer.status, name);
    assert.equal(server.outcome(row.id), name === 'fail' ? app.failure : 'complete', name);
    const { requestHead, responseHead, marks, logs, findings, problem } = await server.detail(row.id);
    assert.deepEqual(findings, [], `${name}: nothing to find in an app that keeps the rules`);
    const sent = answer.sent ?? requestHead.length + 4 + (answer.uploaded ?? NaN);
    assert.equal(row.bytesIn, sent, `${name}: bytes received`);
    const chunked = /^transfer-encoding: chunked$/im.test(responseHead);
    if (answer.head !== undefined) assert.equal(responseHead.length + 4, answer.head, `${name}: bytes of the head`);
    const bytes = responseHead.length + 4 + answer.length;
    if (chunked && answer.length > 0) assert.ok(row.bytesOut > bytes, `${name}: bytes sent`);
    else assert.equal(row.bytesOut, bytes, `${name}: bytes sent`);

    assertPhases(server, row);
    const sizes = marks.filter((mark) => mark.name === 'recv').map(({ size }) => size ?? NaN);
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      sent,
      `${name}: bytes of its marks`,
    );
    if (name === 'upload') assert.ok(row.ready < row.received, 'the app is called while the file still arrives');
    if (name === 'stream') assert.equal(marks.filter((mark) => mark.name === 'yield').length, 5);
    if (name === 'fail') {
      const told = [problem?.traceback ?? '', ...logs.map(({ text }) => text)].join('');
      assert.match(told, /Traceback[^]*ValueError: this page always fails/);
    }
  }
}

function exchangeOf(server: TestServer, localPort: number, { method, target }: Ask): Promise<ExchangeRow> {
  const { trace } = server;
  return server.found(target, (row) => {
    const { remote } = server.connection(row.connection);
    const isIts = trace.text(remote) === `127.0.0.1:${localPort}` && trace.text(row.method) === method;
    return isIts && !Number.isNaN(row.end);
  });
}

/** Each phase is there, is over, lies within the exchange and begins where the one before it allows. */
function assertPhases(server: TestServer, row: ExchangeRow): void {
  const spans = spansOf(row, server.connection(row.connection), server.trace.now);
  const target = server.target(row.id);
  const names = spans.map(({ phase }) => (phase === 'queue' ? 'hop' : phase));
  const isFirst = (row.flags & exchangeFlags.first) !== 0;
  const body = row.received > row.headEnd ? ['body'] : [];
  const own = ['recv', ...body, 'parse', 'environ', 'hop', 'app', 'hop', 'sendall'];
  assert.deepEqual(names, isFirst ? ['accept', ...own] : own, target);
  assert.ok(spans.every(({ open, duration }) => !open && duration >= 0));

  const [recv, parse, environ, hop, call, back, sendall] = spans.filter(
    ({ phase }) => phase !== 'accept' && phase !== 'body',
  );
  assert.ok(recv && parse && environ && hop && call && back && sendall);
  const starts = [recv, parse, environ, hop, call].map(({ start }) => start);
  assert.deepEqual(
    starts,
    [...starts].sort((one, other) => one - other),
    `${target}: the order of its phases`,
  );
  // These two were read off the worker's clock and off the server's, whose relation is known up to an error.
  const { clockError } = server;
  const early = call.start - sendall.start;
  assert.ok(
    early <= clockError,
    `${target}: sendall begins ${early} ms before app, the clocks' error is ${clockError}`,
  );
  assert.ok(back.start >= call.start, target);
  const end = row.start + row.end;
  for (const { phase, start, duration } of isFirst ? spans.slice(1) : spans) {
    const late = start + duration - end;
    assert.ok(start >= row.start && late <= clockError, `${target}: ${phase} ends ${late} ms after the exchange`);
  }
}
