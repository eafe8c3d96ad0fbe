import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, TabInputWebview, window } from 'vscode';
import { closings, outcomes } from '../../src/core/trace/columns';
import { api, start, stop, until, writeFile } from './lifeline';

describe('The connections view', () => {
  const sockets: Socket[] = [];

  before(async () => {
    await writeFile(
      'waits.py',
      [
        'import time',
        'def application(environ, start_response):',
        '    time.sleep(float(environ["QUERY_STRING"] or 0))',
        '    start_response("200 OK", [("Content-Type", "text/plain")])',
        '    return [b"waited"]',
      ].join('\n'),
    );
    await commands.executeCommand('lifeline.connections.focus');
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await stop();
    await commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => commands.executeCommand('workbench.view.explorer'));

  /** The lines of the tree, as a reader walks it: two spaces for each level. */
  async function lines(): Promise<string[]> {
    const { connections } = await api();
    const below = (id: string | undefined, depth: number): string[] =>
      connections.getChildren(id).flatMap((each) => {
        const { label, description } = connections.getTreeItem(each);
        assert.ok(typeof label === 'string' && typeof description === 'string');
        return [`${'  '.repeat(depth)}${label} | ${description}`, ...below(each, depth + 1)];
      });
    return below(undefined, 0);
  }

  async function opened(): Promise<Socket> {
    const [host = '', port = ''] = (await api()).state.address?.split(':') ?? [];
    const socket = connect(Number(port), host);
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  const send = (socket: Socket, target: string): boolean => socket.write(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);

  const line = (what: string, pattern: RegExp): Promise<string> =>
    until(what, async () => (await lines()).find((each) => pattern.test(each)));

  it('is empty where no server listens, so that it can say how to start one', async () => {
    await until('nothing', async () => (await lines()).length === 0 || undefined);
  });

  it('shows the server, its connections, what goes on on them, and what has closed', async () => {
    await start('waits.py');
    const { address = '' } = (await api()).state;
    const server = await until('the server', async () => (await lines())[0]);
    assert.equal(server, `${address} | waits.py · threads × 4`);
    assert.equal((await lines())[1] ?? 'Recently closed | ', 'Recently closed | ', 'nothing is connected yet');
    const [idle, busy] = [await opened(), await opened()];
    send(busy, '/page?2');
    const port = String(idle.localPort);
    await line('the idle one', new RegExp(`^ {2}127\\.0\\.0\\.1:${port} \\| no request yet · \\d s · ⇄ :\\d+$`));
    await line(
      'the busy one',
      new RegExp(`^ {2}127\\.0\\.0\\.1:${busy.localPort} \\| busy · \\d s · \\d+ B · 1 request · `),
    );
    await line('its call', /^ {4}GET \/page\?2 \| app call · \d s$/);
    await line('that it stays', new RegExp(`:${busy.localPort} \\| keep-alive · \\d s · \\d+ B · 1 request · ⇄ `));
    assert.ok(!(await lines()).some((each) => each.includes('GET')), 'the request is over');
    idle.destroy();
    await line('the heading', /^Recently closed/);
    await line('the closed one', new RegExp(`^ {2}127\\.0\\.0\\.1:${port} \\| (?:client left|closed by client)`));
  });

  it('shows nothing anew while nothing happens, little while much does, and nothing while it is hidden', async () => {
    await start('waits.py');
    await sleep(1000);
    const { connections, trace } = await api();
    const quiet = connections.refreshes;
    await sleep(1200);
    assert.equal(connections.refreshes, quiet, 'no connection is open');

    const busy = await opened();
    for (let count = 0; count < 100; count++) {
      send(busy, '/');
      await sleep(10);
    }
    const lively = connections.refreshes - quiet;
    assert.ok(lively >= 1 && lively <= 15, `${lively} times in more than a second`);
    await commands.executeCommand('workbench.view.explorer');
    await sleep(700);
    const hidden = connections.refreshes;
    const seen = trace.exchanges.last;
    send(busy, '/');
    await until('the request', () => trace.exchanges.last > seen || undefined);
    await sleep(1500);
    assert.equal(connections.refreshes, hidden, 'it is hidden');
    await commands.executeCommand('lifeline.connections.focus');
    await until('what came meanwhile', () => connections.refreshes > hidden || undefined);
  });

  it('Close This Connection ends it with a FIN, and its request with it', async () => {
    await start('waits.py');
    const { trace } = await api();
    const socket = await opened();
    const { localPort } = socket;
    send(socket, '/cut?1.5');
    await line('the call', /GET \/cut\?1\.5 \| app call/);
    const { connection } = trace.exchange(trace.exchanges.last) ?? assert.fail();
    const ended = once(socket, 'end');
    socket.resume();
    await commands.executeCommand('lifeline.closeConnection', `connection:${connection}`);
    await ended;
    socket.end();
    const row = await until('the end', () => {
      const found = trace.connection(connection);
      return found && !Number.isNaN(found.closed) ? found : undefined;
    });
    assert.equal(closings[row.how], 'by hand');
    await line('the call that goes on', /closed by hand, the app call goes on/);
    await line('the closed one', new RegExp(`:${localPort} \\| closed by hand · \\d+ B · 1 request`));
    const exchange = trace.exchange(trace.exchanges.last);
    assert.equal(outcomes[exchange?.outcome ?? 0], 'closed by hand');
  });

  it('Close This Connection leaves alone what is no connection', async () => {
    await start('waits.py');
    const { localPort } = await opened();
    const open = new RegExp(`:${localPort} \\| no request yet`);
    await line('the connection', open);
    for (const element of ['server', 'connection:999999', { id: 3 }]) {
      await commands.executeCommand('lifeline.closeConnection', element);
    }
    await sleep(600);
    await line('the connection', open);
  });

  it('Reveal on Timeline opens the timeline', async () => {
    await start('waits.py');
    const socket = await opened();
    await line('the connection', new RegExp(`:${socket.localPort} \\| no request yet`));
    const { connections, trace } = await api();
    const id = `connection:${trace.connections.last}`;
    const { command } = connections.getTreeItem(id);
    assert.ok(command);
    await commands.executeCommand(command.command, ...(command.arguments as unknown[]));
    await until('the timeline', () => {
      const input = window.tabGroups.activeTabGroup.activeTab?.input;
      return (input instanceof TabInputWebview && input.viewType.endsWith('lifeline.timeline')) || undefined;
    });
    socket.destroy();
  });
});
