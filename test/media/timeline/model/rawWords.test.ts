import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cellOf, isPart, printable, rawLines, textAsBytes, utf8In } from '../../../../media/timeline/model/rawWords';
import { referenceUrl } from '../../../../media/timeline/references';
import { extentOf, wordsOf } from '../../../../media/timeline/model/rawWords';
import { rawSpans } from '../../../../src/core/trace/rawSpans';
import { streams } from '../../../core/http/streams';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('the lines of a message', () => {
  it('are the first line, one for each field and chunk, and the content', () => {
    const text =
      'P /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nab\r\n1\r\nc\r\n0\r\nT: 1\r\n\r\nGET';
    const spans = rawSpans(bytesOf(text), 'request');
    const lines = rawLines(spans).map((line) =>
      line
        .map((index) => spans[index])
        .filter(isPart)
        .map(({ from, to }) => JSON.stringify(text.slice(from, to)).slice(1, -1)),
    );
    assert.deepEqual(lines, [
      ['P', '/x', 'HTTP/1.1'],
      ['Host', 'a'],
      ['Transfer-Encoding', 'chunked'],
      ['\\r\\n'],
      ['2', 'ab'],
      ['1', 'c'],
      ['0'],
      ['T', '1'],
      ['\\r\\n'],
      ['GET'],
    ]);
  });

  it('have every part once, in the order of the bytes', () => {
    fc.assert(
      fc.property(streams, (bytes) => {
        const spans = rawSpans(bytes, 'request');
        const found = rawLines(spans)
          .flat()
          .filter((index) => isPart(spans[index]));
        const all = spans.flatMap((span, index) => (isPart(span) ? [index] : []));
        assert.deepEqual(found, all);
      }),
    );
  });

  it('can be told, with a page where that is said', () => {
    const spans = rawSpans(bytesOf('GET / HTTP/1.1\r\nA: b\r\n\r\n'), 'request');
    const [method] = spans;
    assert.ok(method);
    assert.equal(extentOf(method), '3 bytes at 0 (0x0)');
    for (const span of spans) {
      assert.notEqual(wordsOf(span).label, '');
      assert.match(
        referenceUrl(wordsOf(span).reference) ?? '',
        /^https:\/\/www\.rfc-editor\.org\/rfc\/rfc911\d\.html#section-/,
      );
    }
  });
});

describe('bytes as text', () => {
  it('are printable ASCII alone, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.match(printable(bytes), /^[\x20-\x7e]*$/);
        for (const byte of bytes) assert.equal(cellOf(byte).length, 1);
      }),
    );
    assert.equal(printable(bytesOf('a\r\n\t\x1b[0m\xff\0')), 'a\\r\\n\\t\\x1b[0m\\xff\\x00');
  });

  it('are read as UTF-8 only where that is more, sound and harmless', () => {
    const read = (text: string): string | undefined => utf8In(new TextEncoder().encode(text));
    assert.deepEqual([read('plain'), read('Grüße')], [undefined, 'Grüße']);
    assert.deepEqual([read('a\u202eb'), read('ü\x1b[0m'), utf8In(bytesOf('\xfc'))], [undefined, undefined, undefined]);
    assert.deepEqual(textAsBytes('\xc3\xbc'), { escaped: '\\xc3\\xbc', utf8: 'ü' });
  });
});
