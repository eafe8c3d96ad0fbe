import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeptBody } from '../../src/server/keptBody';

const most = 65_536;

describe('the beginning of a body', () => {
  it('is what went over the wire, in however many pieces', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.nat(40_000).map((length) => new Uint8Array(length).fill(length)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, ends) => {
        const body = new KeptBody();
        for (const each of pieces) body.add(each);
        if (ends) body.end();
        const all = Buffer.concat(
          pieces.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)),
        );
        assert.deepEqual(body.copy(), {
          bytes: new Uint8Array(all.subarray(0, most)),
          truncated: !ends || all.length > most,
          size: all.length,
        });
        const target = Buffer.alloc(body.length + 2, 'x');
        assert.equal(body.write(target, 1), body.length);
        assert.deepEqual(target.subarray(1, -1), all.subarray(0, most));
        assert.equal(target.toString('latin1', 0, 1) + target.toString('latin1', target.length - 1), 'xx');
        assert.deepEqual(KeptBody.of(body.copy().bytes, body.size, body.complete).copy(), body.copy());
      }),
      { numRuns: 300 },
    );
  });

  it('holds on to its own bytes alone where it comes in many small pieces', () => {
    const body = new KeptBody();
    for (let count = 0; count < 100; count++) {
      const large = new Uint8Array(64).fill(count);
      body.add(large.subarray(0, 1));
      large.fill(255); // a view of it would tell
    }
    const { bytes } = body.copy();
    assert.deepEqual(
      [...bytes.subarray(50)],
      Array.from({ length: 50 }, (_, index) => index + 50),
    );
  });
});
