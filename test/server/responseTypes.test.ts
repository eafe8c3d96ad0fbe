import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MediaTypes, otherMediaType } from '../../src/core/trace/mediaTypes';
import { ResponseTypes } from '../../src/server/responseTypes';

describe('the media types of responses', () => {
  /** What a viewer calls the type of each. */
  function namesOf(heads: readonly string[]): string[] {
    const [types, viewer] = [new ResponseTypes(), new MediaTypes()];
    return heads.map((fields) => {
      const number = types.numberIn(fields);
      const news = types.take();
      if (news) viewer.put(news);
      return viewer.name(number);
    });
  }

  it('are read in every way in which they may be written', () => {
    const read = [
      'Content-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n',
      'content-length: 3\r\ncontent-type: text/html\r\n',
      'X-A: b\r\nCONTENT-TYPE:Text/HTML ;charset=utf-8\r\n',
      'Content-Type: \t text/html\r\n',
    ];
    assert.deepEqual(
      namesOf(read),
      read.map(() => 'text/html'),
    );
  });

  it('are none where there is no such field, or nothing in it', () => {
    const none = [
      '',
      'Content-Length: 0\r\n',
      'Content-Type:\r\n',
      'Content-Type: \r\n',
      'Content-Type: ;charset=utf-8\r\n',
      'X-Content-Type: text/html\r\n',
      'X-Content-Type-Options: nosniff\r\n',
      'X-Note: Content-Type: text/html\r\n',
    ];
    assert.deepEqual(
      namesOf(['Content-Type: text/html\r\n', ...none]).slice(1),
      none.map(() => ''),
    );
  });

  it('are found where another field speaks of them first', () => {
    assert.deepEqual(namesOf(['X-Note: Content-Type: text/css\r\nContent-Type: text/html\r\n']), ['text/html']);
  });

  it('are not taken for the one before that begins in the same way', () => {
    const heads = ['text/htm', 'text/html', 'text/htm', 'text', 'text/html;a', ''].map(
      (type) => `Content-Type: ${type}\r\nX: y\r\n`,
    );
    assert.deepEqual(namesOf(heads), ['text/htm', 'text/html', 'text/htm', 'text', 'text/html', '']);
  });

  it('are the same, in whichever order they come', () => {
    const name = fc.constantFrom('text/html', 'text/htm', 'application/json', 'image/png', '');
    const after = fc.constantFrom('', ';', '; charset=utf-8', ' ');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, after)), (heads) => {
        assert.deepEqual(
          namesOf(heads.map(([type, more]) => `Content-Length: 5\r\nContent-Type: ${type}${more}\r\n`)),
          heads.map(([type]) => type),
        );
      }),
    );
  });

  it('fit into a byte: more than 254, and one that is too long, are “other”', () => {
    const heads = Array.from({ length: 300 }, (_, index) => `Content-Type: text/x-${index}\r\n`);
    const types = new ResponseTypes();
    const numbers = heads.map((fields) => types.numberIn(fields));
    assert.deepEqual(
      numbers,
      heads.map((_, index) => Math.min(index + 1, otherMediaType)),
    );
    assert.equal(types.numberIn(heads[7] ?? ''), 8);
    assert.equal(types.take()?.names.length, 254);
    assert.equal(types.take(), undefined, 'told once');
    assert.deepEqual(namesOf([`Content-Type: text/${'x'.repeat(10_000)}\r\n`, 'Content-Type: text/css\r\n']), [
      'other',
      'text/css',
    ]);
  });

  it('make no trouble where lines do not end', () => {
    assert.deepEqual(namesOf(['Content-Type: ', 'Content-Type: text/css', 'Content-Type: text/html\r\n', '']), [
      '',
      'text/css',
      'text/html',
      '',
    ]);
  });
});
