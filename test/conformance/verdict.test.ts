import assert from 'node:assert/strict';
import { answersIn } from './answers';
import { readingOf } from './reading';
import { judge } from './verdict';

const echo = (line: string, body = ''): string => {
  const text = `echo ${line}\n${body}`;
  return `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
};
const badRequest = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 3\r\n\r\nbad';

function verdict(events: readonly string[], received: string, closed: boolean): string {
  const reading = readingOf(events);
  const methods = reading.served.map(({ method }) => method);
  const { kind, text } = judge(reading, { answers: answersIn(received, methods), closed });
  return `${kind}: ${text}`;
}

describe('the verdict on what a server answers', () => {
  const two = ['request POST /1 HTTP/1.1', 'body hello', 'end, keep-alive', 'request GET /2 HTTP/1.1', 'end, close'];
  const none = ['request POST / HTTP/1.1', 'refused 400 bad-chunk'];

  it('accepts the requests that were meant', () => {
    assert.equal(verdict(two, echo('POST /1', 'hello') + echo('GET /2'), true), 'accepted: 200, 200');
    assert.equal(verdict(two, echo('POST /1', 'hello'), true), 'accepted: 200, closed');
    assert.equal(verdict(['closed'], '', true), 'accepted: ');
  });

  it('tells a refusal, a close and silence apart', () => {
    assert.equal(verdict(none, badRequest, true), 'refused: 400');
    assert.equal(verdict(none, '<p>Error code: 400', true), 'refused: no head');
    assert.equal(verdict(none, '', true), 'closed: closed');
    assert.equal(verdict(none, '', false), 'hung: silence');
    assert.equal(verdict(two, echo('POST /1', 'hello'), false), 'hung: 200, silence');
    assert.equal(verdict(['closed'], '', false), 'hung: silence');
    assert.equal(verdict(two, echo('POST /1', 'hello') + badRequest, true), 'refused: 200, 400');
  });

  it('takes what is malformed and served for accepted, unless a hidden request is served', () => {
    assert.equal(verdict(none, echo('POST /') + badRequest, true), 'accepted: 200, 400');
    assert.equal(verdict(none, echo('POST /') + echo('GET /next'), true), 'accepted: 200, 200');
    assert.equal(verdict(none, echo('POST /') + echo('GET /smuggled'), true), 'wrong: serves /smuggled');
  });

  it('finds what the client did not send', () => {
    assert.equal(verdict(two, echo('POST /1') + badRequest, true), 'wrong: body lost');
    assert.equal(verdict(two, echo('POST /1', 'hell'), true), 'wrong: body “hell”');
    assert.equal(verdict(two, echo('GET /1', 'hello'), true), 'wrong: method GET');
    const headAndGet = ['request HEAD /1 HTTP/1.1', 'end, keep-alive', 'request GET /2 HTTP/1.1', 'end, keep-alive'];
    assert.equal(verdict(headAndGet, echo('HEAD /1') + echo('GET /2'), false), 'wrong: sends a body to HEAD');
    const three = echo('POST /1', 'hello') + echo('GET /2') + echo('GET /3');
    assert.equal(verdict(two, three, true), 'wrong: serves GET /3 too');
  });

  it('tells another path, and reads chunked answers, interim ones and those to HEAD', () => {
    assert.equal(verdict(two, echo('POST //1', 'hello') + echo('GET /2'), true), 'accepted: 200, 200, path //1');
    const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\necho \r\n7\r\nGET /a\n\r\n0\r\n\r\n';
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n';
    assert.deepEqual(answersIn(`HTTP/1.1 100 Continue\r\n\r\n${chunked}${head}${badRequest}`, ['GET', 'HEAD']), [
      { status: 200, echo: { method: 'GET', path: '/a', body: '' } },
      { status: 200, echo: { method: 'HEAD', path: '', body: '' } },
      { status: 400, echo: undefined },
    ]);
  });
});
