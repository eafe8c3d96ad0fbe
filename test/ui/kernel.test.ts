import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWindowBy } from './openWindow';
import { root } from './window';

/** The extension with a server thread that can be kept busy: for as many ms as the file says, once it is there. */
async function blockableExtension(folder: string, file: string): Promise<string> {
  const extension = join(folder, 'extension');
  for (const part of ['package.json', 'dist', 'media']) {
    await cp(join(root, part), join(extension, part), { recursive: true });
  }
  const thread = join(extension, 'dist', 'serverThread.js');
  await rename(thread, join(extension, 'dist', 'realServerThread.js'));
  await writeFile(
    thread,
    `const { readFileSync, unlinkSync } = require('node:fs');
    setInterval(() => {
      let ms;
      try {
        ms = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
        unlinkSync(${JSON.stringify(file)});
      } catch {
        return; // nobody wants it
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    }, 20).unref();
    require('./realServerThread.js');`,
  );
  return extension;
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** A person who looks at what the kernel tells; each step builds on the one before. */
onLinux('What the kernel tells, in VS Code', function () {
  this.timeout(300_000);
  let folder: string;
  let block: string;
  let port: number;
  const sockets: Socket[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-kernel-'));
    block = join(folder, 'block');
  });
  const { workbench } = openWindowBy('kernel', async (window) =>
    window.open({ extension: await blockableExtension(folder, block) }),
  );
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  it('is the accept queue on the page of the server: nobody waits', async () => {
    port = Number(new URL(await workbench.startServer()).port);
    await askUntilClosed(port);
    await workbench.command('Lifeline: Show Timeline');
    await workbench.inspector.getByText(/^0 of \d/).waitFor();
  });

  it('names who waits to be accepted while the server thread is busy, and for how long it is', async () => {
    // Whole at once: it is looked for each 20 ms.
    await writeFile(`${block}.new`, '6000');
    await rename(`${block}.new`, block);
    while (existsSync(block)) await workbench.page.waitForTimeout(10);
    for (let count = 0; count < 3; count++) sockets.push(connect(port, '127.0.0.1'));
    const sentence = /3 connections wait in the kernel’s accept queue: the server thread has been busy for [\d.]+ s/;
    await workbench.timeline.getByRole('status').filter({ hasText: sentence }).waitFor();
    await workbench.inspector.getByText(/^3 of \d/).waitFor();
    await workbench.screenshot('kernel-1-accept-queue');
  });

  it('says afterwards when that was, and that the thread’s times are to be doubted', async () => {
    const sentence = workbench.inspector.getByText(
      /3 connections waited .* at [\d:.]+( s)?: the server thread was busy for/,
    );
    await sentence.waitFor();
    const [, seconds] = /busy for ([\d.]+) s\.$/.exec((await sentence.innerText()).trim()) ?? [];
    assert.ok(Number(seconds) > 4, `it was busy for ${seconds} s`);
    await workbench.timeline.getByRole('button', { name: /^lag at most [\d.]+ s/ }).click();
    await workbench.timeline
      .getByRole('dialog')
      .getByText(/at most [\d.]+ s at/)
      .waitFor();
    await workbench.screenshot('kernel-2-own-error');
    await workbench.page.keyboard.press('Escape');
  });

  it('is the states of a connection on its page: the server closed first', async () => {
    const canvas = workbench.picture;
    await canvas.focus();
    await workbench.page.keyboard.press('Home');
    // The lane of the first connection, by its title.
    const top = await workbench.timeline.locator('lifeline-numbers').evaluate((each) => each.clientHeight);
    await canvas.click({ position: { x: 60, y: top + 45 } });
    const states = workbench.inspector.getByRole('list', { name: 'TCP states' }).getByRole('listitem');
    await states.filter({ hasText: 'TIME_WAIT' }).waitFor();
    await workbench.inspector.getByText('The server sent its FIN first: TIME_WAIT stays on this side.').waitFor();
    await workbench.screenshot('kernel-3-time-wait');
  });
});

/** A client that closes when the server has: one that closes as soon as it has the answer may be first. */
async function askUntilClosed(port: number): Promise<void> {
  const client = connect(port, '127.0.0.1');
  client.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  client.resume();
  await once(client, 'close');
}
