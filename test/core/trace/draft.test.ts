import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ExchangeDetail } from '../../../src/core/trace/detail';
import {
  draftBytes,
  draftErrors,
  draftOf,
  draftWarnings,
  type Draft,
  type DraftBody,
  type DraftField,
} from '../../../src/core/trace/draft';
import { requestBodyOf } from '../../../src/core/trace/copyAs/request';

type Kept = Pick<ExchangeDetail, 'requestHead' | 'requestBody'>;

function kept(head: string, body?: Uint8Array | string, truncated = false): Kept {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { requestHead: head, ...(bytes && { requestBody: { bytes, truncated, size: bytes.length } }) };
}

function draft(detail: Kept): Draft {
  const made = draftOf(detail);
  assert.ok(made);
  return made;
}

function sent(of: Draft, content = ''): { head: string; body: string } {
  const bytes = draftBytes(of, content);
  assert.ok(!('unable' in bytes), JSON.stringify(bytes));
  return bytes;
}

const text = (value: string): DraftBody => ({ kind: 'text', text: value, lineEnd: '\n' });
const field = (name: string, value: string, on = true): DraftField => ({ name, value, on });
const post = (body: DraftBody, fields: readonly DraftField[], framed = true): Draft => ({
  method: 'POST',
  target: '/x',
  version: 'HTTP/1.1',
  fields: [field('Host', 'a'), ...fields],
  body,
  framed,
});

describe('a draft', () => {
  it('that nobody has edited is the request that arrived, whatever its body', () => {
    const name = fc
      .stringMatching(/^[A-Za-z][A-Za-z-]{0,8}$/)
      .filter((each) => !/^(content-length|transfer-encoding)$/i.test(each));
    const value = fc.stringMatching(/^([!-~\xa1-\xff]([ -~]{0,6}[!-~])?)?$/);
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 20 }).map((each) => new TextEncoder().encode(each)),
      fc
        .array(fc.constantFrom('a', '\r', '\n', '\r\n', '\t', '\x1b', 'é', '\0'), { maxLength: 8 })
        .map((parts) => new TextEncoder().encode(parts.join(''))),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 4 }), bodies, fc.boolean(), (fields, bytes, chunked) => {
        const wire = chunked ? asChunks(bytes) : bytes;
        const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`;
        const head = ['POST /a?b=%20 HTTP/1.1', ...fields.map(([each, its]) => `${each}: ${its}`), framing].join(
          '\r\n',
        );
        const detail = kept(head, wire);
        const bytesSent = sent(draft(detail), requestBodyOf(detail).content);
        assert.equal(bytesSent.head, `${head}\r\n\r\n`);
        const again = kept(
          head,
          Uint8Array.from(bytesSent.body, (each) => each.charCodeAt(0)),
        );
        assert.deepEqual(requestBodyOf(again), { content: latin1(bytes), cut: false });
        if (!chunked) assert.equal(bytesSent.body, latin1(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps Content-Length right, in bytes and in its place', () => {
    const fields = [field('content-length', '1'), field('X', 'y')];
    assert.equal(
      sent(post(text('héllo'), fields)).head,
      'POST /x HTTP/1.1\r\nHost: a\r\ncontent-length: 6\r\nX: y\r\n\r\n',
    );
    assert.equal(sent(post(text('héllo'), [])).head, 'POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\n');
    assert.equal(sent({ ...post(text(''), []), method: 'GET' }).head, 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n');
    assert.match(sent(post(text(''), [])).head, /\r\nContent-Length: 0\r\n\r\n$/);
  });

  it('leaves framing alone where it is switched off, or its field is', () => {
    const wrong = post(text('12345'), [field('Content-Length', '3')], false);
    assert.match(sent(wrong).head, /Content-Length: 3\r\n/);
    assert.equal(sent(wrong).body, '12345');
    assert.match(draftWarnings(wrong, 0).join(), /take the rest for another request/);
    assert.match(
      draftWarnings(post(text('12345'), [field('Content-Length', '9')], false), 0).join(),
      /wait for the rest/,
    );
    const off = post(text('12345'), [field('Content-Length', '5', false)]);
    assert.doesNotMatch(sent(off).head, /content-length/i);
    assert.match(draftWarnings(off, 0).join(), /takes the body for another request/);
    const raw = post(text('5\r\nhello'), [field('Transfer-Encoding', 'chunked')], false);
    assert.equal(sent(raw).body, '5\r\nhello');
    assert.match(draftWarnings(raw, 0).join(), /framing of chunks yourself/);
  });

  it('makes one chunk of a chunked body', () => {
    const chunked = post(text('sixteen letters.'), [field('Transfer-Encoding', 'chunked')]);
    assert.equal(sent(chunked).body, '10\r\nsixteen letters.\r\n0\r\n\r\n');
    assert.doesNotMatch(sent(chunked).head, /content-length/i);
    assert.equal(sent({ ...chunked, body: text('') }).body, '0\r\n\r\n');
  });

  it('gives lines back the ends that they had, and does not take for text what would not be the same', () => {
    const multipart = draft(kept('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7', 'a\r\nb\r\nc'));
    assert.deepEqual(multipart.body, { kind: 'text', text: 'a\nb\nc', lineEnd: '\r\n' });
    const edited = { ...multipart, body: { kind: 'text', text: 'a\nB\nc', lineEnd: '\r\n' } as const };
    assert.equal(sent(edited).body, 'a\r\nB\r\nc');
    for (const body of ['a\r\nb\n', 'a\rb', '\x1b[2J', 'a\0b']) {
      assert.equal(
        draft(kept(`POST / HTTP/1.1\r\nContent-Length: ${body.length}`, body)).body.kind,
        'kept',
        JSON.stringify(body),
      );
    }
    assert.deepEqual(draft(kept('POST / HTTP/1.1\r\nContent-Length: 900', 'begin', true)).body, {
      kind: 'lost',
      length: 5,
    });
  });

  it('is not sent where other bytes would go out than the form shows', () => {
    const errors = (part: Partial<Draft>): string => draftErrors({ ...post(text(''), []), ...part }).join('\n');
    assert.equal(errors({}), '');
    assert.match(errors({ target: '/a\r\nX: y' }), /The target has a line break/);
    assert.match(errors({ fields: [field('X', 'a\nEvil: b')] }), /value of X has a line break/);
    assert.equal(errors({ fields: [field('X', 'a\nEvil: b', false)] }), '', 'what is left out harms nobody');
    assert.match(errors({ target: '/日本' }), /“日”, which is no byte/);
    assert.deepEqual(
      draftWarnings({ ...post(text(''), []), target: '/日本' }, 0),
      draftWarnings(post(text(''), []), 0),
    );
    assert.match(errors({ body: { kind: 'lost', length: 65_536 } }), /first 65536 bytes/);
    assert.ok('unable' in draftBytes({ ...post(text(''), []), method: 'A\0' }, ''));
  });

  it('warns of what the server will refuse, and lets it be sent', () => {
    const warned = (part: Partial<Draft>): string => draftWarnings({ ...post(text(''), []), ...part }, 0).join('\n');
    assert.equal(warned({}), '');
    assert.match(warned({ method: 'GE T' }), /no token/);
    assert.match(warned({ target: '/a b' }), /has a space/);
    assert.match(warned({ fields: [] }), /one Host/);
    assert.match(warned({ fields: [field('Host', 'a'), field('Host', 'b')] }), /one Host/);
    assert.match(warned({ fields: [field('Host', 'a'), field('bad name', 'b')] }), /“bad name” is no name/);
    const both = [field('Host', 'a'), field('Content-Length', '0'), field('Transfer-Encoding', 'chunked')];
    assert.match(warned({ fields: both }), /stand together/);
    assert.equal(sent({ ...post(text(''), []), target: '/a b' }).head.split('\r\n')[0], 'POST /a b HTTP/1.1');
  });

  it('is not there without a complete head', () => {
    assert.equal(draftOf(kept('')), undefined);
    assert.equal(draftOf(kept('GET /')), undefined);
  });
});

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** In pieces of three bytes. */
function asChunks(bytes: Uint8Array): Uint8Array {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const piece = bytes.subarray(at, at + 3);
    pieces.push(Buffer.from(`${piece.length}\r\n`), Buffer.from(piece), Buffer.from('\r\n'));
  }
  return new Uint8Array(Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]));
}
