import assert from 'node:assert/strict';
import { openedBody, openedHead, type OpenedPart } from '../../../src/core/trace/openedPart';

const requestHead =
  'POST / HTTP/1.1\r\nCookie: s=1\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: 4';
const responseHead = 'HTTP/1.1 200 OK\r\nSet-Cookie: s=2';

function opened(
  body: string,
  more: { truncated?: boolean; undecodable?: string } = {},
  head = requestHead,
): OpenedPart {
  const bytes = Uint8Array.from(Buffer.from(body, 'latin1'));
  return openedBody(head, 'request', {
    bytes,
    truncated: false,
    kept: body.length,
    size: body.length,
    decoded: '',
    ...more,
  });
}

describe('openedHead', () => {
  it('masks secrets and says so, unless they are revealed', () => {
    const note = 'Secrets are masked. Reveal them in the inspector and open it again to see them.';
    const language = 'plaintext';
    const content = 'HTTP/1.1 200 OK\nSet-Cookie: (masked)';
    assert.deepEqual(openedHead(responseHead, 'response', []), { content, language, note });
    const shown = responseHead.replace('\r\n', '\n');
    assert.deepEqual(openedHead(responseHead, 'response', [0]), { content: shown, language, note: '' });
    const request = openedHead(requestHead, 'request', []);
    assert.ok('content' in request && !request.content.includes('s=1'));
  });

  it('says where there is none', () => {
    assert.deepEqual(openedHead('', 'request', []), { unable: 'No complete head arrived.' });
    assert.deepEqual(openedHead('', 'response', []), { unable: 'No response was sent.' });
  });
});

describe('openedBody', () => {
  it('opens a body as what its type says, and says where it is not whole', () => {
    assert.deepEqual(opened('"\xc3\xa4"'), { content: '"ä"', language: 'json', note: '' });
    const note = 'It did not come whole: this is what came.';
    assert.deepEqual(opened('"a', { truncated: true }), { content: '"a', language: 'json', note });
    const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1';
    assert.deepEqual(opened('\xe4', {}, head), { content: 'ä', language: 'html', note: '' });
  });

  it('opens nothing that is not text, or not there', () => {
    const unable = 'The body is not text. Save it instead.';
    assert.deepEqual(opened('a\0bc'), { unable });
    assert.deepEqual(opened('\x1f\x8bzz'), { unable });
    assert.deepEqual(opened('text', { undecodable: 'It is not what its Content-Encoding says.' }), { unable });
    assert.deepEqual(opened('', { truncated: true }), { unable: 'Nothing of the body was kept.' });
    assert.deepEqual(opened(''), { unable: 'The request has no body.' });
    const forgotten = 'The body of the response is forgotten: the server holds the newest only.';
    assert.deepEqual(openedBody(responseHead, 'response', undefined), { unable: forgotten });
  });
});
