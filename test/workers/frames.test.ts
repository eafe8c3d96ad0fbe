import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import * as frames from '../../src/core/wsgi/frames';
import { FrameReader } from '../../src/server/frameReader';
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

  it('are the same on both sides, whichever way they go and however they are cut', () => {
    const script = `
import json, sys
sys.path.insert(0, sys.argv[1])
from lifeline_bridge import frames
from lifeline_bridge.frame_reader import FrameReader
asked = json.loads(sys.stdin.read())
reader = FrameReader()
read = [frame for piece in asked["pieces"] for frame in reader.feed(bytes.fromhex(piece))]
sent = b"".join(
    frames.chunk(call, at, bool(number % 2), bytes.fromhex(block)) + frames.log(call, at, number % 3, bytes.fromhex(block))
    for call, at, number, block in asked["answers"]
)
print(json.dumps({"read": [[kind, call, payload.hex()] for kind, call, payload in read], "sent": sent.hex()}))`;
    const call = fc.nat(0xffffffff);
    const hex = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('hex'));
    const cuts = fc.array(fc.nat(), { maxLength: 12 });
    const answers = fc.array(fc.tuple(call, fc.double({ noNaN: true, min: 0, max: 1e12 }), fc.nat(5), hex), {
      maxLength: 8,
    });
    const sent = fc.array(fc.tuple(fc.integer({ min: 1, max: 255 }), call, hex), { maxLength: 8 });
    fc.assert(
      fc.property(sent, answers, cuts, (toThem, fromThem, places) => {
        const bytes = Buffer.concat(toThem.map(([type, id, payload]) => encode(type, id, Buffer.from(payload, 'hex'))));
        const pieces = cut(bytes, places).map((piece) => piece.toString('hex'));
        const input = JSON.stringify({ pieces, answers: fromThem });
        const output = execFileSync(python, ['-S', '-c', script, parent], { encoding: 'utf8', input });
        const told = JSON.parse(output) as { read: unknown; sent: string };
        assert.deepEqual(told.read, toThem);

        const heard: unknown[] = [];
        const reader = new FrameReader((type, id, all, start, end) => {
          const block = all.toString('hex', start + 9, end);
          heard.push([type, id, all.readDoubleLE(start), all.readUInt8(start + 8), block]);
        });
        for (const piece of cut(Buffer.from(told.sent, 'hex'), places)) reader.receive(piece);
        const { chunk, log } = frames.fromWorker;
        const expected = fromThem.flatMap(([id, at, number, block]) => [
          [chunk, id, at, number % 2, block],
          [log, id, at, number % 3, block],
        ]);
        assert.deepEqual(heard, expected);
      }),
      { numRuns: 25 },
    );
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

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index ? ends[index - 1] : 0, end));
}

async function clock(worker: WorkerClient): Promise<number> {
  const answers = worker.all('clock').length;
  const payload = Buffer.alloc(8);
  payload.writeDoubleLE(123.25);
  worker.send(frames.toWorker.clock, 0, payload);
  await worker.until(() => worker.all('clock').length > answers, 'the clock');
  return worker.all('clock').at(-1)?.answered ?? NaN;
}
