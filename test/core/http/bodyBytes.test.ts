import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HttpConnection } from '../../../src/core/http/httpConnection';
import { defaultLimits } from '../../../src/core/http/limits';
import { streams } from './streams';

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.subarray(start, end)).toString('latin1');

/** The complete requests as they stood on the wire, put together again from their heads and their bodies' bytes. */
function requestsOf(pieces: readonly Uint8Array[]): string[] {
  const requests: string[] = [];
  let request = '';
  let told = false;
  const connection = new HttpConnection(latin1, defaultLimits, (bytes, last) => {
    assert.equal(told, false, 'nothing comes after the last byte');
    request += latin1(bytes, 0, bytes.length);
    told = last;
  });
  const complete = (): boolean => {
    requests.push(request);
    told = false;
    connection.sendHead(empty200, 'now', false);
    connection.sendEnd();
    if (connection.keepAlive) connection.startNext();
    return connection.keepAlive;
  };
  for (const piece of pieces) {
    connection.receive(piece);
    for (;;) {
      const event = connection.nextEvent();
      if (typeof event === 'string') break;
      if (event.type === 'refused' || event.type === 'closed') return requests;
      if (event.type === 'request') request = `${event.head.text}\r\n\r\n`;
      if (event.type === 'end') assert.ok(told, 'the last bytes come before the end');
      const ended = event.type === 'end' || (event.type === 'request' && event.head.framing.kind === 'none');
      if (ended && !complete()) return requests;
    }
  }
  return requests;
}

describe('the bytes of a request', () => {
  it('are all there, with the framing of chunks and the trailers', () => {
    const posted = [
      'POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345',
      'POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x="y"\r\nabc\r\n0\r\nA: b\r\n\r\n',
      'GET /3?\xfc HTTP/1.1\r\nhoST:   a \r\n\r\n',
    ];
    const bytes = Buffer.from(posted.join(''), 'latin1');
    assert.deepEqual(requestsOf([bytes]), posted);
    assert.deepEqual(requestsOf(Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))), posted);
  });

  it('stand in the stream as they were sent, however it is split', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 6 }), (bytes, places) => {
        const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
        const pieces = [...cuts, bytes.length].map((cut, index) => bytes.subarray(index ? cuts[index - 1] : 0, cut));
        const requests = requestsOf(pieces);
        let rest = bytes.toString('latin1');
        for (const request of requests) {
          rest = rest.replace(/^(\r\n)+/, ''); // line ends between requests belong to none
          assert.equal(rest.slice(0, request.length), request);
          rest = rest.slice(request.length);
        }
        assert.deepEqual(requests, requestsOf([bytes]));
      }),
      { numRuns: 1000 },
    );
  });
});

const empty200 = { status: 200, reason: 'OK', fields: '', contentLength: 0, hasDate: false, hasServer: false };
