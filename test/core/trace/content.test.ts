import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentOf, type Content } from '../../../src/core/trace/content';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

function content(head: string, body: string, truncated = false, size = body.length): [string, boolean, number] {
  const { bytes, cut, size: all }: Content = contentOf(head, { bytes: bytesOf(body), truncated, size });
  return [Buffer.from(bytes).toString('latin1'), cut, all];
}

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked';

describe('the content of a message', () => {
  it('is its body, where that has a length or ends with the connection', () => {
    assert.deepEqual(content('HTTP/1.1 200 OK\r\nContent-Length: 3', 'abc'), ['abc', false, 3]);
    assert.deepEqual(content('HTTP/1.1 200 OK', 'abc'), ['abc', false, 3]);
    assert.deepEqual(contentOf('HTTP/1.1 204 No Content', undefined), {
      bytes: new Uint8Array(0),
      cut: false,
      size: 0,
    });
  });

  it('says where it is cut, how large it was, and how large it was to be', () => {
    const left = contentOf('HTTP/1.1 200 OK\r\nContent-Length: 9', {
      bytes: bytesOf('abc'),
      truncated: false,
      size: 3,
    });
    assert.equal(left.announced, 9);
    assert.deepEqual(content('HTTP/1.1 200 OK\r\nContent-Length: 9', 'abc'), ['abc', true, 3]);
    assert.deepEqual(content('HTTP/1.1 200 OK', 'abc', true, 500), ['abc', true, 500]);
    assert.deepEqual(content(chunked, '3\r\nabc\r\n', false), ['abc', true, 3]);
    assert.deepEqual(content(chunked, '5\r\nabc', true, 70_000), ['abc', true, 70_000]);
    assert.deepEqual(content(chunked, '3\r\nabc\r\nzz', false).slice(0, 2), ['abc', true]);
  });

  it('is what was put into chunks, whatever that was', () => {
    const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }));
    const endings = fc.constantFrom('0\r\n\r\n', '000\r\nA: b\r\n\r\n', '0;x=y\r\n\r\n');
    fc.assert(
      fc.property(pieces, endings, (pieces, ending) => {
        const framed = pieces.flatMap((piece) => [
          bytesOf(`${piece.length.toString(16).toUpperCase()}\r\n`),
          piece,
          bytesOf('\r\n'),
        ]);
        const bytes = new Uint8Array(Buffer.concat([...framed, bytesOf(ending)]));
        const whole = Buffer.concat(pieces);
        const found = contentOf(chunked, { bytes, truncated: false, size: bytes.length });
        assert.deepEqual(found, { bytes: new Uint8Array(whole), cut: false, size: whole.length });
      }),
    );
  });
});
