import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands } from 'vscode';
import { api, start, stop, until, writeFile } from './lifeline';

describe('What the kernel tells', function () {
  const sockets: Socket[] = [];

  before(async function () {
    if (process.platform !== 'linux') this.skip();
    await writeFile(
      'plain.py',
      'def application(environ, start_response):\n    start_response("200 OK", [])\n    return [b"plain"]\n',
    );
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await commands.executeCommand('workbench.action.closeAllEditors');
    await stop();
  });

  /** How often the tables are read within a second. */
  async function readings(): Promise<number> {
    const { kernel } = (await api()).trace;
    const seen = new Set<number>();
    for (let count = 0; count < 50; count++) {
      seen.add(kernel.at);
      await sleep(20);
    }
    return seen.size - 1;
  }

  it('is read while the timeline shows it, and at no other time', async () => {
    await start('plain.py');
    const { state, trace } = await api();
    const [host = '', port = ''] = state.address?.split(':') ?? [];
    const socket = connect(Number(port), host);
    sockets.push(socket);
    await until('the connection', () => trace.connections.length > 0 || undefined);
    assert.equal(await readings(), 0, 'nobody looks yet');

    await commands.executeCommand('lifeline.showTimeline');
    const pair = await until('the pair', () => trace.kernel.pair(trace.connections.last));
    assert.deepEqual(
      pair.states.map((each) => each.state),
      ['ESTABLISHED'],
    );
    assert.equal(trace.kernel.acceptQueue?.depth, 0);
    await until('the answer of the server’s thread', () => trace.kernel.pulse?.answered);
    await until('more readings', async () => (await readings()) > 0 || undefined);

    // Another editor over it: the timeline is hidden.
    await commands.executeCommand('workbench.action.files.newUntitledFile');
    await sleep(500);
    assert.equal(await readings(), 0, 'it is hidden');
    await commands.executeCommand('lifeline.showTimeline');
    await until('readings again', async () => (await readings()) > 0 || undefined);

    await commands.executeCommand('workbench.action.closeAllEditors');
    await sleep(500);
    assert.equal(await readings(), 0, 'it is closed');
  });
});
