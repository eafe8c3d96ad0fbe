import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outcomes, type ExchangeRow } from '../../src/core/trace/columns';
import type { ConcurrencyModel } from '../../src/core/trace/concurrency';
import { totalsOf, type RunTotals } from '../../src/core/trace/totals';
import type { TraceStore } from '../../src/core/trace/traceStore';
import { planReplay, sourceOf, type ReplayPlan } from '../../src/replay/plan';
import { runAgain, type RanAgain, type RunAgain } from '../../src/replay/runAgain';
import type { ServerLog } from '../../src/server/protocol';
import { alive } from '../support/alive';
import { eventually, optionsFor, pause, RawClient, TestServer } from '../support/servers';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const never = new AbortController().signal;

function runOf(app: string, known: Partial<RunAgain> = {}): RunAgain {
  return {
    server: optionsFor(app),
    serverThread: join(dist, 'serverThread.js'),
    replayThread: join(dist, 'replayThread.js'),
    over: () => undefined,
    log: () => undefined,
    ...known,
  };
}

/** The plan of all exchanges of a server, once so many have ended. */
async function planOf(server: TestServer, count: number): Promise<ReplayPlan> {
  const { exchanges } = server.trace;
  const idsSoFar = (): number[] => Array.from({ length: exchanges.length }, (_, index) => exchanges.first + index);
  await eventually('the exchanges to end', () => {
    const over = idsSoFar().filter((id) => !Number.isNaN(server.exchange(id).end));
    return over.length === count || undefined;
  });
  const sources = await Promise.all(
    idsSoFar().map(async (id) => sourceOf(server.trace, id, await server.functions.detail(id))),
  );
  return planReplay(sources.flatMap((source) => source ?? []));
}

function again(ran: RanAgain, id: number): ExchangeRow {
  const row = ran.trace.exchange(ran.exchanges.get(id) ?? 0);
  assert.ok(row, `exchange ${id} was sent again`);
  return row;
}

const printed = (logs: readonly ServerLog[]): string[] =>
  logs
    .filter(({ source }) => source === 'stdout')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => line !== '')
    .sort();

describe('a run again', () => {
  let server: TestServer;
  afterEach(() => server.end());

  it('asks the app the same, at the same distances, and leaves the first server alone', async () => {
    server = await TestServer.start('tells_digest.py');
    const keeping = await RawClient.to(server.port);
    const chunked =
      'POST /\xfc?0.05 HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\nX-Odd:  \xe9 ;\r\n\r\n';
    keeping.send(`${chunked}5\r\nab\0\xffc\r\n`);
    await pause(400);
    keeping.send('0\r\n\r\n');
    await keeping.receives(/\r\n\r\n\d+$/);
    await pause(100);
    keeping.send('GET /second HTTP/1.1\r\nHost: a.example\r\nCookie: a=b\r\n\r\n');
    await keeping.receives(/(\r\n\r\n\d+[^]*){2}$/);
    await server.text('/third', { method: 'POST', body: Buffer.alloc(50_000, 7) });
    keeping.close();
    const plan = await planOf(server, 3);
    const before = server.logs.length;
    const logs: ServerLog[] = [];
    const counts: number[] = [];
    const run = runOf('tells_digest.py', { log: (line) => logs.push(line), over: (count) => counts.push(count) });
    const ran = await runAgain(plan, run, never);
    assert.deepEqual(printed(logs), printed(server.logs));
    assert.equal(printed(logs).length, 3);
    assert.deepEqual(counts, [1, 2, 3]);
    assert.equal(server.logs.length, before, 'the first server was asked nothing');
    const [first, second, third] = [1, 2, 3].map((id) => ({ was: server.exchange(id), is: again(ran, id) }));
    assert.ok(first && second && third);
    assert.equal(first.is.connection, second.is.connection);
    assert.notEqual(first.is.connection, third.is.connection);
    assert.ok(
      first.is.received > 100,
      `the slow body came within ${first.is.received} ms, before within ${first.was.received} ms`,
    );
    for (const { was, is } of [second, third]) {
      const drift = is.start - first.is.start - (was.start - first.was.start);
      assert.ok(Math.abs(drift) < 300, `${drift.toFixed(1)} ms apart from what it was`);
    }
    for (const { was, is } of [first, second, third]) {
      assert.equal(is.bytesIn, was.bytesIn);
      assert.equal(outcomes[is.outcome], 'complete');
      assert.equal(is.status, 200);
    }
  });

  it('takes as long as the model does', async () => {
    server = await TestServer.start('tells_digest.py', { slots: 4 });
    await Promise.all([1, 2, 3, 4].map((number) => server.text(`/${number}?0.3`)));
    const plan = await planOf(server, 4);
    const was = totalsIn(server.trace, [1, 2, 3, 4]);
    assert.ok(was.finishedIn > 295 && was.finishedIn < 900, `${was.finishedIn} ms with 4 threads`);
    const models: [ConcurrencyModel, number][] = [
      ['iterative', 1],
      ['threads', 1],
      ['processes', 4],
    ];
    for (const [concurrency, slots] of models) {
      const run = runOf('tells_digest.py', { server: { ...optionsFor('tells_digest.py'), concurrency, slots } });
      const ran = await runAgain(plan, run, never);
      const is = totalsIn(
        ran.trace,
        [1, 2, 3, 4].map((id) => ran.exchanges.get(id) ?? 0),
      );
      assert.equal(is.failures, 0, concurrency);
      const words = `${concurrency}: ${is.finishedIn.toFixed(0)} ms, mean wait ${is.meanWait.toFixed(0)} ms`;
      if (slots === 1) {
        assert.ok(is.finishedIn > 1195 && is.finishedIn < 3000, words);
        assert.ok(is.meanWait > 400 && is.meanWait < 1000, words);
        assert.ok(is.p95 > 1100, words);
      } else {
        assert.ok(is.finishedIn > 295 && is.finishedIn < 900, words);
        assert.ok(is.meanWait < 100, words);
      }
    }
  });

  it('connects anew for each request where connections are served one at a time', async () => {
    server = await TestServer.start('tells_digest.py');
    const client = await RawClient.to(server.port);
    for (const path of ['/1', '/2', '/3']) {
      client.send(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
      await client.receives(new RegExp(`(\\r\\n\\r\\n\\d+[^]*){${path.slice(1)}}$`));
    }
    client.close();
    const plan = await planOf(server, 3);
    const options = { ...optionsFor('tells_digest.py'), concurrency: 'iterative', slots: 1 } as const;
    const ran = await runAgain(plan, runOf('tells_digest.py', { server: options }), never);
    const rows = [1, 2, 3].map((id) => again(ran, id));
    assert.equal(new Set(rows.map(({ connection }) => connection)).size, 3);
    for (const row of rows) assert.equal(outcomes[row.outcome], 'complete');
  });

  it('says why where the app does not start', async () => {
    server = await TestServer.start('hello.py');
    await server.text('/');
    const plan = await planOf(server, 1);
    await assert.rejects(runAgain(plan, runOf('is_not_there.py'), never), /is_not_there/);
  });

  it('leaves nothing behind when it is aborted', async () => {
    server = await TestServer.start('tells_digest.py');
    await server.text('/quick?1');
    const plan = await planOf(server, 1);
    const controller = new AbortController();
    const logs: ServerLog[] = [];
    const run = runOf('tells_digest.py', { log: (line) => logs.push(line) });
    const running = runAgain(plan, run, controller.signal);
    await eventually('the app to be called', () => printed(logs)[0]);
    const children = await childrenOf();
    controller.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
    const gone = children.filter((pid) => !alive(pid));
    assert.equal(gone.length, 1, 'one app worker has ended, that of the first server lives on');
    assert.match(await server.text('/still-there'), /^\d+$/);
    await assert.rejects(runAgain(plan, run, controller.signal), /enough/);
  });
});

function totalsIn(trace: TraceStore, ids: readonly number[]): RunTotals {
  const rows = ids.map((id) => {
    const exchange = trace.exchange(id);
    return { exchange, connection: exchange && trace.connection(exchange.connection) };
  });
  return totalsOf(rows, Math.min(...rows.map(({ connection }) => connection?.accepted ?? NaN)));
}

/** The Python processes that threads of this process have started. */
async function childrenOf(): Promise<number[]> {
  const tasks = '/proc/self/task';
  const lists = await Promise.all(
    (await readdir(tasks)).map((id) => readFile(join(tasks, id, 'children'), 'utf8').catch(() => '')),
  );
  return lists.join(' ').split(' ').filter(Boolean).map(Number);
}
