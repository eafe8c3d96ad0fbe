import assert from 'node:assert/strict';
import fc from 'fast-check';
import { toWorker } from '../../src/core/wsgi/frames';
import { FrameReader } from '../../src/server/frameReader';
import { FrameWriter } from '../../src/server/frameWriter';

interface Frame {
  readonly type: number;
  readonly call: number;
  readonly payload: string;
}

function read(pieces: readonly Buffer[]): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader((type, call, bytes, start, end) => {
    frames.push({ type, call, payload: bytes.toString('latin1', start, end) });
  });
  for (const piece of pieces) reader.receive(piece);
  return frames;
}

const frame = fc.record({
  call: fc.nat(0xffffffff),
  bytes: fc.uint8Array({ maxLength: 40, size: 'max' }),
  repeat: fc.constantFrom(1, 1, 1, 5000),
});

describe('frames', () => {
  it('are read as they were written, however they are split', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 8 }), (frames, places) => {
        const writer = new FrameWriter();
        const expected = frames.map(({ call, bytes, repeat }) => {
          const payload = Buffer.concat(Array.from({ length: repeat }, () => Buffer.from(bytes)));
          writer.bytes(toWorker.body, call, payload);
          return { type: toWorker.body, call, payload: payload.toString('latin1') };
        });
        const all = writer.take();
        const cuts = [...new Set(places.map((place) => place % (all.length + 1)))].sort((a, b) => a - b);
        const pieces = [...cuts, all.length].map((cut, index) => all.subarray(index ? cuts[index - 1] : 0, cut));
        assert.deepEqual(read(pieces), expected);
      }),
      { numRuns: 300 },
    );
  });

  it('of every kind keep what was written before', () => {
    const writer = new FrameWriter();
    writer.text(toWorker.call, 1, 3, 'PATH_INFO\0/\xfc');
    const early = writer.take();
    writer.u8(toWorker.abort, 2, 1);
    writer.u32(toWorker.credit, 3, 65_536);
    writer.f64(toWorker.clock, 0, 1.5);
    writer.empty(toWorker.bodyEnd, 4);
    writer.bytes(toWorker.body, 5, Buffer.alloc(100_000, 'x'));
    const frames = read([early, writer.take()]);
    assert.equal(writer.pending, false);
    assert.deepEqual(
      frames.map(({ type, call }) => [type, call]),
      [
        [toWorker.call, 1],
        [toWorker.abort, 2],
        [toWorker.credit, 3],
        [toWorker.clock, 0],
        [toWorker.bodyEnd, 4],
        [toWorker.body, 5],
      ],
    );
    assert.equal(frames[0]?.payload, '\x03PATH_INFO\0/\xfc');
    assert.equal(frames[1]?.payload, '\x01');
    assert.equal(frames[2]?.payload, '\0\0\x01\0');
    assert.equal(Buffer.from(frames[3]?.payload ?? '', 'latin1').readDoubleLE(), 1.5);
    assert.equal(frames[5]?.payload, 'x'.repeat(100_000));
  });

  it('that are longer than any sound one are refused', () => {
    const header = Buffer.alloc(9);
    header.writeUInt32LE(0x7fffffff);
    assert.throws(() => read([header]), /a frame of 2147483647 bytes/);
  });
});
