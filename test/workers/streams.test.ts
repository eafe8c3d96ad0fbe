import assert from 'node:assert/strict';
import { WorkerClient, type FrameOf } from '../support/workerClient';

describe('worker: what the app writes', () => {
  let worker: WorkerClient;
  before(async () => {
    worker = await WorkerClient.start('prints.py');
  });
  after(() => worker.stop());

  const lines = (frames: readonly FrameOf<'log'>[]): string[] =>
    frames.map((frame) => `${frame.stream}: ${frame.text}`);

  it('is tied to call 0 while the app is imported', () => {
    assert.deepEqual(lines(worker.all('log')).slice(0, 1), ['stdout: printed while imported\n']);
  });

  it('is tied to the call that wrote it, with its stream and time', async () => {
    const call = worker.call({ path: '/all_streams' });
    const reply = await call.over();
    assert.ok(reply.type === 'reply');
    assert.deepEqual(lines(call.all('log')), [
      'stdout: to stdout\n',
      'stderr: to stderr\n',
      'wsgi.errors: to wsgi.errors\n',
      'wsgi.errors: one\n',
      'wsgi.errors: two\n',
      'stdout: bytes: é\n',
    ]);
    for (const line of call.all('log')) assert.ok(line.when >= reply.head.began && line.when <= reply.ended);
  });

  it('may lack its last newline', async () => {
    const call = worker.call({ path: '/partial' });
    await call.response();
    assert.equal(call.log, 'no newline');
    assert.deepEqual(
      call.frames.map((frame) => frame.type),
      ['log', 'reply'],
    );
  });

  it('is told at once where the app flushes, even if the line goes on', async () => {
    const call = worker.call({ path: '/partial_slowly', query: '0.5' });
    await worker.nudging(() => call.first('log'));
    assert.equal(call.log, 'working');
    assert.equal(call.all('reply').length, 0);
    await call.response();
    assert.equal(call.log, 'working done\n');
  });

  it('is told while the call goes on, without another nudge', async () => {
    const call = worker.call({ path: '/slowly' });
    await worker.nudging(() => call.first('started'));
    await call.news(() => call.log.includes('step 2'), 'step 2');
    assert.equal(call.all('reply').length, 0);
    await call.response();
  });

  it('is not lost when the process ends in the next moment', async () => {
    const doomed = await WorkerClient.start('prints.py');
    const call = doomed.call({ path: '/crashes' });
    assert.equal(await doomed.exited, 9);
    assert.equal(call.log, 'the last words\n');
  });

  it('may hold what UTF-8 cannot', async () => {
    const call = worker.call({ path: '/odd_text' });
    await call.response();
    assert.equal(call.log, 'surrogate \\ud800 and €\n');
  });

  it('is never lost, however much it is', async () => {
    const call = worker.call({ path: '/flood' });
    await call.response();
    const told = call.log.split('\n');
    assert.equal(told.length, 20_001);
    assert.equal(told[19_999], 'line 19999 of a flood that must not be lost');
  });

  it('reaches descriptor 2 where it goes past us', async () => {
    await worker.call({ path: '/past_us' }).response();
    await worker.until(() => worker.rawStderr.includes('from a child'), 'the raw text');
    assert.match(worker.rawStderr, /to descriptor 1\nto descriptor 2\nfrom a child/);
  });

  it('is tied to call 0 where a thread of the app writes', async () => {
    const call = worker.call({ path: '/from_a_thread' });
    await call.response();
    assert.equal(call.log, '');
    await worker.until(
      () => worker.all('log').some((line) => line.text === 'from a thread\n'),
      'the text of the thread',
    );
  });

  it('goes to streams that look like files', async () => {
    const call = worker.call({ path: '/as_files' });
    await call.response();
    assert.equal(call.log, 'still open\n');
  });
});
