import assert from 'node:assert/strict';
import { formsFor } from '../../../../../media/timeline/model/content/bodyForms';
import { openedBody, type OpenedBody } from '../../../../../media/timeline/model/content/openedBody';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function opened(content: string | Uint8Array, contentType: string, more = 0): OpenedBody {
  const bytes = typeof content === 'string' ? utf8(content) : content;
  const body = { bytes, truncated: more > 0, kept: bytes.length, size: bytes.length + more, decoded: '' };
  return openedBody(body, contentType);
}

describe('formsFor', () => {
  const best = (contentType: string, content: string | Uint8Array = 'text'): string =>
    formsFor(contentType, typeof content === 'string' ? utf8(content) : content, false).join(' ');

  it('goes by the type', () => {
    assert.equal(best('application/json; charset=utf-8'), 'json text hex');
    assert.equal(best('application/problem+json'), 'json text hex');
    assert.equal(best('application/x-www-form-urlencoded'), 'form text hex');
    assert.equal(best('multipart/form-data; boundary=b'), 'form text hex');
    assert.equal(best('image/png'), 'image hex');
    assert.equal(best('image/svg+xml'), 'image text hex');
    assert.equal(best('text/html'), 'text hex');
    assert.equal(best('application/xhtml+xml'), 'text hex');
    assert.equal(best('text/javascript'), 'text hex');
  });

  it('goes by the bytes where the type says nothing', () => {
    assert.equal(best('', '  {"a": 1}'), 'json text hex');
    assert.equal(best('', 'hello'), 'text hex');
    assert.equal(best('application/octet-stream', 'hello'), 'text hex');
    assert.equal(best('application/octet-stream', Uint8Array.from([0, 1])), 'hex text');
    assert.equal(best('application/pdf', Uint8Array.from([0x25, 0xff])), 'hex text');
  });

  it('reads no form without its boundary', () => {
    assert.equal(best('multipart/form-data'), 'text hex');
  });
});

describe('openedBody', () => {
  it('reads JSON, names its secrets, and says where it is none', () => {
    const body = opened('{"user": "a", "password": "b", "in": {"accessToken": 1, "password": 2}}', 'application/json');
    assert.equal(body.json?.nodes.length, 6);
    assert.deepEqual(body.secrets, ['password', 'accessToken']);
    const wrong = opened('{\n  "a": 1,\n}', 'application/json');
    assert.deepEqual(wrong.forms, ['text', 'hex']);
    assert.deepEqual(wrong.notes, ['No valid JSON: a name in quotes was expected at line 3, column 1.']);
    assert.deepEqual(opened('{"a": 1', 'application/json').notes, [
      'No valid JSON: it ends at line 1, column 8, before it is complete.',
    ]);
  });

  it('shows the beginning of what was cut', () => {
    const { json, notes } = opened('{"a": 1, "b": [2, ', 'application/json', 3_000_000);
    assert.ok(json);
    assert.equal(json.cut, true);
    assert.equal(json.nodes.length, 4);
    assert.deepEqual(notes, ['Only the first 18 B of 2.9 MB are kept.']);
  });

  it('reads the fields of forms, and which of them are secret', () => {
    const { form } = opened('user=J%C3%BCrgen&pass=x&empty=&bad=%ff', 'application/x-www-form-urlencoded');
    assert.deepEqual(form, [
      { name: ['user'], value: ['Jürgen'], secret: false },
      { name: ['pass'], value: ['x'], secret: true },
      { name: ['empty'], value: [], secret: false },
      { name: ['bad'], value: [{ shown: '\\xff', meaning: 'no valid UTF-8' }], secret: false },
    ]);
  });

  it('says of files what they are, and of what is no text its size', () => {
    const content = [
      '--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nt0k\r\n',
      '--b\r\nContent-Disposition: form-data; name="f"; filename="b\u00fc.png"\r\nContent-Type: image/png\r\n\r\n123\r\n',
      '--b\r\nContent-Disposition: form-data; name="n"\r\n\r\n\0\0\r\n--b--',
    ].join('');
    const { form, secrets } = opened(content, 'multipart/form-data; boundary=b');
    assert.deepEqual(form, [
      { name: ['csrf_token'], value: ['t0k'], secret: true },
      { name: ['f'], value: ['bü.png'], note: 'file, image/png, 3 B', secret: false },
      { name: ['n'], value: ['2 bytes that are no text'], note: '2 B', secret: false },
    ]);
    assert.deepEqual(secrets, ['csrf_token']);
  });

  it('says where a form is not closed', () => {
    const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1';
    const { form, notes } = opened(part, 'multipart/form-data; boundary=b');
    assert.deepEqual(form, [{ name: ['a'], value: ['1'], note: '1 B of it are here', secret: false }]);
    assert.deepEqual(notes, ['The closing boundary is missing: the form may be incomplete.']);
  });

  it('says that it does not know a charset', () => {
    const { charset, notes } = opened('a', 'text/plain; charset=\u202ex');
    assert.equal(charset, 'utf-8');
    assert.deepEqual(notes, ['The charset “\\u202ex” is not known: read as UTF-8.']);
  });
});
