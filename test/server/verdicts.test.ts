import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LifelineEntry } from '../../src/core/trace/har';
import { turnWaitOf } from '../../src/core/trace/waits';
import type { Verdict } from '../../src/core/trace/verdict';
import { sentenceOf } from '../../src/core/trace/verdict';
import { verdictOf } from '../../src/core/trace/verdictOf';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

/** What is said of exchanges of a real server with a real app. */
describe('the verdict', () => {
  let server: TestServer;
  afterEach(() => server.end());

  async function on(target: string): Promise<Verdict> {
    const { id } = await server.ended(target);
    const verdict = verdictOf(server.trace, id, await server.detail(id));
    assert.ok(verdict);
    return verdict;
  }

  it('infers that calls which compute at the same time share one GIL', async function () {
    this.timeout(60_000);
    server = await TestServer.start('computes.py');
    await server.text('/computes?0');
    // What else runs on this machine may take the processor: then it is right to say something else.
    const verdict = await eventually('a verdict', async () => {
      const round = `/computes?0.${Math.floor(Math.random() * 1e6) + 2_000_000}`;
      await Promise.all([1, 2, 3, 4].map(() => server.text(round)));
      const said = await on(round);
      return said.kind === 'gil' ? said : undefined;
    });
    assert.equal(verdict.provenance, 'inferred');
    assert.match(
      sentenceOf(verdict),
      /^The app call used \d+ ms of processor time in [\d.]+ m?s while [123] other calls? of the same process ran: they share one GIL \(inferred\)\.$/,
    );
    assert.ok(verdict.blockers.length > 0);
  });

  it('does not name the GIL where calls sleep, or where they compute in processes', async () => {
    server = await TestServer.start('computes.py');
    await server.text('/computes?0');
    await Promise.all([1, 2, 3, 4].map(() => server.text('/sleeps?0.3')));
    const slept = await on('/sleeps?0.3');
    assert.deepEqual([slept.kind, slept.provenance], ['waiting', 'inferred']);
    assert.match(sentenceOf(slept), /^9\d % in the app call .* a database, a lock, sleep \(inferred/);
    await server.end();

    server = await TestServer.start('computes.py', { concurrency: 'processes', slots: 2 });
    await server.text('/computes?0');
    await Promise.all([1, 2].map(() => server.text('/computes?0.3')));
    assert.notEqual((await on('/computes?0.3')).kind, 'gil');
  });

  it('names the calls that held the slots', async () => {
    server = await TestServer.start('computes.py', { slots: 2 });
    await server.text('/computes?0');
    const slow = [1, 2].map(() => server.text('/sleeps?0.5'));
    await eventually('both calls', () => {
      const { first, last } = server.trace.exchanges;
      const running = Array.from({ length: last - first + 1 }, (_, index) => server.exchange(first + index));
      return running.filter((row) => row.appStart >= 0 && Number.isNaN(row.end)).length === 2 || undefined;
    });
    await Promise.all([...slow, server.text('/both?0')]);
    const verdict = await on('/both?0');
    assert.match(
      sentenceOf(verdict),
      /^Waited \d+ ms for a free slot: both were busy \(GET \/sleeps ×2\)\. The app itself took /,
    );
    assert.deepEqual(
      verdict.blockers.map(({ exchange }) => server.target(exchange)),
      ['/sleeps?0.5', '/sleeps?0.5'],
    );
  });

  it('names the connection that came first and sends nothing, where one is served at a time', async () => {
    server = await TestServer.start('computes.py', { concurrency: 'iterative', slots: 1 });
    const silent = await RawClient.to(server.port);
    const first = await eventually('the first connection', () => (server.trace.connections.last > 0 ? 1 : undefined));
    const waiting = server.text('/both?0');
    const second = await eventually('the second one', () =>
      server.trace.connections.last > first ? first + 1 : undefined,
    );
    const wait = await eventually('its wait', () => turnWaitOf(server.trace, server.connection(second)));
    assert.deepEqual(
      wait.blockers.map(({ connection, exchange, open }) => [connection, exchange, open]),
      [[first, 0, true]],
    );
    await pause(300);
    silent.close();
    await waiting;
    const verdict = await on('/both?0');
    assert.match(
      sentenceOf(verdict),
      new RegExp(
        `^Waited \\d+ ms for its turn: 127\\.0\\.0\\.1:${silent.localPort} was accepted first and had sent nothing: an idle browser preconnect; one connection at a time in this model\\.`,
      ),
    );
    assert.equal(verdict.provenance, 'emulated');
  });

  it('stands in a recording, with those who held it up', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lifeline-verdicts-'));
    const record = join(folder, 'trace.har');
    server = await TestServer.start('computes.py', { slots: 1, record, trace: false });
    await server.text('/computes?0');
    const slow = server.text('/sleeps?0.5');
    await pause(150);
    await Promise.all([slow, server.text('/both?0')]);
    await server.functions.stop(0);
    const har = JSON.parse(await readFile(record, 'utf8')) as { log: { entries: LifelineEntry[] } };
    await rm(folder, { recursive: true });
    const entries = new Map(har.log.entries.map((entry) => [new URL(entry.request.url).pathname, entry._lifeline]));
    const waited = entries.get('/both');
    assert.match(
      waited?.verdict ?? '',
      /^Waited \d+ ms for a free slot: the only one was busy \(GET \/sleeps\)\. The app itself took /,
    );
    assert.deepEqual(
      waited?.blockedBy?.map(({ why, exchange }) => [why, exchange]),
      [['slot', entries.get('/sleeps')?.exchange]],
    );
    assert.match(entries.get('/sleeps')?.verdict ?? '', /^9\d % in the app call/);
    for (const { verdict } of entries.values()) assert.match(verdict ?? '', /^[A-Z0-9].*\.$/);
  });
});
