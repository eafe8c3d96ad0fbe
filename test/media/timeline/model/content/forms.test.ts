import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf } from '../../../../../media/timeline/model/content/bytes';
import { cookiesOf, setCookiesOf } from '../../../../../media/timeline/model/content/cookies';
import { mediaTypeOf } from '../../../../../media/timeline/model/content/mediaType';
import { multipartOf } from '../../../../../media/timeline/model/content/multipart';
import { queryPairs, urlencodedPairs } from '../../../../../media/timeline/model/content/urlencoded';
import { latin1Of } from '../../../../../src/core/trace/copyAs/bytes';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('urlencodedPairs', () => {
  it('reads what URLSearchParams reads', () => {
    const piece = fc.constantFrom('a', 'b', '=', '&', '+', '%', '%41', '%c3%a4', '%zz', ' ', '%00');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), (parts) => {
        const encoded = parts.join('');
        assert.deepEqual(
          urlencodedPairs(encoded).map(({ name, value }) => [text(name), text(value)]),
          [...new URLSearchParams(encoded)],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps bytes that are no text', () => {
    const [pair] = urlencodedPairs('n=%ff\xfe');
    assert.deepEqual(pair?.value, Uint8Array.from([0xff, 0xfe]));
  });

  it('finds the query of a target', () => {
    assert.deepEqual(
      queryPairs('/a?b=1?2').map(({ value }) => text(value)),
      ['1?2'],
    );
    assert.deepEqual(queryPairs('/a'), []);
  });
});

describe('mediaTypeOf', () => {
  it('reads a type and its parameters', () => {
    const media = mediaTypeOf('Text/HTML ;Charset="utf-8" ; q="a\\"b;c"; charset=x');
    assert.equal(media.type, 'text/html');
    assert.deepEqual(
      [...media.parameters],
      [
        ['charset', 'utf-8'],
        ['q', 'a"b;c'],
      ],
    );
    assert.deepEqual(mediaTypeOf(''), { type: '', parameters: new Map() });
  });
});

describe('multipartOf', () => {
  const boundary = 'x+(1)';
  const encode = (parts: readonly { head: string; content: Uint8Array }[]): Uint8Array =>
    bytesOf(
      parts.map(({ head, content }) => `--${boundary}\r\n${head}\r\n\r\n${latin1Of(content)}\r\n`).join('') +
        `--${boundary}--\r\n`,
    );

  it('gives back the parts that a form was made of', () => {
    const part = fc.record({ name: fc.stringMatching(/^[a-z]{1,8}$/), content: fc.uint8Array({ maxLength: 60 }) });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const form = encode(
          parts.map(({ name, content }) => ({ head: `Content-Disposition: form-data; name="${name}"`, content })),
        );
        const { parts: read, closed } = multipartOf(form, boundary);
        assert.equal(closed, true);
        assert.deepEqual(
          read.map(({ name, content, complete }) => ({ name, content: latin1Of(content), complete })),
          parts.map(({ name, content }) => ({ name, content: latin1Of(content), complete: true })),
        );
      }),
    );
  });

  it('reads any beginning of a form, and never more than is there', () => {
    const form = encode([
      { head: 'Content-Disposition: form-data; name="a"', content: bytesOf('1') },
      {
        head: 'Content-Disposition: form-data; name="f"; filename="a\\"b.png"\r\nContent-Type: image/png',
        content: bytesOf('\r\n--x'),
      },
    ]);
    const whole = multipartOf(form, boundary);
    assert.deepEqual(
      whole.parts.map(({ name, filename, type }) => [name, filename, type]),
      [
        ['a', undefined, ''],
        ['f', 'a"b.png', 'image/png'],
      ],
    );
    for (let length = 0; length < form.length - 4; length++) {
      const { parts, closed } = multipartOf(form.subarray(0, length), boundary);
      assert.equal(closed, false);
      for (const [index, { complete, content }] of parts.entries()) {
        if (complete) assert.deepEqual(content, whole.parts[index]?.content);
      }
      assert.ok(parts.filter(({ complete }) => !complete).length <= 1);
    }
  });

  it('is not taken in by what only resembles a delimiter', () => {
    const content = bytesOf('a--x+(1)\r\n\r\n--x+(1)more\r\nxx--x+(1)--');
    const { parts } = multipartOf(encode([{ head: 'Content-Disposition: form-data; name="a"', content }]), boundary);
    assert.deepEqual(
      parts.map((part) => latin1Of(part.content)),
      [latin1Of(content)],
    );
  });

  it('reads parts without a head or without anything', () => {
    const { parts, closed } = multipartOf(bytesOf('preamble\r\n--b\r\n\r\nplain\r\n--b\r\n--b--'), 'b');
    assert.deepEqual(
      parts.map(({ name, content }) => [name, latin1Of(content)]),
      [
        ['', 'plain'],
        ['', ''],
      ],
    );
    assert.equal(closed, true);
  });
});

describe('cookiesOf', () => {
  const field = (name: string, value: string): { name: string; value: string; secret: boolean } => ({
    name,
    value,
    secret: true,
  });

  it('reads all, in their order, as they are', () => {
    assert.deepEqual(
      cookiesOf([field('cookie', 'a=1; b="x y"; a=2;;odd'), field('Host', 'h'), field('Cookie', 'c==')]),
      [
        { name: 'a', value: '1' },
        { name: 'b', value: '"x y"' },
        { name: 'a', value: '2' },
        { name: '', value: 'odd' },
        { name: 'c', value: '=' },
      ],
    );
  });

  it('reads those that are set, with their attributes', () => {
    assert.deepEqual(setCookiesOf([field('Set-Cookie', 's=1; HttpOnly ;Path=/'), field('set-cookie', 't=')]), [
      { name: 's', value: '1', attributes: ['HttpOnly', 'Path=/'] },
      { name: 't', value: '', attributes: [] },
    ]);
  });
});
