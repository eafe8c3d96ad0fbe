import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkerClient } from '../support/workerClient';

const isWindows = process.platform === 'win32';

describe('worker: life of the process', () => {
  for (const [what, calls, nudges] of [
    ['idle', 0, false],
    ['running a call', 1, false],
    ['running a call that it has announced', 1, true],
    ['busy in all slots', 4, true],
  ] as const) {
    it(`ends within a second of its server, ${what}`, async () => {
      const worker = await WorkerClient.start('sleeps.py');
      const running = worker.callTogether(Array.from({ length: calls }, () => ({ query: '60' })));
      if (nudges) {
        await worker.nudging(() => Promise.all(running.map((call) => call.first('started'))));
      }
      const start = performance.now();
      await worker.stop();
      assert.ok(performance.now() - start < 1000, `${performance.now() - start} ms`);
    });
  }

  it('ends with one slot, busy, when either pipe closes', async () => {
    const worker = await WorkerClient.start('sleeps.py', { slots: 1 });
    const call = worker.call({ query: '60' });
    await worker.nudging(() => call.first('started'));
    await worker.stop();
  });

  it('runs what the app has registered with atexit, within a limit', async () => {
    await inFolder(
      { 'app.py': `import atexit, time, pathlib\n${app}\natexit.register(lambda: time.sleep(60))\n${mark}` },
      async (folder) => {
        const worker = await WorkerClient.start('app.py', { folder });
        await worker.stop();
        assert.equal(readFileSync(join(folder, 'mark'), 'utf8'), 'bye');
      },
    );
  });

  it('writes no bytecode into the folders of a user who wants none', async () => {
    const files = { 'app.py': `import other\n${app}`, 'other.py': 'import sys\nassert sys.dont_write_bytecode\n' };
    await inFolder(files, async (folder) => {
      const worker = await WorkerClient.start('app.py', { folder, env: { PYTHONDONTWRITEBYTECODE: '1' } });
      await worker.stop();
      assert.deepEqual(readdirSync(folder).sort(), ['app.py', 'other.py']);
    });
  });

  if (!isWindows) {
    it('is not ended by the Ctrl-C that ends its server, nor are later calls', async () => {
      const worker = await WorkerClient.start('sleeps.py');
      worker.process.kill('SIGINT');
      const call = worker.call({ query: '0.2' });
      worker.process.kill('SIGINT');
      await call.response();
      await worker.stop();
    });

    it('goes on when the app forks and the child comes back', async () => {
      const worker = await WorkerClient.start('forks.py');
      const call = worker.call({ path: '/falls_through' });
      assert.equal((await call.response()).body, 'child ended with 0');
      await worker.until(() => worker.rawStderr.includes('from the forked child'), 'the text of the child');
      assert.equal(call.log, '');
      assert.equal((await worker.call({ path: '/closes_everything' }).response()).body, 'parent is well');
      assert.equal((await worker.call({ path: '/closes_standard' }).response()).body, 'closed all three');
      await worker.stop();
    });

    it('goes on when the app forks while another thread of ours announces its calls', async () => {
      const worker = await WorkerClient.start('forks.py');
      await worker.nudging(async () => {
        for (let count = 0; count < 60; count++) {
          assert.equal((await worker.call({ path: '/falls_through' }).response()).body, 'child ended with 0');
          worker.nudge();
        }
      });
      await worker.stop();
    });

    it('ends though a program that the app started lives on', async () => {
      const worker = await WorkerClient.start('forks.py');
      const { body } = await worker.call({ path: '/spawns' }).response();
      try {
        worker.process.stderr?.destroy();
        await worker.stop();
      } finally {
        process.kill(Number(body));
      }
    });
  }

  if (process.platform === 'linux') {
    it('hands no pipe to programs that the app starts', async () => {
      const worker = await WorkerClient.start('forks.py');
      const { body } = await worker.call({ path: '/descriptors' }).response();
      const own = `/proc/${worker.ready.pid}/fd`;
      const sockets = readdirSync(own)
        .map((fd) => readlinkSync(join(own, fd)))
        .filter((link) => link.startsWith('socket:'));
      const shared = readlinkSync(join(own, '2'));
      // Input, output, nudges, and descriptors 1 and 2, which are the same socket and the only one to be inherited.
      assert.equal(new Set(sockets).size, 4);
      assert.deepEqual(
        body.split(/\s/).filter((link) => link.startsWith('socket:')),
        [shared],
      );
      await worker.stop();
    });
  }

  it('lets the app use multiprocessing', async () => {
    const worker = await WorkerClient.start('forks.py');
    assert.equal((await worker.call({ path: '/processes' }).response()).body, '7');
    await worker.stop();
  });

  it('says what is wrong to interpreters that are too old', async function () {
    const old = ['python2.7', 'python3.6', 'python3.7', 'python3.8'].flatMap(locate);
    if (old.length === 0) this.skip();
    for (const interpreter of old) {
      const failed = await WorkerClient.failure('hello.py', { python: interpreter });
      assert.equal(failed.code, 'python-too-old');
      assert.match(failed.message, /^Python (2|3)\.\d+\.\d+ \(.*\) is too old: .* needs Python 3\.9 or later/);
    }
  });
});

const app = 'def application(environ, start_response):\n    start_response("200 OK", [])\n    return []\n';
const mark = 'atexit.register(lambda: pathlib.Path("mark").write_text("bye"))\n';

async function inFolder(files: Record<string, string>, run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The interpreter's own path, where the machine has one that runs. */
function locate(name: string): string[] {
  try {
    return [
      execFileSync(name, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8', stdio: 'pipe' }).trim(),
    ];
  } catch {
    return []; // not installed
  }
}
