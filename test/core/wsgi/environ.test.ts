import assert from 'node:assert/strict';
import { HttpConnection } from '../../../src/core/http/httpConnection';
import { defaultLimits } from '../../../src/core/http/limits';
import { connectionVariables, hasNul, requestVariables, serverVariables } from '../../../src/core/wsgi/environ';

/** The variables of a request, and the fields that did not become one. */
function environ(request: string, mounted = 0): { variables: Record<string, string>; dropped: readonly string[] } {
  const connection = new HttpConnection(
    (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString('latin1'),
    defaultLimits,
  );
  connection.receive(Buffer.from(`${request}\r\n\r\n`, 'latin1'));
  const event = connection.nextEvent();
  assert.ok(typeof event === 'object' && event.type === 'request');
  const { text, dropped } = requestVariables(event.head, mounted);
  return { variables: pairs(text), dropped };
}

function pairs(text: string): Record<string, string> {
  const parts = text.split('\0');
  assert.equal(parts.length % 2, 0);
  return Object.fromEntries(parts.flatMap((part, index) => (index % 2 ? [] : [[part, parts[index + 1] ?? '']])));
}

describe('the environ of a request', () => {
  it('has what PEP 3333 requires of the request', () => {
    const { variables } = environ(
      'POST /a/b%20c?d=%20&e HTTP/1.1\r\nHost: a:8888\r\nContent-Type: x/y\r\nContent-Length: 3',
    );
    assert.deepEqual(variables, {
      REQUEST_METHOD: 'POST',
      PATH_INFO: '/a/b c',
      QUERY_STRING: 'd=%20&e',
      REQUEST_URI: '/a/b%20c?d=%20&e',
      SERVER_PROTOCOL: 'HTTP/1.1',
      HTTP_HOST: 'a:8888',
      CONTENT_TYPE: 'x/y',
      CONTENT_LENGTH: '3',
    });
  });

  it('has the part of the path that lies below the script name', () => {
    const pathInfo = (target: string): string | undefined =>
      environ(`GET ${target} HTTP/1.1\r\nHost: a`, '/app'.length).variables['PATH_INFO'];
    assert.equal(pathInfo('/app/x%20y?z'), '/x y');
    assert.equal(pathInfo('/%61pp/x'), '/x');
    assert.equal(pathInfo('/app/'), '/');
    assert.equal(pathInfo('/app'), '');
  });

  it('carries bytes as latin-1, encoded or not', () => {
    const { variables } = environ('GET /%C3%BC\xc3\xbc%zz% HTTP/1.1\r\nHost: a\r\nX: \xe9');
    assert.equal(variables['PATH_INFO'], '/\xc3\xbc\xc3\xbc%zz%');
    assert.equal(variables['HTTP_X'], '\xe9');
  });

  it('joins repeated fields, cookies by semicolons', () => {
    const { variables } = environ(
      'GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nCookie: b=2\r\nx-a: 3\r\ncookie: c=4\r\nX-A: 5',
    );
    assert.equal(variables['HTTP_X_A'], '1, 3, 5');
    assert.equal(variables['HTTP_COOKIE'], 'b=2; c=4');
  });

  it('has no field whose name could pose as another one', () => {
    const { variables, dropped } = environ('GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: evil\r\nContent_Length: 5');
    assert.deepEqual(
      Object.keys(variables).filter((name) => name.startsWith('HTTP_')),
      ['HTTP_HOST'],
    );
    assert.deepEqual(dropped, ['x_forwarded_for', 'content_length']);
  });

  it('takes the host of an absolute target', () => {
    assert.equal(environ('GET http://b/ HTTP/1.1\r\nHost: a').variables['HTTP_HOST'], 'b');
    assert.equal(environ('GET http://b/ HTTP/1.0').variables['HTTP_HOST'], 'b');
  });

  it('is completed by the server and the connection', () => {
    assert.deepEqual(
      pairs(
        (
          serverVariables({ name: '127.0.0.1', port: 8888, software: 'S', scriptName: '/app' }) +
          connectionVariables({ address: '::1', port: 5 })
        ).slice(0, -1),
      ),
      {
        SCRIPT_NAME: '/app',
        SERVER_NAME: '127.0.0.1',
        SERVER_PORT: '8888',
        SERVER_SOFTWARE: 'S',
        GATEWAY_INTERFACE: 'CGI/1.1',
        REMOTE_ADDR: '::1',
        REMOTE_PORT: '5',
      },
    );
  });

  it('cannot be torn by an encoded NUL', () => {
    assert.equal(hasNul('/a%00b'), true);
    assert.equal(hasNul('/a%2500b'), false);
  });
});
