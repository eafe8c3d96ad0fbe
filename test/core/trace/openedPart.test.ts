import assert from 'node:assert/strict';
import type { ExchangePart } from '../../../src/core/trace/messages';
import { openedPart, type OpenedPart } from '../../../src/core/trace/openedPart';

const requestHead =
  'POST / HTTP/1.1\r\nCookie: s=1\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: 4';
const responseHead = 'HTTP/1.1 200 OK\r\nSet-Cookie: s=2';

function opened(part: ExchangePart, body: string, revealed: readonly number[] = []): OpenedPart {
  const requestBody = { bytes: Uint8Array.from(Buffer.from(body, 'latin1')), truncated: false, size: body.length };
  return openedPart({ requestHead, responseHead, requestBody }, part, revealed);
}

describe('openedPart', () => {
  it('masks the secrets of heads and says so, unless they are revealed', () => {
    const note = 'Secrets are masked. Reveal them in the inspector and open it again to see them.';
    const language = 'plaintext';
    const content = 'HTTP/1.1 200 OK\nSet-Cookie: (masked)';
    assert.deepEqual(opened('responseHead', ''), { content, language, note });
    const shown = responseHead.replace('\r\n', '\n');
    assert.deepEqual(opened('responseHead', '', [0]), { content: shown, language, note: '' });
    const request = opened('requestHead', '');
    assert.ok('content' in request && !request.content.includes('s=1'));
  });

  it('opens a body as what its type says, and says where it is not whole', () => {
    assert.deepEqual(opened('requestBody', '"\xc3\xa4"'), { content: '"ä"', language: 'json', note: '' });
    const note = 'The body was longer: this is what was kept of it.';
    assert.deepEqual(opened('requestBody', '"a'), { content: '"a', language: 'json', note });
  });

  it('opens nothing that is not text, or not there', () => {
    const unable = 'The body is not text. Save it instead.';
    assert.deepEqual(opened('requestBody', 'a\0bc'), { unable });
    assert.deepEqual(opened('requestBody', '\x1f\x8bzz'), { unable });
    assert.deepEqual(opened('requestBody', ''), { unable: 'Nothing of the body was kept.' });
    const none = { requestHead: '', responseHead: '' };
    assert.deepEqual(openedPart(none, 'requestBody', []), { unable: 'The request has no body.' });
    assert.deepEqual(openedPart(none, 'requestHead', []), { unable: 'No complete head arrived.' });
    assert.deepEqual(openedPart(none, 'responseHead', []), { unable: 'No response was sent.' });
  });
});
