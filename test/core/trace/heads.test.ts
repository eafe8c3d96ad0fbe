import assert from 'node:assert/strict';
import { maskedHead, readHead } from '../../../src/core/trace/heads';

describe('readHead', () => {
  it('reads the first line and the fields in order', () => {
    const head = readHead('GET /a?b=1 HTTP/1.1\r\nHost: x:1\r\nX-Empty:\r\nHost: y');
    assert.equal(head.firstLine, 'GET /a?b=1 HTTP/1.1');
    assert.deepEqual(
      head.fields.map(({ name, value }) => [name, value]),
      [
        ['Host', 'x:1'],
        ['X-Empty', ''],
        ['Host', 'y'],
      ],
    );
  });

  it('marks what must not be shown unasked, whatever its case', () => {
    const { fields } = readHead(
      'x\r\nAUTHORIZATION: Basic a\r\ncookie: a=b\r\nSet-Cookie: a\r\nProxy-Authorization: x\r\nAccept: */*',
    );
    assert.deepEqual(
      fields.map((field) => field.secret),
      [true, true, true, true, false],
    );
  });

  it('shows a line that is no field as it is', () => {
    assert.deepEqual(readHead('GARBAGE\r\n<script>').fields, [{ name: '', value: '<script>', secret: false }]);
    assert.deepEqual(readHead(''), { firstLine: '', fields: [] });
  });

  it('takes no byte of a letter for white space', () => {
    assert.equal(readHead('x\r\nX-City: \t Orl\xc3\xa0\t ').fields[0]?.value, 'Orl\xc3\xa0');
  });
});

describe('maskedHead', () => {
  it('masks secrets but for those that are revealed', () => {
    const head = 'GET / HTTP/1.1\r\nHost: a\r\nCookie: s=1\r\nAuthorization: Basic x\r\nbroken';
    assert.equal(maskedHead(head, [2]), 'GET / HTTP/1.1\nHost: a\nCookie: (masked)\nAuthorization: Basic x\nbroken');
  });
});
