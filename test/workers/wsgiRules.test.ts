import assert from 'node:assert/strict';
import { headFlags } from '../../src/core/wsgi/frames';
import { WorkerClient } from '../support/workerClient';

describe('worker: the rules of PEP 3333', () => {
  let worker: WorkerClient;
  before(async () => {
    worker = await WorkerClient.start('breaks_rules.py');
  });
  after(() => worker.stop());

  // Those without a code are limits of ours, which are no rules.
  const refused: readonly (readonly [path: string, message: RegExp, code?: string])[] = [
    ['/status-without-reason', /three digits, a space and a reason.*'200'.*PEP 3333/, 'malformed-status'],
    ['/status-with-two-digits', /three digits/, 'malformed-status'],
    ['/status-number', /status as a str.*not int/, 'malformed-status'],
    ['/status-with-newline', /control character/, 'malformed-status'],
    ['/status-below-100', /below 100/, 'bad-status'],
    ['/headers-tuple', /as a list, not tuple/, 'malformed-headers'],
    ['/header-list', /tuple of two str/, 'malformed-headers'],
    ['/header-of-three', /tuple of two str/, 'malformed-headers'],
    ['/header-bytes', /must be str, not bytes/, 'malformed-headers'],
    ['/header-number', /must be str, not int/, 'malformed-headers'],
    ['/header-name-with-space', /no header name/, 'bad-name'],
    ['/header-name-empty', /no header name/, 'bad-name'],
    ['/header-crlf', /X-A holds the control character '\\r'/, 'malformed-value'],
    ['/header-nul', /X-A holds the control character '\\x00'/, 'malformed-value'],
    ['/header-not-latin1', /latin-1 does not have/, 'not-latin-1'],
    ['/hop-by-hop', /Connection.*belongs to the server/, 'hop-by-hop'],
    ['/transfer-encoding', /transfer-encoding.*belongs to the server/, 'hop-by-hop'],
    ['/length-twice', /Content-Length twice/, 'second-content-length'],
    ['/length-not-a-number', /Content-Length must be digits/, 'bad-content-length'],
    ['/length-beyond-all', /400 digits; no body is that long/],
    ['/reason-beyond-all', /reason phrase has 70000 characters/],
    ['/returns-none', /returned None/, 'not-iterable'],
    ['/returns-str', /returned str itself/, 'not-iterable'],
    ['/returns-bytes', /returned bytes itself/, 'not-iterable'],
    ['/returns-number', /returned int itself/, 'not-iterable'],
    ['/yields-str', /yielded str; blocks of the body must be bytes/, 'not-bytes'],
    ['/yields-bytearray', /yielded bytearray/, 'not-bytes'],
    ['/starts_twice', /second time without exc_info/, 'second-start-response'],
    ['/never_starts', /did not call start_response\(\)/, 'no-start-response'],
    ['/yields_before_start', /before it called start_response\(\)/, 'late-start-response'],
  ];
  for (const [path, message, code] of refused) {
    it(`refuses ${path.slice(1)}`, async () => {
      const call = worker.call({ path });
      const problem = await call.problem();
      assert.equal(problem.code, 'app-exception');
      assert.match(problem.message, message);
      assert.doesNotMatch(problem.traceback, /lifeline_bridge/);
      assert.ok(problem.began > 0 && problem.ended >= problem.began);
      const findings = call.all('finding');
      assert.deepEqual(
        findings.map((each) => each.code),
        code === undefined ? [] : [code],
      );
      for (const { level, message: told, reference, when } of findings) {
        assert.equal(level, 'error');
        assert.ok(when >= problem.began && when <= problem.ended);
        // One text for both: the exception says the rule's section too.
        assert.ok(problem.message.includes(`${told.replace(/\.$/, '')} (${reference}`), problem.message);
      }
    });
  }

  it('shows the line of the app that called start_response wrongly', async () => {
    const problem = await worker.call({ path: '/header-crlf' }).problem();
    assert.match(problem.traceback, /breaks_rules\.py", line \d+, in app\n\s+start_response\(status, headers\)/);
  });

  it('tells an exception with its causes, from the frames of the app on', async () => {
    const problem = await worker.call({ path: '/raises_before_start' }).problem();
    assert.equal(problem.message, 'The app raised ValueError: boom.');
    assert.match(problem.traceback, /^Traceback[^]*KeyError: 'the key'[^]*direct cause[^]*ValueError: boom\n$/);
  });

  it('survives an exception that cannot be printed', async () => {
    const problem = await worker.call({ path: '/unprintable' }).problem();
    assert.match(problem.message, /Odd/);
  });

  it('ends the call, not the worker, where the app exits or interrupts', async () => {
    const exit = await worker.call({ path: '/exits' }).problem();
    assert.equal(exit.code, 'app-exit');
    assert.match(exit.message, /sys\.exit\(3\)/);
    assert.equal((await worker.call({ path: '/interrupts' }).problem()).code, 'app-exception');
    assert.match((await worker.call({ path: '/ends_the_generator' }).problem()).message, /GeneratorExit/);
    assert.equal((await worker.call({ path: '/returns-tuple' }).response()).body, 'body');
  });

  it('accepts values of latin-1, empty values and an empty reason', async () => {
    const { head } = await worker.call({ path: '/header-latin1' }).response();
    assert.deepEqual(head.headers.slice(0, 2), [
      ['X-A', 'café'],
      ['X-Empty', ''],
    ]);
    assert.equal((await worker.call({ path: '/status-empty-reason' }).response()).head.reason, '');
  });

  it('flags a Date and a Server that the app has set', async () => {
    const { head } = await worker.call({ path: '/date-and-server' }).response();
    assert.equal(head.flags, headFlags.date | headFlags.server);
    assert.equal((await worker.call({ path: '/returns-tuple' }).response()).head.flags, 0);
  });

  it('supplies Content-Length to a single block, and only where a body is allowed', async () => {
    const one = await worker.call({ path: '/returns-tuple' }).over();
    assert.ok(one.type === 'reply');
    assert.equal(one.head.contentLength, 4);
    assert.deepEqual(one.head.headers, [['Content-Length', '4']]);
    for (const path of ['/no-content', '/not-modified']) {
      const { head } = await worker.call({ path }).response();
      assert.equal(head.contentLength, -1, path);
      assert.deepEqual(head.headers, [], path);
    }
    assert.equal((await worker.call({ path: '/returns-nothing' }).response()).head.contentLength, 0);
    assert.equal((await worker.call({ path: '/returns-nothing', method: 'HEAD' }).response()).head.contentLength, -1);
    const several = await worker.call({ path: '/returns-several' }).response();
    assert.equal(several.head.contentLength, -1);
    assert.equal(several.body, 'ab');
  });

  it('never sends more than Content-Length, and says so', async () => {
    const call = worker.call({ path: '/yields_too_much' });
    assert.equal((await call.response()).body, '12345');
    assert.match(call.log, /longer than the Content-Length of 5[^]*closed/);
    const single = worker.call({ path: '/one_block_too_long' });
    assert.equal((await single.response()).body, '12345');
    assert.match(single.log, /longer than the Content-Length of 5/);
  });

  it('reports a body that is too short as it is', async () => {
    const { head, body } = await worker.call({ path: '/yields_too_little' }).response();
    assert.equal(head.contentLength, 5);
    assert.equal(body, '123');
  });

  it('lets exc_info replace the head while none was sent', async () => {
    const { head, body } = await worker.call({ path: '/starts_again_with_exc_info' }).response();
    assert.equal(`${head.status} ${head.reason} ${body}`, '500 Sorry sorry');
    assert.deepEqual(head.headers[0], ['X-Second', '2']);
    assert.equal(head.headers.length, 2);
  });

  it('raises exc_info again after the head was sent', async () => {
    const call = worker.call({ path: '/starts_again_after_the_head' });
    assert.match((await call.problem()).message, /ValueError: after the head/);
    assert.equal(call.all('head')[0]?.status, 200);
    assert.equal(call.body.toString(), 'first');
  });

  it('accepts start_response called within the iterable, after an empty block', async () => {
    assert.equal((await worker.call({ path: '/starts_in_the_iterable' }).response()).body, 'late but right');
  });

  it('calls close() once, whatever happened', async () => {
    const late = worker.call({ path: '/raises_while_iterating' });
    assert.match((await late.problem()).message, /too late/);
    assert.equal(late.log, 'closed\n');
    assert.deepEqual(
      late.frames.map((frame) => frame.type).filter((type) => type !== 'started'),
      ['head', 'chunk', 'log', 'raised'],
    );
    const first = worker.call({ path: '/raises_first_in_iterable' });
    assert.match((await first.problem()).message, /at once/);
    assert.equal(first.log, 'closed\n');
    assert.equal(first.all('head').length, 0);
  });

  it('logs what close() raises after the response, and raises it where nothing was sent', async () => {
    const sent = worker.call({ path: '/raises_in_close' });
    assert.equal((await sent.response()).body, 'body');
    assert.match(sent.log, /closed\n.*close\(\).*raised:\nTraceback[^]*OSError: close failed/);
    const end = await sent.first('end');
    assert.ok(end.closing <= end.ended);
    const unsent = worker.call({ path: '/raises_in_close_of_nothing' });
    assert.match((await unsent.problem()).message, /close failed/);
  });

  it('satisfies wsgiref.validate', async () => {
    const validated = await WorkerClient.start('validated.py');
    const query = { environ: { CONTENT_TYPE: 'text/plain' } };
    const call = validated.call({ ...query, body: 'headline\nrest' });
    assert.equal((await call.response()).body, '<head><line\n><rest>');
    assert.equal(call.log, 'valid\n');
    const writing = validated.call({ ...query, path: '/write', body: '' });
    assert.equal((await writing.response()).body, 'written <><><>');
    assert.equal((await validated.call({ ...query, method: 'GET' }).response()).body, '<><><>');
    await validated.stop();
  });
});
