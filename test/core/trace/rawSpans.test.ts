import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rawSpans, spanAt, type RawSpan } from '../../../src/core/trace/rawSpans';
import { streams } from '../http/streams';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** Each span as its kind and its text; what separates is left out, for it is the same everywhere. */
function told(text: string, spans: readonly RawSpan[]): string[] {
  const separators = ['space', 'lineEnd', 'colon', 'margin', 'chunkEnd'];
  return spans
    .filter(({ kind }) => !separators.includes(kind))
    .map(({ kind, from, to }) => `${kind} ${JSON.stringify(text.slice(from, to)).slice(1, -1)}`);
}

const request = (text: string, refused = false): string[] => told(text, rawSpans(bytesOf(text), 'request', refused));
const response = (text: string): string[] => told(text, rawSpans(bytesOf(text), 'response'));

const hostile = fc.oneof(
  streams,
  fc.uint8Array({ maxLength: 200 }),
  fc
    .array(
      fc.constantFrom('\r\n', '\n', '\r', ' ', ':', '0', '5', 'a', '\0', '\xff', 'Transfer-Encoding: chunked', '100'),
      {
        maxLength: 40,
      },
    )
    .map((parts) => bytesOf(parts.join(''))),
  fc.string().map((text) => bytesOf(`HTTP/1.1 ${text}`)),
);

describe('the spans of a message', () => {
  it('have every byte exactly once, whatever the bytes are', () => {
    const messages = fc.constantFrom('request' as const, 'response' as const);
    fc.assert(
      fc.property(hostile, messages, fc.boolean(), (bytes, message, refused) => {
        let end = 0;
        for (const { from, to } of rawSpans(bytes, message, refused)) {
          assert.equal(from, end, 'no gap and no overlap');
          assert.ok(to > from, 'not empty');
          end = to;
        }
        assert.equal(end, bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('are found by their bytes', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        const spans = rawSpans(bytes, 'request');
        for (let byte = 0; byte < bytes.length; byte++) {
          const span = spans[spanAt(spans, byte)];
          assert.ok(span && span.from <= byte && byte < span.to);
        }
        assert.deepEqual([spanAt(spans, -1), spanAt(spans, bytes.length)], [-1, -1]);
      }),
    );
  });

  it('name the parts of a request', () => {
    assert.deepEqual(request('\r\nGET /a b HTTP/1.1\r\nHost:  a \r\nX:\r\n\r\n'), [
      'emptyLine \\r\\n',
      'method GET',
      'target /a b',
      'version HTTP/1.1',
      'fieldName Host',
      'fieldValue a',
      'fieldName X',
      'headEnd \\r\\n',
    ]);
  });

  it('name chunks, their extensions and trailers', () => {
    const text =
      'P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1a;x\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\nT: 1\r\n\r\n';
    assert.deepEqual(request(text).slice(6), [
      'chunkSize 1a',
      'chunkExtension ;x',
      'chunkData abcdefghijklmnopqrstuvwxyz',
      'lastChunk 0',
      'trailerName T',
      'trailerValue 1',
      'trailersEnd \\r\\n',
    ]);
    const cut = text.slice(0, text.indexOf('xyz'));
    assert.deepEqual(request(cut).slice(-1), ['chunkData abcdefghijklmnopqrstuvw']);
  });

  it('name what is malformed, and what was not read', () => {
    assert.deepEqual(request('P / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n').slice(-2), [
      'chunkData ab',
      'malformed c\\r\\n',
    ]);
    assert.deepEqual(request('GET / HTTP/1.1\r\nno field\r\n folded\r\n\r\nGET /smuggled', true).slice(3), [
      'noField no field',
      'noField  folded',
      'headEnd \\r\\n',
      'rest GET /smuggled',
    ]);
    assert.deepEqual(request('\x16\x03\x01'), ['malformed \\u0016\\u0003\\u0001']);
    assert.deepEqual(request('GET'), ['malformed GET']);
    assert.deepEqual(request(''), []);
  });

  it('name the parts of a response, and of an interim one before it', () => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno';
    assert.deepEqual(response(text), [
      'version HTTP/1.1',
      'status 100',
      'reason Continue',
      'headEnd \\r\\n',
      'version HTTP/1.1',
      'status 404',
      'reason Not Found',
      'fieldName Content-Length',
      'fieldValue 2',
      'headEnd \\r\\n',
      'content no',
    ]);
  });

  it('count fields as the head does, and know secrets, also among trailers', () => {
    const text =
      'P / HTTP/1.1\r\nHost: a\r\ncookie: b\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: c\r\nX: d\r\n\r\n';
    const spans = rawSpans(bytesOf(text), 'request');
    const values = spans.filter(({ kind }) => kind === 'fieldValue' || kind === 'trailerValue');
    assert.deepEqual(
      values.map(({ number, secret }) => [number, secret]),
      [
        [0, false],
        [1, true],
        [2, false],
        [3, true],
        [4, false],
      ],
    );
  });
});
