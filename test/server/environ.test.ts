import assert from 'node:assert/strict';
import { environOf } from '../../src/core/environOf';
import { serverName } from '../../src/core/http/responseHead';
import type { EnvironVariable } from '../../src/core/trace/shownEnviron';
import type { ServerOptions } from '../../src/server/protocol';
import { RawClient, TestServer } from '../support/servers';

/** The environ that is shown, beside the one that the app had. */
describe('the environ that is made again', () => {
  const asked =
    'GET /app/a%20b/%C3%BC\xc3\xbc?q=1&r=%20 HTTP/1.1\r\nHost: a:1\r\nX-Odd:  \xe9 \r\nCookie: a=1\r\nCookie: b=2\r\n' +
    'X-L: 1\r\nx-l: 2\r\nX_Real_IP: 6\r\nAuthorization: Basic eDp5\r\nContent-Type: text/x\r\n\r\n';

  /** What the app had and what is shown, of one request. */
  async function both(
    request: string,
    options: Partial<ServerOptions>,
  ): Promise<{ had: Record<string, unknown>; shown: ReturnType<typeof environOf> }> {
    const server = await TestServer.start('shows_environ.py', options);
    try {
      const client = await RawClient.to(server.port);
      client.send(request);
      const answer = await client.receives(/\r\n\r\n\{[^]*\}/);
      client.close();
      const had = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n{'))) as Record<string, unknown>;
      const id = server.trace.exchanges.last;
      const row = server.exchange(id);
      const shown = environOf({
        head: (await server.detail(id)).requestHead,
        remote: server.trace.text(server.connection(row.connection).remote),
        server: { name: '127.0.0.1', port: server.port, software: serverName, scriptName: options.scriptName ?? '' },
        concurrency: server.trace.models.at(-1),
      });
      return { had, shown };
    } finally {
      await server.end();
    }
  }

  /** As the app tells it, which tells no objects. */
  function asTold(variables: readonly EnvironVariable[]): Record<string, unknown> {
    const values = variables
      .filter(({ value }) => !value.startsWith('<'))
      .map(({ name, value, text }): [string, unknown] => [name, text ? value : ofPython(value)]);
    return Object.fromEntries(values);
  }

  const ofPython = (value: string): unknown =>
    JSON.parse(
      value
        .replace(/'/g, '"')
        .replace('True', 'true')
        .replace('False', 'false')
        .replace(/^\((.*)\)$/, '[$1]'),
    );

  for (const [concurrency, slots] of [
    ['threads', 4],
    ['threads', 1],
    ['processes', 2],
    ['iterative', 4],
  ] as const) {
    it(`is the one that the app had, under ${concurrency} × ${slots}`, async () => {
      const { had, shown } = await both(asked, { scriptName: '/app', concurrency, slots });
      assert.ok('variables' in shown);
      const names = Object.keys(had).filter((name) => /^(?:[A-Z_]+|wsgi\..*)$/.test(name));
      assert.deepEqual(asTold(shown.variables), Object.fromEntries(names.map((name) => [name, had[name]])));
      assert.deepEqual(shown.dropped, ['x_real_ip']);
    });
  }

  it('has the authority of an absolute target as its host, and says so', async () => {
    const { had, shown } = await both('GET http://b:2/x HTTP/1.1\r\nHost: a\r\n\r\n', {});
    assert.ok('variables' in shown);
    const host = shown.variables.find(({ name }) => name === 'HTTP_HOST');
    assert.deepEqual([host?.value, host?.origin], [had['HTTP_HOST'], 'target: its authority']);
    assert.equal(host?.value, 'b:2');
  });

  it('says where each variable comes from, and which are secret', async () => {
    const { shown } = await both(asked, { scriptName: '/app' });
    assert.ok('variables' in shown);
    const origin = (wanted: string): string | undefined => shown.variables.find(({ name }) => name === wanted)?.origin;
    assert.deepEqual(
      ['REQUEST_METHOD', 'HTTP_COOKIE', 'HTTP_X_ODD', 'CONTENT_TYPE', 'SCRIPT_NAME', 'wsgi.multithread'].map(origin),
      [
        'request line: method',
        '2 fields Cookie, joined',
        'field X-Odd',
        'field Content-Type',
        'lifeline.scriptName',
        'concurrency model',
      ],
    );
    assert.deepEqual(
      shown.variables.filter(({ secret }) => secret).map(({ name }) => name),
      ['HTTP_AUTHORIZATION', 'HTTP_COOKIE'],
    );
    assert.ok(shown.variables.every(({ origin }) => origin !== ''));
  });
});
