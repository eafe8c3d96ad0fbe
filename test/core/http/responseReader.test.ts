import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpError } from '../../../src/core/http/httpError';
import { ResponseReader, type ResponseEnd } from '../../../src/core/http/responseReader';

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');

/** Responses one after another on a connection, each with the method of its request. */
const responses: readonly [method: string, wire: string, status: number][] = [
  ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345', 200],
  ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n\r\n12345678\r\n0\r\n\r\n', 200],
  ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 200],
  ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n', 304],
  ['POST', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n', 204],
  ['GET', 'HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n', 500],
];

function endsOf(pieces: readonly Uint8Array[], methods: readonly string[], fin: boolean): (ResponseEnd | string)[] {
  const reader = new ResponseReader(latin1);
  const ends: (ResponseEnd | string)[] = [];
  const read = (): void => {
    while (ends.length < methods.length) {
      reader.expect(methods[ends.length] ?? '');
      const end = reader.next();
      if (end === 'need data') return;
      ends.push(end);
    }
  };
  for (const piece of pieces) {
    reader.receive(piece);
    read();
  }
  if (fin) reader.receiveEnd();
  read();
  return ends;
}

const one = (text: string, method = 'GET', fin = true): ResponseEnd | string | undefined =>
  endsOf([Buffer.from(text, 'latin1')], [method], fin)[0];

describe('the reader of responses', () => {
  it('finds the end of each, however the bytes are split', () => {
    const bytes = Buffer.from(responses.map(([, wire]) => wire).join(''), 'latin1');
    const methods = responses.map(([method]) => method);
    const expected = responses.map(([, , status]) => ({ status, keepAlive: true }));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 9 }), (places) => {
        const cuts = [...new Set(places)].sort((a, b) => a - b);
        const pieces = [...cuts, bytes.length].map((cut, index) => bytes.subarray(index ? cuts[index - 1] : 0, cut));
        assert.deepEqual(endsOf(pieces, methods, false), expected);
      }),
      { numRuns: 500 },
    );
  });

  it('knows that the connection closes', () => {
    const closes = 'HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 2\r\n\r\nok';
    assert.deepEqual(one(closes, 'GET', false), { status: 200, keepAlive: false });
    assert.deepEqual(one('HTTP/1.1 200 OK\r\n\r\nuntil the end'), { status: 200, keepAlive: false });
    assert.equal(one('HTTP/1.1 200 OK\r\n\r\nuntil the end', 'GET', false), undefined);
  });

  it('tells a response that was cut short', () => {
    assert.equal(one(''), 'cut short');
    assert.equal(one('HTTP/1.1 200 OK\r\nContent-Le'), 'cut short');
    assert.equal(one('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234'), 'cut short');
    assert.equal(one('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'), 'cut short');
  });

  it('refuses what is no response', () => {
    for (const text of ['SSH-2.0-OpenSSH\r\n', 'HTTP/2 200 OK\r\n\r\n', 'HTTP/1.1 2000 OK\r\n\r\n'])
      assert.throws(() => one(text), HttpError, text);
  });
});
