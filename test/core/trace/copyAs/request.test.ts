import assert from 'node:assert/strict';
import fc from 'fast-check';
import { copyAs, copyForms, type CopyForm } from '../../../../src/core/trace/copyAs';
import { base64Of, latin1Of, utf8Of } from '../../../../src/core/trace/copyAs/bytes';
import { copiedRequest, urlOf, type CopiedRequest } from '../../../../src/core/trace/copyAs/request';
import { local } from './requests';

function read(
  head: readonly string[],
  body?: string,
  truncated = false,
  revealed: readonly number[] = [],
): CopiedRequest {
  const detail = {
    requestHead: head.join('\r\n'),
    ...(body === undefined
      ? {}
      : { requestBody: { bytes: Uint8Array.from(Buffer.from(body, 'latin1')), truncated, size: body.length } }),
  };
  const request = copiedRequest(detail, local, revealed);
  assert.ok(request);
  return request;
}

const names = (request: CopiedRequest): string[] => request.fields.map(({ name }) => name);

describe('copiedRequest', () => {
  it('drops what belongs to one hop, and what that names', () => {
    const request = read([
      'GET / HTTP/1.1',
      'Host: 127.0.0.1:8888',
      'Connection: keep-alive, X-Hop',
      'X-Hop: 1',
      'Keep-Alive: timeout=5',
      'TE: trailers',
      'Upgrade: h2c',
      'Expect: 100-continue',
      'Accept-Encoding: gzip, br',
      'X-Stays: 1',
    ]);
    assert.deepEqual(names(request), ['X-Stays']);
    assert.equal(request.compressed, true);
    assert.deepEqual(names(read(['GET / HTTP/1.1', 'Accept-Encoding: identity'])), ['Accept-Encoding']);
  });

  it('keeps Host only where it says something else than the URL', () => {
    assert.deepEqual(names(read(['GET / HTTP/1.1', 'Host: shop.test'])), ['Host']);
    const request = read(['GET /a HTTP/1.1', 'Host: localhost:8888']);
    assert.deepEqual([names(request), urlOf(request)], [[], 'http://localhost:8888/a']);
    assert.equal(read(['GET /a HTTP/1.1', 'Host: localhost:9999']).authority, local);
  });

  it('masks secrets, says so, and shows those that are revealed', () => {
    const head = ['GET / HTTP/1.1', 'Authorization: Basic c2VjcmV0', 'Cookie: s=1'];
    for (const form of Object.keys(copyForms) as CopyForm[]) {
      const copied = copyAs(form, { requestHead: head.join('\r\n') }, local, [1]);
      assert.ok('text' in copied);
      assert.ok(!copied.text.includes('c2VjcmV0'));
      assert.ok(copied.text.includes('s=1'));
      assert.match(copied.text, /^(?:#|\/\/|rem) Masked: Authorization\. /);
    }
    assert.deepEqual(read(head, undefined, false, [0, 1]).notes, []);
  });

  it('takes a body out of its chunks, and says where it ends too early', () => {
    const head = ['POST / HTTP/1.1', 'Transfer-Encoding: chunked'];
    assert.equal(read(head, '4;x="y"\r\na\r\nb\r\n2\r\ncd\r\n0\r\nT: 1\r\n\r\n').body, 'a\r\nbcd');
    const cut = read(head, '4\r\nabcd\r\n8\r\nef', true);
    assert.equal(cut.body, 'abcdef');
    assert.deepEqual(cut.notes, ['Only the first 6 bytes of the body were kept.']);
    const short = read(['POST / HTTP/1.1', 'Content-Length: 9'], 'abc', true);
    assert.deepEqual([short.body, short.notes], ['abc', ['Only the first 3 bytes of the body were kept.']]);
    assert.deepEqual(read(['POST / HTTP/1.1', 'Content-Length: 9']).notes, [
      'Only the first 0 bytes of the body were kept.',
    ]);
    assert.equal(read(['POST / HTTP/1.1', 'Content-Length: 0']).body, '');
    assert.equal(read(['POST / HTTP/1.1']).body, undefined);
  });

  it('writes no note that a shell without comments could run', () => {
    const head = ['POST /./ HTTP/1.1', 'cOOkie: a', 'X-Api-Key: b', 'Host: x', 'Content-Length: 9'];
    for (const form of Object.keys(copyForms) as CopyForm[]) {
      const copied = copyAs(form, { requestHead: head.join('\r\n') }, local, []);
      assert.ok('text' in copied);
      const notes = copied.text.split(/\r?\n/).filter((line) => /^(?:#|\/\/|rem) /.test(line));
      assert.ok(notes.length >= 2, copied.text);
      for (const note of notes) assert.match(note, /^(?:#|\/\/|rem) [A-Za-z0-9 .,:-]+$/);
    }
  });

  it('reads no head that is none', () => {
    for (const requestHead of [
      '',
      'GET /',
      'GET / HTTP/1.1\r\nno field',
      'GET /\n HTTP/1.1',
      'GET / HTTP/1.1\r\nA b: c',
    ]) {
      assert.equal(copiedRequest({ requestHead }, local, []), undefined, requestHead);
    }
    assert.deepEqual(copyAs('fetch', { requestHead: '' }, local, []), {
      unable: 'No complete and sound request head arrived.',
    });
    assert.match(JSON.stringify(copyAs('fetch', undefined, local, [])), /unable.*Not kept/);
  });
});

describe('urlOf', () => {
  it('makes a URL of a target, with what no URL may hold escaped', () => {
    const of = (target: string): string | undefined => urlOf(read([`GET ${target} HTTP/1.1`]));
    assert.equal(of('/a|b?q="\xc3\xa9"&p=%20'), 'http://127.0.0.1:8888/a%7Cb?q=%22%C3%A9%22&p=%20');
    assert.equal(of('http://other.test/a?b'), 'http://127.0.0.1:8888/a?b');
    assert.equal(of('http://other.test?b'), 'http://127.0.0.1:8888/?b');
    assert.equal(of('*'), undefined);
    assert.equal(of('other.test:80'), undefined);
  });
});

describe('bytes', () => {
  it('are encoded and decoded as the platform does it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const buffer = Buffer.from(bytes);
          assert.equal(latin1Of(bytes), buffer.toString('latin1'));
          assert.equal(base64Of(latin1Of(bytes)), buffer.toString('base64'));
          let expected: string | undefined;
          try {
            expected = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer);
          } catch {
            expected = undefined;
          }
          assert.equal(utf8Of(latin1Of(bytes)), expected);
        },
      ),
    );
  });
});
