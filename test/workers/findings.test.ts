import assert from 'node:assert/strict';
import { WorkerClient, type CallOptions, type WorkerCall } from '../support/workerClient';

/** What is found while the call goes on; what ends it is in `wsgiRules.test.ts`. */
describe('worker: findings', () => {
  let worker: WorkerClient;
  before(async () => {
    worker = await WorkerClient.start('breaks_rules.py');
  });
  after(() => worker.stop());

  async function run(options: CallOptions): Promise<WorkerCall> {
    const call = worker.call(options);
    await call.over();
    return call;
  }

  async function found(options: CallOptions): Promise<string[]> {
    return (await run(options)).all('finding').map(({ level, code, reference }) => `${level} ${code}: ${reference}`);
  }

  it('name a rule that the app was told of, even where it catches the exception', async () => {
    const call = await run({ path: '/catches_the_refusal' });
    assert.equal((await call.response()).body, 'caught');
    const [finding, ...others] = call.all('finding');
    assert.deepEqual(others, []);
    assert.equal(finding?.code, 'hop-by-hop');
    assert.equal(finding.reference, 'PEP 3333, Other HTTP Features');
    assert.match(finding.message, /^The app set the header Connection, .*: leave it out\.$/);
    const { head } = await call.response();
    assert.ok(finding.when >= head.began && finding.when <= head.responded, 'it is told before the second attempt');
  });

  it('name a body that is longer than its Content-Length', async () => {
    const expected = ['warning body-too-long: PEP 3333, Handling the Content-Length Header'];
    assert.deepEqual(await found({ path: '/yields_too_much' }), expected);
    assert.deepEqual(await found({ path: '/one_block_too_long' }), expected);
  });

  it('name a close() that raised, after the response and where there was none', async () => {
    const expected = ['error close-raised: PEP 3333, Specification Details'];
    assert.deepEqual(await found({ path: '/raises_in_close' }), expected);
    assert.deepEqual(await found({ path: '/raises_in_close_of_nothing' }), expected);
    const [finding] = (await run({ path: '/raises_in_close' })).all('finding');
    assert.match(finding?.message ?? '', /raised OSError: close failed;/);
  });

  it('name the use of write(), once', async () => {
    const call = await run({ path: '/writes' });
    assert.equal((await call.response()).body, 'written twice and returned');
    assert.deepEqual(
      call.all('finding').map(({ level, code, reference }) => [level, code, reference]),
      [['info', 'write', 'PEP 3333, The write() Callable']],
    );
  });

  it('name many tiny blocks, once', async () => {
    assert.deepEqual(await found({ path: '/yields_crumbs', query: '3000' }), [
      'info tiny-blocks: PEP 3333, Buffering and Streaming',
    ]);
    assert.deepEqual(await found({ path: '/yields_crumbs', query: '1000' }), []);
    assert.deepEqual(await found({ path: '/yields_slices' }), []);
  });

  it('are bounded in number and length', async () => {
    const call = await run({ path: '/never_learns' });
    assert.equal((await call.response()).body, 'at last');
    assert.equal(call.all('finding').length, 50);
    const endless = await run({ path: '/header-endless' });
    const [finding] = endless.all('finding');
    assert.equal(finding?.message.length, 1001);
    assert.ok((await endless.problem()).message.length < 2000);
  });

  it('are none where the app keeps the rules', async () => {
    const right = [
      '/returns-tuple',
      '/returns-nothing',
      '/returns-several',
      '/no-content',
      '/not-modified',
      '/header-latin1',
      '/date-and-server',
      '/starts_again_with_exc_info',
      '/starts_in_the_iterable',
    ];
    for (const path of right) assert.deepEqual(await found({ path }), [], path);
    // An exception is the app's own affair, and no rule of WSGI.
    for (const path of ['/raises_before_start', '/raises_while_iterating', '/starts_again_after_the_head', '/exits']) {
      assert.deepEqual(await found({ path }), [], path);
    }
  });

  it('are none where the client leaves', async () => {
    const streams = await WorkerClient.start('streams_out.py');
    const call = streams.call({ path: '/ticks' });
    await streams.nudging(() => call.first('chunk'));
    call.abort();
    assert.equal((await streams.nudging(() => call.over())).type, 'aborted');
    assert.deepEqual(call.all('finding'), []);
    await streams.stop();
  });
});
