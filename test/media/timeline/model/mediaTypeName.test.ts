import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMediaType, mediaKind, mediaTypeName } from '../../../../media/timeline/model/mediaTypeName';

describe('mediaTypeName', () => {
  for (const [type, name, kind] of [
    ['text/html', 'html', 'text'],
    ['text/plain', 'plain', 'text'],
    ['text/event-stream', 'event-stream', 'text'],
    ['text/javascript', 'js', 'text'],
    ['application/x-javascript', 'js', 'application'],
    ['application/json', 'json', 'application'],
    ['application/problem+json', 'json', 'application'],
    ['application/vnd.api+json', 'json', 'application'],
    ['application/xhtml+xml', 'xhtml', 'application'],
    ['application/atom+xml', 'xml', 'application'],
    ['application/octet-stream', 'octet-stream', 'application'],
    ['application/vnd.ms-excel', 'ms-excel', 'application'],
    ['image/svg+xml', 'svg', 'image'],
    ['image/x-icon', 'ico', 'image'],
    ['image/vnd.microsoft.icon', 'ico', 'image'],
    ['font/woff2', 'woff2', 'font'],
    ['application/font-woff', 'font-woff', 'font'],
    ['other', 'other', ''],
    ['text/', 'text/', 'text'],
    ['text/constructor', 'constructor', 'text'],
    ['', '', ''],
  ] as const) {
    it(`calls ${type || 'nothing'} ${name || 'nothing'}`, () =>
      assert.deepEqual([mediaTypeName(type), mediaKind(type)], [name, kind]));
  }
});

describe('isMediaType', () => {
  it('finds a type by its name, its kind, its syntax, the whole and its beginning', () => {
    for (const wanted of ['svg', 'image', 'xml', 'svg+xml', 'image/svg+xml', 'image/']) {
      assert.ok(isMediaType('image/svg+xml', wanted), wanted);
    }
    for (const wanted of ['sv', 'text', 'png', 'none', 'image/png', 'svg+']) {
      assert.ok(!isMediaType('image/svg+xml', wanted), wanted);
    }
    assert.ok(isMediaType('application/javascript', 'javascript') && isMediaType('application/javascript', 'js'));
    assert.ok(isMediaType('application/font-woff', 'font'));
    assert.ok(isMediaType('', 'none') && !isMediaType('', 'text'));
  });

  it('finds every type by what it is called', () => {
    const token = fc.stringMatching(/^[a-z][a-z0-9.+-]{0,20}$/);
    fc.assert(
      fc.property(token, token, (kind, subtype) => {
        const type = `${kind}/${subtype}`;
        for (const wanted of [mediaTypeName(type), mediaKind(type), type]) assert.ok(isMediaType(type, wanted), type);
      }),
    );
  });
});
