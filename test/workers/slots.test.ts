import assert from 'node:assert/strict';
import { initialCredit } from '../../src/core/wsgi/frames';
import { WorkerClient, type FrameOf } from '../support/workerClient';

describe('worker: slots', () => {
  it('run four slow calls at a time, when nudged', async () => {
    const worker = await WorkerClient.start('sleeps.py');
    const calls = worker.callTogether([1, 2, 3, 4].map(() => ({ query: '0.6' })));
    const ends = await worker.nudging(() => Promise.all(calls.map((call) => call.over())));
    const spans = ends.map((end) => {
      assert.ok(end.type === 'reply');
      return { slot: end.head.slot, began: end.head.began, ended: end.ended };
    });
    assert.deepEqual(spans.map((span) => span.slot).sort(), [1, 2, 3, 4]);
    const lastBegan = Math.max(...spans.map((span) => span.began));
    const firstEnded = Math.min(...spans.map((span) => span.ended));
    assert.ok(lastBegan < firstEnded, `all four overlap: ${JSON.stringify(spans)}`);
    await worker.stop();
  });

  it('announce a call that lasts, and only once, before anything else it sends', async () => {
    const worker = await WorkerClient.start('sleeps.py');
    const call = worker.call({ query: '0.3' });
    const started = await worker.nudging(() => call.first('started'));
    assert.equal(started.slot, 1);
    worker.nudge();
    const reply = await call.over();
    assert.ok(reply.type === 'reply');
    assert.equal(reply.head.began, started.began);
    assert.deepEqual(
      call.frames.map((frame) => frame.type),
      ['started', 'reply'],
    );
    await worker.stop();
  });

  it('answer a fast call that stands behind a slow one', async () => {
    const worker = await WorkerClient.start('sleeps.py');
    const [slow, fast] = worker.callTogether([{ query: '3' }, { query: '0' }]);
    assert.ok(slow && fast);
    await worker.nudging(() => fast.response());
    assert.equal(slow.all('reply').length, 0);
    const later = worker.call();
    await later.response();
    assert.equal(slow.all('reply').length, 0);
    await worker.stop();
  });

  it('send what a fast call has left in the buffer before a slow one', async () => {
    const worker = await WorkerClient.start('sleeps.py', { slots: 1 });
    const [fast, slow] = worker.callTogether([{ query: '0' }, { query: '2' }]);
    assert.ok(fast && slow);
    await worker.nudging(() => slow.first('started'));
    assert.equal(fast.all('reply').length, 1);
    assert.equal(slow.all('reply').length, 0);
    await worker.stop();
  });

  it('hear the server while all of them are busy', async () => {
    const worker = await WorkerClient.start('sleeps.py', { slots: 2 });
    const busy = worker.callTogether([{ query: '0.8' }, { query: '0.8' }]);
    await worker.nudging(() => Promise.all(busy.map((call) => call.first('started'))));
    const waits = worker.call();
    const dropped = worker.call();
    dropped.abort(true);
    const clock = Buffer.alloc(8);
    worker.send(6, 0, clock);
    worker.nudge();
    await worker.until(() => worker.all('clock').length === 1, 'the clock');
    assert.equal((await dropped.over()).type, 'aborted');
    assert.ok(busy.every((call) => call.all('reply').length === 0));
    assert.equal(waits.frames.length, 0);
    await waits.response();
    assert.ok(busy.some((call) => call.all('reply').length === 1));
    await worker.stop();
  });

  it('run every call on the main thread where there is one slot', async () => {
    const worker = await WorkerClient.start('shows_environ.py', { slots: 1 });
    for (let index = 0; index < 20; index += 1) {
      const call = worker.call();
      worker.nudge();
      const shown = JSON.parse((await call.response()).body) as Record<string, unknown>;
      assert.equal(shown['is_main'], true);
      assert.equal(shown['wsgi.multithread'], false);
    }
    await worker.stop();
  });

  it('bear a storm of calls and nudges', async () => {
    const worker = await WorkerClient.start('sleeps.py');
    const calls = [];
    for (let round = 0; round < 150; round += 1) {
      calls.push(...worker.callTogether([{ query: '0' }, { query: round % 3 ? '0' : '0.004' }, { query: '0' }]));
      if (round % 2) worker.nudge();
      if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const beat = setInterval(() => worker.nudge(), 2);
    for (const call of calls) assert.equal((await call.response()).head.status, 200);
    clearInterval(beat);
    for (const call of calls) {
      const types = call.frames.map((frame) => frame.type).join();
      assert.ok(types === 'reply' || types === 'started,reply', types);
    }
    // Nobody has been left behind: the next call is answered without a nudge.
    await worker.call().response();
    await worker.stop();
  });

  it('send each block as it is yielded', async () => {
    const worker = await WorkerClient.start('streams_out.py');
    const call = worker.call({ path: '/numbers' });
    await call.first('chunk');
    assert.equal(call.body.toString(), '0 ');
    assert.equal((await call.response()).body, '0 1 2 ');
    const yields = call.all('chunk').map((chunk) => chunk.yielded);
    const [first, second, third] = yields as [number, number, number];
    assert.ok(second - first >= 95 && third - second >= 95, yields.join());
    assert.ok((await call.first('end')).ended - third >= 95);
    await worker.stop();
  });

  it('send what write() is given at once, and say that it was written', async () => {
    const worker = await WorkerClient.start('streams_out.py');
    const call = worker.call({ path: '/writes' });
    await call.first('chunk');
    assert.equal(call.body.toString(), 'written ');
    assert.equal((await call.response()).body, 'written again returned');
    assert.deepEqual(
      call.all('chunk').map((chunk) => chunk.written),
      [true, true, false],
    );
    assert.match((await worker.call({ path: '/writes_text' }).problem()).message, /wrote str/);
    await worker.stop();
  });

  it('wait for credit before they send more', async () => {
    const worker = await WorkerClient.start('streams_out.py', { slots: 1 });
    const call = worker.call({ path: '/big', query: '700000' });
    await call.news(() => call.body.length >= initialCredit, 'the credit to be used up');
    call.allow(1000);
    await call.news(() => call.body.length >= initialCredit + 1000, 'a little more');
    assert.equal(call.body.length, initialCredit + 1000);
    assert.equal(call.all('end').length, 0);
    // Without a thread to spare, the one that waits reads on: this call is answered after it, and not lost.
    const next = worker.call({ path: '/numbers' });
    call.allow(1_000_000);
    assert.equal((await call.response()).body, 'x'.repeat(700_000));
    assert.equal((await next.response()).body, '0 1 2 ');
    await worker.stop();
  });

  it('serve others while one waits for credit', async () => {
    const worker = await WorkerClient.start('streams_out.py', { slots: 2 });
    const stuck = worker.call({ path: '/endless' });
    await stuck.news(() => stuck.body.length >= initialCredit, 'the credit to be used up');
    for (let index = 0; index < 5; index += 1) {
      assert.equal((await worker.call({ path: '/with_length' }).response()).body, '12345');
    }
    assert.equal(stuck.body.length, initialCredit);
    stuck.abort();
    assert.equal((await stuck.over()).type, 'aborted');
    assert.equal(stuck.log, 'closed\n');
    await worker.stop();
  });

  it('hear without a nudge that the client of a stream has gone', async () => {
    const worker = await WorkerClient.start('streams_out.py', { slots: 2 });
    const call = worker.call({ path: '/ticks' });
    await call.news(() => call.all('chunk').length >= 3, 'three ticks');
    assert.equal((await worker.call({ path: '/with_length' }).response()).body, '12345');
    call.abort();
    assert.equal((await call.over()).type, 'aborted');
    assert.equal(call.log, 'no more ticks\n');
    assert.ok(call.all('chunk').length < 200);
    await worker.stop();
  });

  it('raise in write() when the client has gone', async () => {
    const worker = await WorkerClient.start('streams_out.py');
    const call = worker.call({ path: '/endless_writes' });
    await call.first('chunk');
    call.abort();
    assert.equal((await call.over()).type, 'aborted');
    assert.match(call.log, /ClientGone: The client closed the connection before the whole response was sent/);
    await worker.stop();
  });

  it('give a call back that none has taken, and go on with one that runs', async () => {
    const worker = await WorkerClient.start('sleeps.py', { slots: 1 });
    const [runs, waits] = worker.callTogether([{ query: '0.5' }, { query: '0' }]);
    assert.ok(runs && waits);
    await worker.nudging(() => runs.first('started'));
    runs.recall();
    waits.recall();
    await worker.nudging(() => waits.over());
    assert.deepEqual(
      waits.frames.map((frame) => frame.type),
      ['aborted'],
    );
    assert.equal((await runs.over()).type, 'reply');
    await worker.stop();
  });

  it('throw away the response of an aborted call, and answer once', async () => {
    const worker = await WorkerClient.start('sleeps.py');
    const call = worker.call({ query: '0.2' });
    await worker.nudging(() => call.first('started'));
    call.abort();
    worker.nudge();
    const over: FrameOf<'aborted' | 'reply' | 'end' | 'raised'> = await call.over();
    assert.equal(over.type, 'aborted');
    call.abort();
    await worker.call().response();
    assert.equal(call.frames.filter((frame) => frame.type === 'aborted').length, 1);
    await worker.stop();
  });

  it('iterate over wsgi.file_wrapper', async () => {
    const worker = await WorkerClient.start('streams_out.py');
    assert.equal((await worker.call({ path: '/a_file' }).response()).body, 'file '.repeat(30_000));
    await worker.stop();
  });

  it('let the server have a complete response before a generator ends, when it asks', async () => {
    const worker = await WorkerClient.start('streams_out.py');
    const call = worker.call({ path: '/with_length', query: '1.5' });
    await worker.nudging(() => call.first('chunk'));
    assert.equal(call.all('end').length, 0);
    await worker.stop();
  });
});
