import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask } from './ask';
import { openWindows } from './openWindow';
import { alive } from '../support/alive';

/** Nothing of the server outlives the editor, however the editor ends. */
describe('Where the editor ends', function () {
  this.timeout(300_000);
  const window = openWindows('ending');
  const { workbench } = window;

  /** The app tells its process, and the extension host's, which has started it. */
  const start = async (): Promise<{ readonly url: string; readonly app: number; readonly host: number }> => {
    await window.open({}, async (folder) => {
      await writeFile(
        join(folder, 'processes.py'),
        [
          'import os',
          'def application(environ, start_response):',
          '    start_response("200 OK", [("Content-Type", "text/plain")])',
          '    return [b"%d %d" % (os.getpid(), os.getppid())]',
        ].join('\n'),
      );
      await writeFile(join(folder, '.vscode', 'settings.json'), '{ "lifeline.appFile": "processes.py" }');
      return undefined;
    });
    const url = await workbench.startServer();
    const [app = 0, host = 0] = (await ask(url)).body.split(' ').map(Number);
    assert.ok(alive(app) && alive(host));
    return { url, app, host };
  };

  it('by a kill of the extension host, the port is free and the app’s process gone', async () => {
    const { url, app, host } = await start();
    process.kill(host, 'SIGKILL');
    await gone(app);
    await assert.rejects(ask(url));
  });

  it('by a window that is closed, too', async () => {
    const { url, app } = await start();
    await workbench.command('Developer: Reload Window');
    await gone(app);
    await assert.rejects(ask(url));
  });

  it('by a kill in the midst of a call that never returns, too', async () => {
    const { url, app, host } = await start();
    await writeFile(
      join(window.folder, 'processes.py'),
      [
        'import os',
        'def application(environ, start_response):',
        '    if environ["PATH_INFO"] == "/for-ever":',
        '        while True: pass',
        '    start_response("200 OK", [("Content-Type", "text/plain")])',
        '    return [b"%d" % os.getpid()]',
      ].join('\n'),
    );
    await workbench.command('Lifeline: Restart Server');
    await gone(app);
    const again = await workbench.serverUrl();
    const busy = Number((await ask(again)).body);
    const cut = assert.rejects(ask(`${again}/for-ever`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(host, 'SIGKILL');
    await cut;
    await gone(busy);
    await assert.rejects(ask(url));
  });
});

async function gone(pid: number): Promise<void> {
  for (let left = 200; left > 0; left--) {
    if (!alive(pid)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`process ${pid} is still there`);
}
