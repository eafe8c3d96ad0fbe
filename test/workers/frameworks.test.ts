import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { apps, python, WorkerClient, type WorkerCall } from '../support/workerClient';

const examples = join(import.meta.dirname, '..', '..', 'examples');

const cases: readonly (readonly [name: string, module: string, spec: string, folder: string, app: string])[] = [
  ['plain WSGI', 'sys', 'hello.py', examples, 'hello.py:application'],
  ['Flask', 'flask', 'flask_app.py', examples, 'flask_app.py:app'],
  ['Django', 'django', 'djangoapp:app', examples, 'djangoapp.py:app'],
  ['Bottle', 'bottle', 'bottle_app.py', examples, 'bottle_app.py:app'],
  ['Falcon', 'falcon', 'falcon_app.py', apps, 'falcon_app.py:app'],
  ['Pyramid', 'pyramid', 'pyramid_app.py:make_app()', apps, 'pyramid_app.py:make_app()'],
];

const boundary = 'a-boundary-of-the-test';
const upload = Buffer.concat([
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nZoë\r\n`),
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="bytes.bin"\r\n`),
  Buffer.from('Content-Type: application/octet-stream\r\n\r\n'),
  Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256)),
  Buffer.from(`\r\n--${boundary}--\r\n`),
]);

for (const [name, module, spec, folder, app] of cases) {
  describe(`worker: an app of ${name}`, () => {
    // `npm test` names an interpreter that has all of them, and there a missing one is a failure.
    const isNamed = process.env['LIFELINE_TEST_PYTHON'] !== undefined;
    if (!isNamed && spawnSync(python, ['-c', `import ${module}`]).status !== 0) {
      it(`is skipped: ${python} has no ${module}`);
      return;
    }

    let worker: WorkerClient;
    before(async () => {
      worker = await WorkerClient.start(spec, { folder });
    });
    after(() => worker.stop());

    it('is found', () => {
      assert.equal(worker.ready.app, app);
    });

    it('answers', async () => {
      const { head, body } = await worker.call().response();
      assert.equal(head.status, 200);
      assert.match(head.headers.find(([field]) => field.toLowerCase() === 'content-type')?.[1] ?? '', /^text\/html/);
      assert.match(body, /<h1>Hello from/);
    });

    it('answers HEAD without inventing a length', async () => {
      const get = await worker.call().response();
      const head = await worker.call({ method: 'HEAD' }).response();
      // Falcon does not derive HEAD from GET.
      if (name === 'Falcon') assert.equal(head.head.status, 405);
      else assert.ok([get.head.contentLength, -1].includes(head.head.contentLength), `${head.head.contentLength}`);
    });

    it('sleeps in several slots at a time', async () => {
      const calls = worker.callTogether([1, 2, 3].map(() => ({ path: '/slow', query: 'seconds=0.5' })));
      const responses = await worker.nudging(() => Promise.all(calls.map((call) => call.response())));
      for (const { body } of responses) assert.equal(body, 'Slept for 0.5 seconds.\n');
      const spans = calls.map(spanOf);
      assert.ok(Math.max(...spans.map((span) => span.began)) < Math.min(...spans.map((span) => span.ended)));
    });

    it('streams line by line', async () => {
      const call = worker.call({ path: '/stream' });
      assert.equal((await call.response()).body, [1, 2, 3, 4, 5].map((line) => `line ${line} of 5\n`).join(''));
      const yields = call.all('chunk').map((chunk) => chunk.yielded);
      assert.equal(yields.length, 5);
      assert.ok((yields[4] as number) - (yields[0] as number) > 350);
    });

    it('fails as its framework fails', async () => {
      const call = worker.call({ path: '/fail' });
      const last = await call.over();
      const text = last.type === 'raised' ? last.traceback : call.log;
      if (last.type !== 'raised') assert.equal((await call.response()).head.status, 500);
      assert.match(text, /ValueError: this page always fails/);
      assert.doesNotMatch(text, /lifeline_bridge/);
    });

    it('takes a form with a file', async () => {
      assert.match((await worker.call({ path: '/form' }).response()).body, /<form method="post"/);
      const call = worker.call({
        path: '/form',
        body: upload,
        environ: { CONTENT_TYPE: `multipart/form-data; boundary=${boundary}` },
      });
      const body = Buffer.from((await call.response()).body, 'latin1').toString();
      assert.equal(body, 'name: Zoë\nfile: bytes.bin, 70000 bytes\n');
    });
  });
}

function spanOf(call: WorkerCall): { began: number; ended: number } {
  const last = call.frames.at(-1);
  if (last?.type === 'reply') return { began: last.head.began, ended: last.ended };
  assert.ok(last?.type === 'end');
  return { began: call.all('head')[0]?.began ?? NaN, ended: last.ended };
}
