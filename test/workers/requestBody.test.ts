import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { initialCredit } from '../../src/core/wsgi/frames';
import { WorkerClient, type WorkerCall } from '../support/workerClient';

describe('worker: wsgi.input', () => {
  let worker: WorkerClient;
  before(async () => {
    worker = await WorkerClient.start('reads_body.py');
  });
  after(() => worker.stop());

  const read = async (path: string, body: string): Promise<string> =>
    (await worker.call({ path, body }).response()).body;

  it('reads all, nothing, or exactly so many bytes', async () => {
    assert.equal(await read('/all', 'the body'), 'the body');
    assert.equal(await read('/all', ''), '');
    assert.equal(await read('/exactly', '12345678rest'), '12345|678||rest|');
    assert.equal(await read('/exactly', '123'), '123||||');
    assert.equal(await read('/none', 'the body'), 'not read');
  });

  it('is empty where the request has no body', async () => {
    assert.equal((await worker.call({ path: '/all' }).response()).body, '');
    assert.equal((await worker.call({ path: '/lines' }).response()).body, '');
  });

  it('reads lines in every way', async () => {
    assert.equal(await read('/lines', 'one\n\nthree'), 'one\n|\n|three');
    assert.equal(await read('/readline', 'one\ntwo\n'), 'on|e\n|two\n||');
    assert.equal(await read('/readlines', 'one\ntwo\nthree\n'), 'one\n||two\n|three\n');
  });

  it('joins lines and reads that arrive in pieces', async () => {
    for (const [path, answer] of [
      ['/lines', 'one\n|two'],
      ['/exactly', 'one\nt|wo||'],
      ['/wrapped', 'ONE\nTWO'],
    ] as const) {
      const call = worker.call({ path, body: null });
      for (const piece of ['o', 'ne', '\nt', 'wo']) {
        call.sendBody(piece);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      call.endBody();
      const body = (await call.response()).body;
      assert.equal(body, path === '/exactly' ? 'one\nt|wo|||' : answer);
    }
  });

  it('can be wrapped by the classes of io', async () => {
    assert.equal(await read('/wrapped', 'text\nof lines'), 'TEXT\nOF LINES');
  });

  it('hands out what is there to read1', async () => {
    const call = worker.call({ path: '/pieces', body: null });
    await call.first('started');
    call.sendBody('one');
    await new Promise((resolve) => setTimeout(resolve, 50));
    call.sendBody('two');
    call.endBody();
    assert.equal((await call.response()).body, 'one|two');
  });

  it('reads a large body within the credit, and lets more come as the app consumes', async () => {
    const body = Buffer.alloc(5_000_000, 'abcdefghij');
    const call = worker.call({ path: '/digest', body: null });
    assert.ok((await upload(call, body)) > 10);
    assert.equal((await call.response()).body, createHash('sha256').update(body).digest('hex'));
  });

  it('reads bodies of several calls at a time, with no thread to spare', async () => {
    const single = await WorkerClient.start('reads_body.py', { slots: 2 });
    const bodies = [Buffer.alloc(2_000_000, 'a'), Buffer.alloc(2_000_000, 'b')];
    const calls = single.callTogether(bodies.map(() => ({ path: '/digest', body: null })));
    single.nudge();
    await Promise.all(calls.map((call, index) => upload(call, bodies[index] as Buffer)));
    for (const [index, call] of calls.entries()) {
      const digest = createHash('sha256')
        .update(bodies[index] as Buffer)
        .digest('hex');
      assert.equal((await call.response()).body, digest);
    }
    await single.stop();
  });

  it('is read by the only slot while other calls wait for it', async () => {
    const single = await WorkerClient.start('reads_body.py', { slots: 1 });
    const slow = single.call({ path: '/digest', body: null });
    await slow.first('started');
    const next = single.call({ path: '/all', body: 'next' });
    const body = Buffer.alloc(1_000_000, 'c');
    await upload(slow, body);
    assert.equal((await slow.response()).body, createHash('sha256').update(body).digest('hex'));
    assert.equal((await next.response()).body, 'next');
    await single.stop();
  });

  it('asks for the body of a client that waits for 100 Continue, when the app reads', async () => {
    const call = worker.call({ path: '/all', body: null, expectsContinue: true });
    assert.equal((await call.first('readBody')).consumed, 0);
    call.sendBody('now it comes');
    call.endBody();
    assert.equal((await call.response()).body, 'now it comes');
    const unread = worker.call({ path: '/none', body: null, expectsContinue: true });
    assert.equal((await unread.response()).body, 'not read');
    assert.equal(unread.all('readBody').length, 0);
  });

  it('raises where the client leaves before the body is complete', async () => {
    const call = worker.call({ path: '/gone', body: null });
    call.sendBody('the beginning');
    await call.first('started');
    call.abort();
    assert.equal((await call.over()).type, 'aborted');
    assert.match(call.log, /ClientGone: The client closed the connection before the whole request body/);
  });
});

/** Sends a body as the server does: never more than the credit allows. Returns how often credit came. */
async function upload(call: WorkerCall, body: Buffer): Promise<number> {
  let sent = 0;
  const consumed = (): number => call.all('readBody').reduce((sum, frame) => sum + frame.consumed, 0);
  while (sent < body.length) {
    const room = Math.min(initialCredit + consumed() - sent, 65_536);
    if (room > 0) {
      call.sendBody(body.subarray(sent, sent + room));
      sent += room;
      continue;
    }
    const before = consumed();
    await call.news(() => consumed() > before, 'credit');
  }
  call.endBody();
  return call.all('readBody').length;
}
