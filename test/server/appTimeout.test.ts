import assert from 'node:assert/strict';
import { defaultLimits } from '../../src/core/http/limits';
import type { ExchangeRow } from '../../src/core/trace/columns';
import { alive } from '../support/alive';
import { eventually, pause, RawClient, TestServer } from '../support/servers';

describe('an app call that runs too long', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.start('overstays.py', { limits: { ...defaultLimits, appMs: 1000 } });
    await server.text('/hello');
  });
  afterEach(() => server.end());

  function begun(path: string): Promise<ExchangeRow> {
    return server.found(path, ({ appStart }) => !Number.isNaN(appStart));
  }

  async function gone(pid: number | undefined): Promise<void> {
    assert.ok(pid !== undefined);
    await eventually('the end of the old worker', () => (alive(pid) ? undefined : true));
  }

  it('is answered with a page that says what rules it, and its worker is replaced', async () => {
    const { pid } = server.worker;
    const response = await server.fetch('/nap?60');
    assert.equal(response.status, 504);
    const page = await response.text();
    assert.match(page, /did not end this request within 1 s/);
    assert.match(page, /lifeline\.limits\.appSeconds/);
    const row = await server.ended('/nap?60');
    assert.equal(server.outcome(row.id), 'timed out');
    assert.equal(row.status, 504);
    const { duration } = server.phase(row.id, 'app');
    assert.ok(duration > 900 && duration < 4000, `${duration} ms`);
    assert.equal((await server.detail(row.id)).problem?.code, 'app-timeout');
    const told = /^GET \/nap\?60: .*1 s/;
    await eventually('a note', () => server.trace.notes.find((n) => n.name === 'timed out' && told.test(n.text)));
    assert.ok(server.logs.some(({ level, text }) => level === 'error' && told.test(text)));
    assert.equal(await server.text('/hello'), 'hello');
    assert.notEqual(server.worker.pid, pid);
    await gone(pid);
  });

  it('leaves quicker ones alone', async () => {
    const { pid } = server.worker;
    assert.deepEqual(await Promise.all(['/nap?0.5', '/nap?0.5', '/hello'].map((path) => server.text(path))), [
      'awake',
      'awake',
      'hello',
    ]);
    await pause(800);
    assert.equal(server.worker.pid, pid);
  });

  it('does not harm those beside it, nor count the time for which others wait', async () => {
    // Eight seconds of sleep in four slots: each waits, and none takes too long.
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => server.text(`/nap?0.7&${n}`)));
    assert.deepEqual(new Set(answers), new Set(['awake']));

    const late = server.fetch('/nap?60');
    await begun('/nap?60');
    await pause(500);
    const beside = server.text('/nap?0.8&beside');
    assert.equal((await late).status, 504);
    assert.equal(await beside, 'awake', 'it ends in the old worker');
  });

  for (const path of ['/loop', '/deaf_loop']) {
    it(`gives all slots back that ${path} has taken, and requests that wait are served`, async () => {
      const { pid } = server.worker;
      const loops = Array.from({ length: 4 }, (_, n) => server.fetch(`${path}?${n}`));
      // At the same time: so some of them are with the old worker already.
      const waiting = [
        ...Array.from({ length: 8 }, (_, n) => server.text(`/hello?${n}`)),
        server.text('/hello?posted', { method: 'POST', body: 'a body' }),
      ];
      for (const loop of loops) assert.equal((await loop).status, 504);
      const answers = await Promise.all(waiting);
      assert.deepEqual(new Set(answers), new Set(['hello', 'a body']));
      assert.notEqual(server.worker.pid, pid);
      await gone(pid);
    });
  }

  it('is found also where it lets nobody tell of it', async () => {
    const { pid } = server.worker;
    const held = server.fetch('/hold_gil');
    await pause(300);
    const waiting = [1, 2, 3, 4, 5, 6].map((n) => server.fetch(`/hello?held${n}`));
    assert.equal((await held).status, 504);
    const row = await server.ended('/hold_gil');
    assert.equal(server.outcome(row.id), 'timed out');
    assert.ok(server.phase(row.id, 'app').duration > 500);
    await gone(pid);
    for (const each of waiting) assert.ok([200, 504].includes((await each).status));
    assert.equal(await server.text('/hello'), 'hello');
  });

  it('is found also while others come and go all the time', async () => {
    const late = server.fetch('/nap?60');
    let over = false;
    const busy = Array.from({ length: 6 }, async () => {
      while (!over) await server.text('/hello');
    });
    assert.equal((await late).status, 504);
    over = true;
    await Promise.all(busy);
  });

  it('is cut where its response has begun, and its iterable is closed', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /stream HTTP/1.1\r\nHost: a\r\n\r\n');
    const text = await client.rest();
    assert.match(text, /tick/);
    assert.doesNotMatch(text, /0\r\n\r\n$/, 'the client can see that the end is missing');
    const { id } = await server.ended('/stream');
    assert.equal(server.outcome(id), 'timed out');
    await eventually('the close', () => server.logs.find(({ text: line }) => line.includes('the stream was closed')));
    client.close();
  });

  it('whose client has left is given up as well', async () => {
    const client = await RawClient.to(server.port);
    client.send('GET /loop?left HTTP/1.1\r\nHost: a\r\n\r\n');
    await begun('/loop?left');
    client.abort();
    const { id } = await server.ended('/loop?left');
    assert.equal(server.outcome(id), 'client left');
    assert.equal(await server.text('/hello'), 'hello');
  });
});
