import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { collect } from '../harness/processRun';
import { findInterpreter } from '../../src/server/interpreter';
import { ask } from './ask';
import { openWindows } from './openWindow';

/** The questions, messages and menus around a start of the server, answered as a person does. */
describe('Starting the server in VS Code', function () {
  this.timeout(300_000);
  const window = openWindows('starting');
  const { workbench } = window;

  const setSettings =
    (settings: Readonly<Record<string, unknown>>) =>
    async (folder: string): Promise<undefined> => {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    };

  it('asks for the app where none is set, offers what it finds, and starts what was picked', async () => {
    await window.open({}, setSettings({}));
    await workbench.command('Lifeline: Start Server');
    await workbench.option('hello.py:application').waitFor();
    await workbench.screenshot('starting-1-pick-app');
    await workbench.option('hello.py:application').click();
    assert.equal((await ask(await workbench.serverUrl())).status, 200);
    const stored = await readFile(join(window.folder, '.vscode', 'settings.json'), 'utf8');
    assert.match(stored, /"lifeline\.appFile": "hello\.py:application"/);
  });

  it('checks an app that is typed, and offers a restart to a server that runs', async () => {
    await window.open();
    await writeFile(
      join(window.folder, 'typed.py'),
      'def site(environ, start_response):\n    start_response("200 OK", [])\n    return [b"typed"]\n',
    );
    await workbench.startServer();
    await workbench.command('Lifeline: Set App File…');
    // The list is complete, so that nothing moves under the mouse.
    await workbench.option('typed.py:site').waitFor();
    await workbench.option('Type module:callable…').click();
    await workbench.page.getByText('The app as module:callable or file.py:callable').waitFor();
    await workbench.quickInput.fill('no_such_file.py:app');
    await workbench.page.getByText('There is no file no_such_file.py').waitFor();
    await workbench.quickInput.fill('typed.py:site');
    await workbench.page.getByText('There is no file').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Enter');
    await workbench.notification('Restart it to run typed.py:site').getByText('Restart Server').click();
    await workbench.statusBarItem.filter({ hasText: ' · 0 requests' }).waitFor();
    for (let left = 50; left > 0; left--) {
      const { body } = await ask(await workbench.serverUrl()).catch(() => ({ body: '' }));
      if (body === 'typed') return;
      await workbench.page.waitForTimeout(100);
    }
    assert.fail('the typed app never answered');
  });

  it('takes a file by its context menu in the explorer', async () => {
    await window.open();
    await workbench.fileMenu('flask_app.py', 'Lifeline: Set as App File');
    await workbench.notification('The server will run flask_app.py:app').waitFor();
    const stored = await readFile(join(window.folder, '.vscode', 'settings.json'), 'utf8');
    assert.match(stored, /"lifeline\.appFile": "flask_app\.py:app"/);
  });

  it('serves the folder of the picked app where several are open, and stores the choice there', async () => {
    await window.open({}, async (folder) => {
      await setSettings({})(folder);
      const second = join(folder, '..', 'second');
      await mkdir(second);
      await writeFile(
        join(second, 'pages.py'),
        'def application(environ, start_response):\n    start_response("200 OK", [])\n    return [b"second"]\n',
      );
      const file = join(folder, '..', 'both.code-workspace');
      await writeFile(file, JSON.stringify({ folders: [{ path: 'examples' }, { path: 'second' }] }));
      return file;
    });
    await workbench.command('Lifeline: Start Server');
    await workbench.option('second · line 1').waitFor();
    await workbench.screenshot('starting-7-two-folders');
    await workbench.option('second · line 1').click();
    assert.equal((await ask(await workbench.serverUrl())).body, 'second');
    const stored = await readFile(join(window.folder, '..', 'second', '.vscode', 'settings.json'), 'utf8');
    assert.match(stored, /"lifeline\.appFile": "pages\.py:application"/);
  });

  it('offers the next free port where the port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    try {
      await window.open({ settings: { 'lifeline.port': port } });
      await workbench.command('Lifeline: Start Server');
      const message = workbench.notification(String(port));
      await message.waitFor();
      await workbench.screenshot('starting-2-port-taken');
      // Who holds it: this very process.
      assert.match(await message.innerText(), new RegExp(`\\b${process.pid}\\b`));
      await workbench.statusBarItem.filter({ hasText: 'Lifeline failed' }).waitFor();
      await message.getByText(/^Use Port \d+$/).click();
      const now = await workbench.serverUrl();
      assert.notEqual(now, `http://127.0.0.1:${port}`);
      assert.equal((await ask(now)).status, 200);
    } finally {
      holder.close();
    }
  });

  it('asks before other machines can reach it, and takes no for an answer', async () => {
    await window.open({ settings: { 'lifeline.host': '0.0.0.0' } });
    await workbench.command('Lifeline: Start Server');
    await workbench.dialog.getByText('Let other machines reach the server at 0.0.0.0?').waitFor();
    await workbench.screenshot('starting-3-host');
    await workbench.dialog.getByText('Cancel').click();
    await workbench.statusBarItem.filter({ hasText: 'Lifeline stopped' }).waitFor();
    await workbench.command('Lifeline: Start Server');
    await workbench.dialog.getByText('Start Server', { exact: true }).click();
    const { hostname, port } = new URL(await workbench.serverUrl());
    assert.equal(hostname, '0.0.0.0');
    assert.equal((await ask(`http://127.0.0.1:${port}/`)).status, 200);
    // The answer holds for a restart, which takes another free port.
    await workbench.command('Lifeline: Restart Server');
    await workbench.statusBarItem.filter({ hasText: /0\.0\.0\.0:\d+/, hasNotText: port }).waitFor();
    assert.equal(await workbench.dialog.count(), 0);
  });

  it('finds the interpreter that has the module which the app lacks', async () => {
    await window.open({}, async (folder) => {
      const { path } = await findInterpreter({ folder, env: process.env });
      for (const name of ['.venv', 'other']) {
        const { code, output } = await collect(path, ['-m', 'venv', '--without-pip', join(folder, name)]);
        assert.equal(code, 0, output);
      }
      const python = join(folder, 'other', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python3');
      const { output } = await collect(python, ['-c', 'import site; print(site.getsitepackages()[-1])']);
      await writeFile(join(output.trim(), 'only_there.py'), '');
      await writeFile(
        join(folder, 'needs.py'),
        'import only_there\ndef application(environ, start_response):\n    start_response("200 OK", [])\n    return [b"has it"]\n',
      );
      return setSettings({ 'lifeline.appFile': 'needs.py' })(folder);
    });
    await workbench.command('Lifeline: Start Server');
    const message = workbench.notification('only_there');
    await message.waitFor();
    await workbench.screenshot('starting-4-missing-module');
    assert.match(await message.innerText(), /Python 3\.\d+\.\d+, from other in the project, has it/);
    await message.getByText(/^Use Python 3\.\d+\.\d+$/).click();
    await workbench.statusBarItem.filter({ hasText: ' · 0 requests' }).waitFor();
    assert.equal((await ask(await workbench.serverUrl())).body, 'has it');
  });

  it('has a menu behind the status bar item that fits the state', async () => {
    await window.open();
    await workbench.command('Lifeline: Show Log');
    await workbench.statusBarItem.click();
    await workbench.option(/(?:^|\s)Start Server/).click();
    await workbench.serverUrl();
    await workbench.statusBarItem.click();
    for (const entry of [
      'Open in Browser',
      'Restart Server',
      'Stop Server',
      'Show Timeline',
      'Show Log',
      'Set App File…',
    ]) {
      await workbench.option(entry).waitFor();
    }
    assert.equal(await workbench.option(/(?:^|\s)Start Server/).count(), 0);
    await workbench.screenshot('starting-5-menu');
    await workbench.option('Stop Server').click();
    await workbench.statusBarItem.filter({ hasText: 'Lifeline stopped' }).waitFor();
  });

  it('offers in the palette only what makes sense', async () => {
    await window.open();
    await workbench.command('Lifeline: Show Log');
    const offered = async (title: string): Promise<boolean> => {
      await workbench.palette('Lifeline: ');
      await workbench.option('Lifeline: Show Timeline').waitFor();
      const count = await workbench.option(title).count();
      await workbench.page.keyboard.press('Escape');
      return count > 0;
    };
    assert.equal(await offered('Lifeline: Start Server'), true);
    assert.equal(await offered('Lifeline: Stop Server'), false);
    await workbench.startServer();
    assert.equal(await offered('Lifeline: Start Server'), false);
    assert.equal(await offered('Lifeline: Stop Server'), true);
    assert.equal(await offered('Lifeline: Open in Browser'), true);
  });

  it('says in Restricted Mode why nothing runs, and runs once the workspace is trusted', async () => {
    await window.open({
      settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    });
    await workbench.command('Lifeline: Show Timeline');
    await workbench.timeline.getByRole('button', { name: /Manage.*Trust/ }).waitFor();
    await workbench.statusBarItem.filter({ hasText: 'Lifeline restricted' }).waitFor();
    await workbench.screenshot('starting-6-restricted');
    await workbench.command('Lifeline: Start Server');
    await workbench.notification('Restricted Mode').getByText('Manage Trust').click();
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.statusBarItem.filter({ hasText: 'Lifeline stopped' }).waitFor();
    await workbench.command('Lifeline: Start Server');
    assert.equal((await ask(await workbench.serverUrl())).status, 200);
  });
});
