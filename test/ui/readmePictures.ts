import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { ask } from './ask';
import { endShared } from './shared';
import { root, TestWindow } from './window';
import type { Workbench } from './workbench';

/**
 * Takes the pictures of the README: real requests to the plain WSGI example, in VS Code.
 *
 *     npx tsx test/ui/readmePictures.ts
 *
 * A reduction to 256 colours makes them a third as large.
 */
async function main(): Promise<void> {
  const window = new TestWindow();
  await window.open({
    settings: {
      'lifeline.port': 8888,
      'workbench.activityBar.location': 'hidden',
      'window.commandCenter': false,
      'window.menuBarVisibility': 'hidden',
      'window.customTitleBarVisibility': 'never',
      'workbench.layoutControl.enabled': false,
    },
  });
  try {
    const { workbench } = window;
    await workbench.page.setViewportSize({ width: 1400, height: 960 });
    await workbench.command('View: Close Primary Side Bar');
    await workbench.command('Lifeline: Start Server');
    await workbench.statusBarItem.filter({ hasText: ':8888 · 0 requests' }).waitFor();
    await workbench.command('Lifeline: Show Timeline');
    await workbench.timeline.getByText('Ready for the first request').waitFor();
    const leave = await traffic();
    await workbench.select('GET /slow?seconds=0.6 → 200'); // which waited for a slot
    await takeInBothThemes(workbench, 'timeline');

    leave();
    await after(300);
    await workbench.timeline.getByRole('button', { name: 'Clear' }).click();
    await workbench.timeline.getByText('Ready for the first request').waitFor();
    for (const model of ['iterative', 'threads', 'processes']) {
      await choose(workbench, model);
      await sameTraffic();
    }
    await workbench.timeline.getByRole('button', { name: 'Close Inspector' }).click();
    await workbench.timeline.getByRole('combobox', { name: 'Show' }).selectOption('timeline');
    await workbench.page.setViewportSize({ width: 1400, height: 960 });
    await takeInBothThemes(workbench, 'models');

    await compare(workbench);
    await workbench.page.setViewportSize({ width: 1400, height: 700 });
    await takeInBothThemes(workbench, 'comparison');
  } finally {
    await window.close();
    await endShared();
  }
}

async function takeInBothThemes(workbench: Workbench, picture: string): Promise<void> {
  for (const [name, theme] of [
    ['dark', 'Dark Modern'],
    ['light', 'Light Modern'],
  ] as const) {
    await workbench.command('Preferences: Color Theme');
    await workbench.quickInput.fill(theme);
    await workbench.option(theme).first().click();
    await workbench.timeline.locator(`body.vscode-${name}`).waitFor();
    await workbench.timeline.getByRole('button', { name: 'Zoom to Fit' }).click();
    await workbench.page.mouse.move(700, 8);
    await workbench.page.waitForTimeout(800);
    await workbench.page.screenshot({ path: join(root, 'media', 'readme', `${picture}-${name}.png`) });
  }
}

/** Four slow requests under threads, and again one at a time. */
async function compare(workbench: Workbench): Promise<void> {
  await choose(workbench, 'threads');
  await workbench.timeline.getByRole('button', { name: 'Clear' }).click();
  await workbench.timeline.getByText('Ready for the first request').waitFor();
  await Promise.all([0.3, 0.3, 0.25, 0.2].map((seconds, index) => askLater(seconds, 30 * index)));
  const picture = workbench.picture;
  await picture.focus();
  await picture.press('a');
  await picture.press('r');
  await workbench.option('iterative').click();
  await workbench.page.getByRole('tab', { name: 'threads × 4 | iterative' }).waitFor();
  // One page is left, so that it is plain which is meant.
  await workbench.page.getByRole('tab', { name: 'Request Timeline' }).click({ button: 'middle' });
  await workbench.timeline.getByRole('heading', { level: 1 }).waitFor();
}

async function askLater(seconds: number, ms: number): Promise<void> {
  await after(ms);
  await ask(`${url}/slow?seconds=${seconds}`);
}

/** As a user would, by the command; the server is ready when the toolbar says so. */
async function choose(workbench: Workbench, model: string): Promise<void> {
  await workbench.command('Lifeline: Set Concurrency Model…');
  await workbench.page.locator('.quick-input-title', { hasText: 'Concurrency Model' }).waitFor();
  await workbench.page.locator('.quick-input-list .label-name', { hasText: model }).first().click();
  await workbench.timeline.getByRole('button', { name: `Set Concurrency Model: ${model}` }).waitFor();
  // The new workers import the app meanwhile.
  await after(900);
}

/** Five clients at nearly the same time, of which the third connects as browsers do, in advance, and sends nothing. */
async function sameTraffic(): Promise<void> {
  const requests: Promise<unknown>[] = [];
  for (const [index, seconds] of [0.5, 0.35, 0.45, 0.25].entries()) {
    requests.push(ask(`${url}/slow?seconds=${seconds}`));
    await after(40);
    if (index === 1) {
      const preconnect = await connected();
      requests.push(after(1100).then(() => preconnect.end()));
      preconnect.resume();
    }
  }
  await Promise.all(requests);
  await after(150);
}

const url = 'http://127.0.0.1:8888';

/**
 * A few seconds of everything: a page over keep-alive, slow calls, a queue, a failure, clients that leave or err.
 * Some connections stay until the caller lets them go.
 */
async function traffic(): Promise<() => void> {
  const browser = await connected();
  const visited = visit(browser, ['/', '/slow?seconds=0.7', '/form', '/stream']);
  const preconnect = await connected(); // never sends
  await after(150);
  const slow = [1.2, 1.8, 2.6].map(async (seconds, index) => {
    await after(index * 90);
    await ask(`${url}/slow?seconds=${seconds}`);
  });
  await after(500);
  const waiting = [0.6, 0.3].map((seconds) => ask(`${url}/slow?seconds=${seconds}`));
  await after(120);
  const impatient = await connected();
  impatient.write('GET /slow?seconds=2 HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n\r\n');
  const left = after(1400).then(() => impatient.resetAndDestroy());
  await after(900);
  const noHost = await connected();
  noHost.resume(); // takes the answer, and closes with it
  noHost.write('GET / HTTP/1.1\r\n\r\n');
  await after(500);
  const failed = ask(`${url}/fail`);
  await Promise.all([visited, ...slow, ...waiting, left, failed]);
  await after(300);
  return () => {
    browser.destroy();
    preconnect.destroy();
  };
}

async function connected(): Promise<Socket> {
  const socket = createConnection(8888, '127.0.0.1');
  // What the server sends after a reset is of no interest, nor is its end.
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** One request after another on one connection, as a browser does. */
async function visit(socket: Socket, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:8888\r\n\r\n`);
    let text = '';
    while (!isWhole(text)) text += String((await once(socket, 'data'))[0]);
    await after(200);
  }
}

function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= head + 4 + Number(length);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
