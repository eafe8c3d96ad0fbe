import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as frames from '../../src/core/wsgi/frames';
import { encode, python, WorkerClient } from '../support/workerClient';

const parent = join(import.meta.dirname, '..', '..', 'src', 'workers', 'python');

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

describe('worker: frames', () => {
  it('agree on both sides: same names, same values, same order', () => {
    const script = `
import json, sys
sys.path.insert(0, sys.argv[1])
from lifeline_bridge import frames
def shown(value):
    if isinstance(value, type):
        return [[name, number] for name, number in vars(value).items() if not name.startswith('_')]
    return value
names = ['header_size', 'initial_credit', 'longest_payload', 'to_worker', 'call_flags', 'from_worker', 'head_flags', 'streams']
order = [name for name in vars(frames) if name in names]
print(json.dumps([[name, shown(getattr(frames, name))] for name in order]))`;
    const output = execFileSync(python, ['-c', script, parent], { encoding: 'utf8' });
    const theirs = (JSON.parse(output) as [string, unknown][]).map(([name, value]) => [
      camelCase(name),
      Array.isArray(value) && Array.isArray(value[0])
        ? (value as [string, number][]).map(([key, number]) => [camelCase(key), number])
        : value,
    ]);
    const { headerSize, initialCredit, longestPayload, toWorker, callFlags, fromWorker, headFlags, streams } = frames;
    const ours = Object.entries({
      headerSize,
      initialCredit,
      longestPayload,
      toWorker,
      callFlags,
      fromWorker,
      headFlags,
      streams,
    }).map(([name, value]) => [
      name,
      typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : value,
    ]);
    assert.deepEqual(theirs, ours);
    assert.equal(theirs.length, Object.keys(frames).length);
  });

  it('say when the worker is ready, and who it is', async () => {
    const worker = await WorkerClient.start('hello.py');
    assert.equal(worker.ready.pid, worker.process.pid);
    assert.match(worker.ready.python, /^3\.\d+\.\d+$/);
    assert.equal(worker.ready.app, 'hello.py:application');
    await worker.stop();
  });

  it('carry a whole response in one reply, with ordered times', async () => {
    const worker = await WorkerClient.start('hello.py');
    const before = await clock(worker);
    const reply = await worker.call().over();
    const after = await clock(worker);
    assert.ok(reply.type === 'reply');
    const { head } = reply;
    assert.equal(`${head.status} ${head.reason}`, '200 OK');
    assert.deepEqual(head.headers, [
      ['Content-Type', 'text/plain'],
      ['Content-Length', '13'],
    ]);
    assert.equal(reply.block.toString(), 'Hello, world!');
    assert.equal(head.slot, 1);
    const times = [before, head.began, head.responded, reply.yielded, reply.ended, after];
    assert.deepEqual(
      [...times].sort((a, b) => a - b),
      times,
    );
    await worker.stop();
  });

  it('relate the clocks', async () => {
    const worker = await WorkerClient.start('hello.py');
    const first = await clock(worker);
    const sent = performance.now();
    const second = await clock(worker);
    const passed = performance.now() - sent;
    assert.ok(second > first && second - first < passed + 1000);
    const [answer] = worker.all('clock');
    assert.ok(answer && answer.read <= answer.answered);
    assert.equal(answer.server, 123.25);
    await worker.stop();
  });

  it('are understood however they are cut', async () => {
    const worker = await WorkerClient.start('reads_body.py');
    const call = worker.call({ path: '/all', body: null });
    const body = encode(frames.toWorker.body, call.number, Buffer.from('cut into bytes'));
    const all = Buffer.concat([body, encode(frames.toWorker.bodyEnd, call.number)]);
    for (const byte of all) {
      worker.sendRaw(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await call.response()).body, 'cut into bytes');
    await worker.stop();
  });

  it('that are nonsense end the worker with a message', async () => {
    for (const nonsense of [encode(99, 1), Buffer.alloc(64, 0xff)]) {
      const worker = await WorkerClient.start('sleeps.py');
      worker.call({ query: '0.05' });
      worker.nudge();
      worker.sendRaw(nonsense);
      assert.equal(await worker.exited, 70);
      assert.match(worker.rawStderr, /app worker of Request Lifeline failed[^]*ValueError/);
    }
  });
});

async function clock(worker: WorkerClient): Promise<number> {
  const answers = worker.all('clock').length;
  const payload = Buffer.alloc(8);
  payload.writeDoubleLE(123.25);
  worker.send(frames.toWorker.clock, 0, payload);
  await worker.until(() => worker.all('clock').length > answers, 'the clock');
  return worker.all('clock').at(-1)?.answered ?? NaN;
}
