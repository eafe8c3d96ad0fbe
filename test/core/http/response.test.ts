import assert from 'node:assert/strict';
import { HttpConnection } from '../../../src/core/http/httpConnection';
import { HttpError } from '../../../src/core/http/httpError';
import { defaultLimits } from '../../../src/core/http/limits';
import type { ResponseHead } from '../../../src/core/http/responseHead';

const plain: ResponseHead = {
  status: 200,
  reason: 'OK',
  fields: 'Content-Type: text/plain\r\n',
  contentLength: -1,
  hasDate: false,
  hasServer: false,
};

/** A response to a request: everything that goes over the wire, and what becomes of the connection. */
function respond(
  request: string,
  response: Partial<ResponseHead>,
  blocks: readonly string[] = [],
  close = false,
): { wire: string; keepAlive: boolean; fault: string | undefined } {
  const connection = new HttpConnection(
    (bytes, from, to) => Buffer.from(bytes.subarray(from, to)).toString('latin1'),
    defaultLimits,
  );
  connection.receive(Buffer.from(request));
  assert.equal(typeof connection.nextEvent(), 'object');
  let wire = connection.sendHead({ ...plain, ...response }, 'today', close);
  for (const text of blocks) {
    const { before, block, after } = connection.sendBody(Buffer.from(text));
    wire += before + Buffer.from(block).toString() + after;
  }
  wire += connection.sendEnd();
  return { wire, keepAlive: connection.keepAlive, fault: connection.lengthFault };
}

const get11 = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const get10 = 'GET / HTTP/1.0\r\n\r\n';
const length = (bytes: number): Partial<ResponseHead> => ({
  fields: `Content-Length: ${bytes}\r\n`,
  contentLength: bytes,
});

describe('a response', () => {
  it('with a length keeps the connection', () => {
    const { wire, keepAlive } = respond(get11, length(5), ['he', 'llo']);
    assert.equal(wire, 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nDate: today\r\nServer: Request-Lifeline\r\n\r\nhello');
    assert.equal(keepAlive, true);
  });

  it('without a length is chunked in 1.1', () => {
    const { wire, keepAlive } = respond(get11, {}, ['hello', '', ', world']);
    assert.match(wire, /\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n$/);
    assert.equal(keepAlive, true);
  });

  it('without a length ends with the connection in 1.0', () => {
    const { wire, keepAlive } = respond(get10, {}, ['hello']);
    assert.match(wire, /^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n\r\nhello$/);
    assert.doesNotMatch(wire, /Transfer-Encoding/);
    assert.equal(keepAlive, false);
  });

  it('tells a 1.0 client that the connection stays', () => {
    const { wire, keepAlive } = respond('GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n', length(0));
    assert.match(wire, /\r\nConnection: keep-alive\r\n/);
    assert.equal(keepAlive, true);
  });

  it('says close where the client, or we, want that', () => {
    for (const { wire, keepAlive } of [
      respond('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', length(0)),
      respond(get11, length(0), [], true),
    ]) {
      assert.match(wire, /\r\nConnection: close\r\n/);
      assert.equal(keepAlive, false);
    }
  });

  it('says close to a client that has sent its FIN, after its last request alone', () => {
    const connection = new HttpConnection(
      (bytes, from, to) => Buffer.from(bytes).toString('latin1', from, to),
      defaultLimits,
    );
    connection.receive(Buffer.from(get11 + get11));
    connection.receiveEnd();
    const heads = [1, 2].map((number) => {
      assert.equal(typeof connection.nextEvent(), 'object');
      const head = connection.sendHead({ ...plain, ...length(0) }, 'today', false);
      connection.sendEnd();
      if (number === 1) connection.startNext();
      return head;
    });
    assert.doesNotMatch(heads[0] ?? '', /Connection/);
    assert.match(heads[1] ?? '', /\r\nConnection: close\r\n/);
  });

  it('has no body for HEAD, 204 and 304, whatever the app sends', () => {
    for (const { wire } of [
      respond('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', length(5), ['hello']),
      respond('HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', {}, ['hello']),
      respond(get11, { status: 204, reason: 'No Content' }, ['hello']),
      respond(get11, { status: 304, reason: 'Not Modified', ...length(5) }, ['hello']),
    ]) {
      assert.match(wire, /\r\n\r\n$/);
      assert.doesNotMatch(wire, /hello|Transfer-Encoding/);
    }
  });

  it('never goes beyond its length', () => {
    const { wire, fault, keepAlive } = respond(get11, length(5), ['hello, world', 'more']);
    assert.match(wire, /\r\n\r\nhello$/);
    assert.equal(fault, 'too long');
    assert.equal(keepAlive, true);
  });

  it('that is shorter than its length costs the connection', () => {
    const { fault, keepAlive } = respond(get11, length(5), ['hi']);
    assert.equal(fault, 'too short');
    assert.equal(keepAlive, false);
  });

  it('keeps the Date and Server that the app set', () => {
    const { wire } = respond(get11, {
      fields: 'Date: x\r\nServer: y\r\n',
      hasDate: true,
      hasServer: true,
      contentLength: 0,
    });
    assert.equal(wire, 'HTTP/1.1 200 OK\r\nDate: x\r\nServer: y\r\n\r\n');
  });

  it('of the app must end the request', () => {
    for (const status of [101, 199, 1000]) {
      assert.throws(
        () => respond(get11, { status }),
        (error: unknown) => error instanceof HttpError && error.code === 'bad-status' && error.fault === 'app',
      );
    }
  });
});
