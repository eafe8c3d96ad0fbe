import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  looksLikeText,
  visible,
  visibleBytes,
  visibleText,
  type Piece,
} from '../../../../../media/timeline/model/content/visibleText';

const joined = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.shown)).join('');
const marks = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [`${piece.shown} ${piece.meaning}`]));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('visible', () => {
  it('marks what cannot be seen or reorders, and leaves scripts, tabs and line ends alone', () => {
    assert.deepEqual(visible('\x1b[31mred\r\n'), [{ shown: '\\x1b', meaning: 'control character' }, '[31mred\r\n']);
    assert.deepEqual(marks(visible('a\u202egnp.exe')), ['\\u202e changes the direction of writing']);
    assert.deepEqual(marks(visible('a\rb')), ['\\x0d control character']);
    assert.deepEqual(marks(visible('\u200b\ud800')), ['\\u200b\\ud800 cannot be seen']);
    assert.equal(joined(visible('\u{e0041}')), '\\U000e0041');
    for (const text of ['שלום', '👩‍💻', 'a\tb\nc', 'می‌خواهم']) assert.deepEqual(visible(text), [text]);
    assert.equal(visibleText('a\0b'), 'a\\x00b');
  });

  it('shows everything, and nothing that an unseen character could do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pieces = visible(text);
        assert.equal(joined(pieces), visibleText(text));
        assert.doesNotMatch(joined(pieces), /[\u202a-\u202e\u2066-\u2069]|(?![\t\n\r])\p{Cc}/u);
      }),
    );
  });

  it('costs no mark for each of very many', () => {
    const pieces = visible('a\0'.repeat(50_000));
    assert.ok(pieces.length < 5000, String(pieces.length));
    assert.equal(joined(pieces), 'a\\x00'.repeat(50_000));
  });
});

describe('visibleBytes', () => {
  it('shows each byte that is no UTF-8 as a mark', () => {
    const bytes = Uint8Array.from([0x61, 0xff, 0xc3, 0xa4, 0xc3, 0x62, 0xe2, 0x82]);
    assert.equal(joined(visibleBytes(bytes)), 'a\\xffä\\xc3b\\xe2\\x82');
    assert.equal(joined(visibleBytes(bytes, 'utf-8', true)), 'a\\xffä\\xc3b');
  });

  it('finds invalid bytes exactly where a strict decoder does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let valid = true;
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        } catch {
          valid = false;
        }
        assert.equal(
          marks(visibleBytes(bytes)).some((mark) => mark.endsWith('no valid UTF-8')),
          !valid,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('reads any text whole, and its beginning without a mark for a character that was cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(200), (text, length) => {
        const bytes = utf8(text);
        assert.equal(joined(visibleBytes(bytes)), visibleText(text));
        const beginning = visibleBytes(bytes.subarray(0, length), 'utf-8', true);
        assert.ok(!marks(beginning).some((mark) => mark.endsWith('no valid UTF-8')));
        assert.ok(visibleText(text).startsWith(joined(beginning)));
      }),
    );
  });

  it('reads other charsets, and those that nobody knows as UTF-8', () => {
    assert.deepEqual(visibleBytes(Uint8Array.from([0xe4]), 'iso-8859-1'), ['ä']);
    assert.deepEqual(visibleBytes(Uint8Array.from([0x3d, 0xd8, 0, 0xde]), 'utf-16le'), ['😀']);
    assert.deepEqual(visibleBytes(utf8('ä'), 'no-such'), ['ä']);
  });
});

describe('looksLikeText', () => {
  it('tells text from other bytes', () => {
    assert.equal(looksLikeText(utf8('Grüße,\r\n\tשלום\u202e'), false), true);
    assert.equal(looksLikeText(Uint8Array.from([0x89, 0x50, 0x4e, 0x47]), false), false);
    assert.equal(looksLikeText(utf8('a\0b'), false), false);
    assert.equal(looksLikeText(utf8('ä').subarray(0, 1), true), true);
  });
});
