/** What an app does to its process ends, at most, its own request: others go on, and the server lives. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ExchangeDetail } from '../../src/core/trace/detail';
import { alive } from '../support/alive';
import { ServerProcess } from '../support/serverProcess';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

const isWindows = process.platform === 'win32';
let server: TestServer;
let visits = 0;

interface Visit {
  readonly status: number;
  readonly text: string;
  readonly outcome: string;
  readonly slot: number;
  readonly detail: ExchangeDetail;
}

/** Asks for a page while another request is in flight, which must not feel it. */
async function visitBesideAnother(page: string): Promise<Visit> {
  const slow = `/slow?0.5&${++visits}`;
  const other = server.text(slow);
  await server.found(slow, ({ appStart }) => !Number.isNaN(appStart));
  const visit = await visitOf(page);
  assert.equal(await other, 'slow');
  return visit;
}

async function visitOf(page: string): Promise<Visit> {
  const target = `${page}${page.includes('?') ? '&' : '?'}${++visits}`;
  const response = await server.fetch(target);
  const text = await response.text();
  const { id, status, slot } = await server.ended(target);
  assert.equal(status, response.status);
  return { status, text, slot, outcome: server.outcome(id), detail: await server.detail(id) };
}

const starts = (): number => server.logs.filter(({ text }) => text.startsWith('Starting the app worker')).length;
const toldBy = ({ logs }: ExchangeDetail): string => logs.map(({ text }) => text).join('');

describe('an app that lives on', () => {
  let pid: number | undefined;
  before(async () => {
    server = await TestServer.start('misbehaves.py');
    await server.text('/hello');
    pid = server.worker.pid;
  });
  afterEach(async () => {
    assert.equal(await server.text('/hello'), 'hello');
    assert.equal(server.worker.pid, pid, 'it is still the same process');
  });
  after(() => server.end());

  for (const [page, code, message] of [
    ['/sys_exit', 'app-exit', /The app called sys\.exit\('enough'\), which ends this request only/],
    ['/interrupt', 'app-exception', /raised KeyboardInterrupt/],
    ['/recursion', 'app-exception', /RecursionError: maximum recursion depth exceeded/],
    ['/memory', 'app-exception', /MemoryError/],
    ['/deep_chain', 'app-exception', /ValueError: number 19999/],
    ['/unprintable', 'app-exception', /raised Unprintable/],
    ...(isWindows
      ? []
      : [
          ['/no_folder', 'app-exception', /LookupError: nowhere/] as const,
          ['/no_descriptors', 'app-exception', /OSError: .*Too many open files/] as const,
        ]),
  ] as const) {
    it(`fails in ${page}: a page with its traceback, and a trace of it`, async () => {
      const { status, text, outcome, detail } = await visitBesideAnother(page);
      assert.equal(status, 500);
      assert.match(text.replaceAll('&#39;', "'"), message);
      assert.equal(outcome, 'app error');
      assert.equal(detail.problem?.code, code);
      assert.equal(detail.problem.fault, 'app');
      assert.match(detail.problem.traceback ?? '', /misbehaves\.py/);
    });
  }

  for (const [page, answer, told] of [
    ['/exits_in_a_thread', /^a thread has left$/, /^$/],
    ['/replaces_streams', /^replaced$/, /^back again\n$/],
    ['/changes_folder', /^changed$/, /^$/],
    ['/runs_program', /^42$/, /^$/],
    ['/prints_in_del', /^collected$/, /number 10\n[^]*a last word\n/],
    ...(isWindows
      ? []
      : [
          ['/fork_exits', /^3$/, /^$/] as const,
          ['/fork_goes_on', /^parent: 0$/, /^$/] as const,
          ['/fork_fails', /^parent: 0$/, /^$/] as const,
          ['/pools', /^14$/, /^$/] as const,
        ]),
    ['/writes_to_descriptor_1', /^written$/, /^$/],
    ['/closes_standard', /^closed$/, /^$/],
    ['/closes_range', /^closed$/, /^$/],
    ['/prints', /^printed$/, /^still heard\n$/],
    ...(isWindows ? [] : ([['/runs_program', /^42$/, /^$/]] as const)),
  ] as const) {
    it(`is answered in ${page}`, async () => {
      const { status, text, outcome, detail } = await visitBesideAnother(page);
      assert.equal(status, 200, text);
      assert.match(text, answer);
      assert.equal(outcome, 'complete');
      assert.match(toldBy(detail), told);
    });
  }

  it('has a thread that prints when its call is over: told, and to no other request', async () => {
    const { detail } = await visitOf('/late_thread');
    const later = await visitBesideAnother('/slow?0.5');
    assert.equal(toldBy(detail) + toldBy(later.detail), '');
    assert.ok(server.logs.some(({ source, text }) => source === 'stdout' && text === 'long after the answer\n'));
  });

  it('has a thread that reads the body when its call is over', async () => {
    const client = await RawClient.to(server.port);
    client.send('POST /late_reader HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n');
    await client.receives(/started/);
    await eventually('the end of the reader', () =>
      server.logs.find(({ text }) => text === 'the late reader got ClientGone\n'),
    );
    client.close();
  });
});

describe('an app with handlers of signals', function () {
  before(function () {
    if (isWindows) this.skip();
  });
  afterEach(() => server.end());

  it('cannot set them but in the main thread, as Python has it', async () => {
    server = await TestServer.start('misbehaves.py');
    // An idle worker's first call runs on the main thread.
    const { status, text, slot } = await visitBesideAnother('/signal_handler');
    assert.ok(slot > 1);
    assert.equal(status, 500);
    assert.match(text, /ValueError: signal only works in main thread/);
  });

  it('that print while it prints', async () => {
    server = await TestServer.start('misbehaves.py');
    await server.text('/hello');
    const { status, text, detail, slot } = await visitOf('/rings');
    assert.equal(slot, 1);
    assert.equal(status, 200, text);
    assert.match(toldBy(detail), /ring\n/);
    assert.equal(await server.text('/hello'), 'hello');
  });

  it('that ignore them: a stop ends it all the same', async () => {
    server = await TestServer.start('misbehaves.py');
    assert.equal(await server.text('/ignores_signals'), 'ignored');
    const pid = server.worker.pid ?? NaN;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
    assert.equal(await server.text('/hello'), 'hello');
    await server.functions.stop(0);
    assert.equal(alive(pid), false);
  });

  it('and an endless loop: other requests are served, and a stop ends it', async () => {
    server = await TestServer.start('misbehaves.py');
    assert.equal(await server.text('/ignores_signals'), 'ignored');
    const pid = server.worker.pid ?? NaN;
    const loop = assert.rejects(server.fetch('/loops'));
    const { id } = await server.found('/loops', ({ appStart }) => !Number.isNaN(appStart));
    for (let count = 0; count < 20; count++) assert.equal(await server.text('/hello'), 'hello');
    assert.equal((await visitBesideAnother('/prints')).status, 200);
    assert.ok(Number.isNaN(server.exchange(id).end), 'the loop goes on');
    await server.functions.stop(0);
    await loop;
    assert.equal(alive(pid), false);
  });
});

describe('an app that kills its worker', () => {
  beforeEach(async () => {
    server = await TestServer.start('misbehaves.py');
    await server.text('/hello');
  });
  afterEach(() => server.end());

  const header = (length: number, type: number, call: number): string => {
    const bytes = Buffer.alloc(9);
    bytes.writeUInt32LE(length, 0);
    bytes.writeUInt8(type, 4);
    bytes.writeUInt32LE(call, 5);
    return bytes.toString('hex');
  };
  for (const [page, end] of [
    ['/segfault', isWindows ? /left with exit code/ : /was ended by SIGSEGV/],
    ['/aborts', isWindows ? /left with exit code/ : /was ended by SIGABRT[^]*last words/],
    ...(isWindows
      ? []
      : [
          ['/kills_itself', /was ended by SIGKILL/] as const,
          ['/closes_our_pipes', /left with exit code/] as const,
          [`/garbage?${'ff'.repeat(100)}`, /sent a frame of 4294967295 bytes/] as const,
          [`/garbage?${header(2, 200, 1)}0000`, /sent a frame of type 200/] as const,
          [`/garbage?${header(3, 67, 0)}000000`, /sent a frame of type 67 and 3 bytes/] as const,
          [`/garbage?${header(4, 66, 0)}6e756c6c`, /sent a frame whose JSON is no object/] as const,
        ]),
  ] as const) {
    it(`in ${page.slice(0, 40)} loses what it was asked, is started again, and serves what comes then`, async () => {
      const first = server.worker.pid;
      const other = visitOf('/slow?20');
      await eventually('the other request', () =>
        server.trace.exchanges.last >= 2 && !Number.isNaN(server.exchange(2).appStart) ? true : undefined,
      );
      const killer = await visitOf(page);
      for (const { status, text, outcome, detail } of [killer, await other]) {
        assert.equal(status, 502);
        assert.match(text, end);
        assert.equal(outcome, 'worker lost');
        assert.equal(detail.problem?.code, 'worker-lost');
      }
      assert.equal(await server.text('/hello'), 'hello');
      assert.notEqual(server.worker.pid, first);
      assert.equal(starts(), 2);
    });
  }

  it('with any frames at all: the server lives, and serves what comes then', async function () {
    this.timeout(120_000);
    const payload = fc.uint8Array({ maxLength: 80 });
    const frame = fc.record({ type: fc.integer({ min: 60, max: 80 }), call: fc.nat(2), payload });
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 4 }), async (frames) => {
        await server.functions.restartWorker();
        const hex = frames.map(
          (each) => header(each.payload.length, each.type, each.call) + Buffer.from(each.payload).toString('hex'),
        );
        const client = await RawClient.to(server.port);
        client.send(`GET /garbage?${hex.join('')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
        await client.rest();
        client.close();
        await server.functions.restartWorker();
        assert.equal(await server.text('/hello'), 'hello');
      }),
      { numRuns: 20 },
    );
  });

  it('again and again is given up for a while: 503, without another start', async () => {
    let crashes = 0;
    let given: Visit | undefined;
    // Each in a row, and each kills the worker that was started for it.
    while (given === undefined && crashes < 20) {
      const visit = await visitOf('/leave');
      if (visit.status === 503) given = visit;
      else {
        assert.equal(visit.status, 502);
        assert.match(visit.text, /left with exit code 7/);
        crashes++;
      }
    }
    assert.equal(crashes, 5);
    assert.equal(starts(), 5);
    assert.match(given?.text ?? '', /5 times in a row: mend the app, and reload this page after 2 s/);
    assert.equal(given?.detail.problem?.code, 'worker-keeps-crashing');
    const began = performance.now();
    const many = await Promise.all(Array.from({ length: 30 }, () => visitOf('/hello')));
    if (performance.now() - began < 1000) {
      assert.deepEqual(new Set(many.map(({ status }) => status)), new Set([503]));
      assert.equal(starts(), 5, 'nothing was started for them');
    }
    await pause(2000);
    assert.equal(await server.text('/hello'), 'hello');
  });

  it('again and again, but serves others between: it is started each time', async () => {
    for (let count = 0; count < 8; count++) {
      assert.equal(await server.text('/hello'), 'hello');
      assert.equal((await visitOf('/leave')).status, 502);
    }
  });

  it('again and again is started at once when the user asks for it', async () => {
    for (let count = 0; count < 6; count++) await visitOf('/leave');
    assert.equal((await visitOf('/hello')).status, 503);
    await server.functions.restartWorker();
    assert.equal(await server.text('/hello'), 'hello');
  });
});

describe('an app whose import does it', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'lifeline-'))));
  after(() => rm(folder, { recursive: true }));
  afterEach(() => server.end());

  for (const [what, line, status, message] of [
    ['sys.exit', 'sys.exit("not today")', 500, /not today/],
    ['an endless recursion', '(lambda f: f(f))(lambda f: f(f))', 500, /RecursionError/],
    ['os._exit', 'os._exit(9)', 503, /exit code 9.* 5 times in a row/],
    ['a closed stdout', 'sys.stdout.close(); os.closerange(0, 3)', 200, /^served$/],
    ['a fork that comes back', 'os.fork() if hasattr(os, "fork") else 0', 200, /^served$/],
  ] as const) {
    it(`${what}: ${status}`, async () => {
      const app =
        'def application(environ, start_response):\n    start_response("200 OK", [])\n    return [b"served"]\n';
      await writeFile(join(folder, 'app.py'), `import os, sys\n${line}\n${app}`);
      server = await TestServer.start('app.py', { app: { spec: 'app.py', folder } });
      const visit = await visitOf('/');
      assert.equal(visit.status, status, visit.text);
      assert.match(visit.text, message);
    });
  }
});

describe('an app that floods its output', function () {
  this.timeout(120_000);

  it('16 MB in each of four requests: memory is bounded, others are answered', async function () {
    const flooded = await ServerProcess.start('misbehaves.py');
    const ask = async (page: string): Promise<string> =>
      (await fetch(`http://127.0.0.1:${flooded.port}${page}`, { signal: AbortSignal.timeout(60_000) })).text();
    try {
      assert.equal(await ask('/flood'), 'flooded');
      const { memory } = await flooded.usage();
      let flooding = 3;
      const floods = Array.from({ length: 3 }, () =>
        ask('/flood').then((text) => {
          flooding--;
          assert.equal(text, 'flooded');
        }),
      );
      let beside = 0;
      let most = memory;
      while (flooding > 0) {
        assert.equal(await ask('/hello'), 'hello');
        beside++;
        most = Math.max(most, (await flooded.usage()).memory);
      }
      await Promise.all(floods);
      assert.ok(beside > 3, `${beside} others were answered`);
      note(this, `${((most - memory) / 2 ** 20).toFixed(0)} MiB more at most, ${beside} others answered meanwhile`);
      assert.ok(most < memory + 60 * 2 ** 20, `${memory / 2 ** 20}, then ${most / 2 ** 20} MiB`);
    } finally {
      await flooded.end();
    }
  });
});

/** Figures that decide nothing stand beside the test's name. */
function note(context: Mocha.Context, text: string): void {
  if (context.test) context.test.title += ` (${text})`;
}
