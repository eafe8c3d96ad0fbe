import assert from 'node:assert/strict';
import { extentNote, keptPart } from '../../../src/core/trace/bodyExtent';
import type { MessageBody } from '../../../src/core/trace/messages';

function bodyOf(length: number, more: Partial<MessageBody> = {}): MessageBody {
  return { bytes: new Uint8Array(length), truncated: false, kept: length, size: length, decoded: '', ...more };
}

describe('What is said of how much of a body is here', () => {
  it('is nothing where all of it is', () => {
    assert.equal(extentNote(bodyOf(0)), '');
    assert.equal(extentNote(bodyOf(9, { announced: 9 })), '');
    assert.equal(extentNote(bodyOf(900, { kept: 9, size: 9, decoded: 'gzip' })), '');
    assert.equal(keptPart(bodyOf(9)), undefined);
  });

  it('is how much of it is kept, and how large it was', () => {
    const large = bodyOf(65_536, { truncated: true, size: 3_200_000, announced: 3_200_000 });
    assert.equal(keptPart(large), 'the first 64 KB of 3.1 MB');
    assert.equal(extentNote(large), 'Only the first 64 KB of 3.1 MB are kept.');
    assert.equal(
      extentNote({ ...large, bytes: new Uint8Array(200_000), decoded: 'gzip' }),
      'Only the first 64 KB of 3.1 MB of gzip are kept: decoded, 195 KB.',
    );
  });

  it('is that it ended before it should have, which is no fault of what is kept', () => {
    const left = bodyOf(10, { truncated: true, announced: 100 });
    assert.equal(keptPart(left), undefined);
    assert.equal(extentNote(left), 'It did not come whole: 10 B of 100 B.');
    assert.equal(extentNote(bodyOf(10, { truncated: true })), 'It did not come whole: this is what came.');
    assert.equal(
      extentNote(bodyOf(1024 * 1024, { truncated: true, kept: 9000, size: 9000, decoded: 'gzip' })),
      'This is what could be decoded: 1.0 MB from 8.8 KB of gzip.',
    );
  });
});
