import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Locator } from 'playwright-core';
import { assertEventually } from './openPage';
import { openWindow } from './openWindow';

/** The tree of connections as a person sees and uses it. */
describe('The connections view in VS Code', function () {
  this.timeout(240_000);
  const { workbench } = openWindow('connections', {
    settings: { 'lifeline.slots': 1, 'lifeline.stopTimeoutSeconds': 0 },
  });
  const sockets: Socket[] = [];

  after(() => {
    for (const socket of sockets) socket.destroy();
  });

  const row = (text: RegExp): Locator => workbench.page.getByRole('treeitem', { name: text });
  const connectionOf = (port: number | undefined): Locator => row(new RegExp(`^Connection 127\\.0\\.0\\.1:${port},`));

  async function opened(target?: string): Promise<Socket> {
    const { hostname, port } = new URL(await workbench.serverUrl());
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    await once(socket, 'connect');
    socket.resume();
    if (target !== undefined) socket.write(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`);
    return socket;
  }

  it('starts the server by its button, lists what is connected, reveals and closes', async () => {
    const { page } = workbench;
    await page.getByRole('tab', { name: 'Request Lifeline' }).click();
    const start = page.getByRole('button', { name: 'Start Server' }).last();
    await start.waitFor();
    await workbench.screenshot('connections-1-empty');
    await start.click();
    await row(/^Server 127\.0\.0\.1:\d+, /).waitFor();

    const idle = await opened();
    (await opened()).destroy();
    await row(/^Recently closed connections/).waitFor();
    const slow = await opened('/slow?seconds=60');
    await row(/^Request GET \/slow\?seconds=60, app call, /).waitFor();
    await opened('/waits');
    await row(/^Request GET \/waits, queue, /).waitFor();
    await workbench.screenshot('connections-2-busy');

    await row(/^Request GET \/slow/).hover();
    await row(/^Request GET \/slow/)
      .getByRole('button', { name: 'Reveal on Timeline' })
      .click();
    await workbench.timeline.getByRole('heading', { name: /GET \/slow\?seconds=60/ }).waitFor();
    await workbench.screenshot('connections-3-revealed');

    // By keys alone: the context menu is that of the line with the focus.
    const { localPort } = idle;
    await row(/^Server /).click(); // a click closes it
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+F10');
    const entry = page.getByRole('menuitem', { name: 'Close This Connection' });
    const ended = once(idle, 'end');
    await entry.waitFor();
    // A menu that has just opened does not listen to keys yet.
    await assertEventually(async () => {
      await page.keyboard.press('End'); // the last of its entries
      return page.locator('.monaco-menu .action-item.focused', { hasText: 'Close This Connection' }).isVisible();
    });
    await page.keyboard.press('Enter');
    await ended;
    idle.end();
    await connectionOf(localPort).waitFor({ state: 'detached' });

    const busy = connectionOf(slow.localPort);
    await busy.hover();
    await busy.getByRole('button', { name: 'Close This Connection' }).click();
    await row(/^Connection .* closed by hand/).waitFor();
    await workbench.screenshot('connections-4-closed');
  });
});
