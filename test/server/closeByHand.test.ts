import assert from 'node:assert/strict';
import { closers, closings, type ConnectionRow } from '../../src/core/trace/columns';
import { eventually, RawClient, TestServer } from '../support/servers';

describe('a connection that is closed by hand', () => {
  let server: TestServer;
  let client: RawClient;

  before(async () => (server = await TestServer.start('routes.py', { slots: 1 })));
  after(() => server.end());
  beforeEach(async () => (client = await RawClient.to(server.port)));
  afterEach(() => client.close());

  const get = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;

  async function row(matches: (row: ConnectionRow) => boolean = () => true): Promise<ConnectionRow> {
    const pair = `127.0.0.1:${client.localPort}`;
    return eventually(`the connection ${pair}`, () => {
      const { first, last } = server.trace.connections;
      for (let id = first; id <= last; id++) {
        const found = server.connection(id);
        if (server.trace.text(found.remote) === pair && matches(found)) return found;
      }
      return undefined;
    });
  }

  /** The client sees a FIN and closes as well; then what the trace says of the end. */
  async function ended(): Promise<{ by: string | undefined; how: string | undefined }> {
    client.socket.end();
    const { closedBy, how } = await row(({ closed }) => !Number.isNaN(closed));
    return { by: closers[closedBy], how: closings[how] };
  }

  it('gets a FIN after the response that it had, and the trace says who closed it', async () => {
    client.send(get('/hello?by-hand'));
    await client.receives(/Hello, world\n$/);
    await server.functions.closeConnection((await row()).id);
    const text = await client.rest();
    assert.match(text, /^HTTP\/1\.1 200 OK[^]*Hello, world\n$/);
    assert.deepEqual(await ended(), { by: 'server', how: 'by hand' });
    assert.equal(server.outcome((await server.ended('/hello?by-hand')).id), 'complete');
  });

  it('gets one before any request, too', async () => {
    await server.functions.closeConnection((await row()).id);
    assert.equal(await client.rest(), '');
    assert.deepEqual(await ended(), { by: 'server', how: 'by hand' });
  });

  it('ends its request in progress, whose slot is free for others as soon as the app returns', async () => {
    client.send(get('/slow?seconds=1&by-hand'));
    const connection = await row(({ requests }) => requests === 1);
    await eventually('the app call', () => {
      const { exchanges } = server.trace;
      return Number.isNaN(server.exchange(exchanges.last).appStart) ? undefined : true;
    });
    await server.functions.closeConnection(connection.id);
    assert.equal(await client.rest(), '', 'it does not wait for the app');
    assert.deepEqual(await ended(), { by: 'server', how: 'by hand' });
    const exchange = await server.ended('/slow?seconds=1&by-hand');
    assert.equal(server.outcome(exchange.id), 'closed by hand');
    assert.equal(exchange.status, 0);
    assert.match(await server.text('/hello'), /Hello/);
  });

  it('may have gone already, or never have been', async () => {
    client.socket.end();
    const { id } = await row(({ closed }) => !Number.isNaN(closed));
    await server.functions.closeConnection(id);
    await server.functions.closeConnection(4_000_000);
    assert.equal(closings[server.connection(id).how], 'FIN');
    assert.match(await server.text('/hello'), /Hello/);
  });
});
