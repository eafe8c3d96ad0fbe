import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { commands, TabInputWebview, Uri, window, workspace } from 'vscode';
import { outcomes } from '../../src/core/trace/columns';
import { api, folder, get, setApp, start, stop, until, writeFile } from './lifeline';
import { alive } from '../support/alive';

const timelineTabs = (): number =>
  window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('lifeline.timeline')).length;

describe('Commands', () => {
  afterEach(stop);

  it('Start Server serves the example, and its request is in the trace', async () => {
    await start('hello.py');
    const { state, trace } = await api();
    assert.equal(state.status, 'running');
    assert.match(state.address ?? '', /^127\.0\.0\.1:\d+$/);
    assert.match(state.python ?? '', /^Python 3\.\d+\.\d+, .+ \(.+\)$/);
    const { status } = await get('/?from=the-suite');
    assert.equal(status, 200);
    const row = await until('the exchange to end', () => {
      const found = trace.exchange(trace.exchanges.last);
      return found && outcomes[found.outcome] === 'complete' ? found : undefined;
    });
    assert.equal(trace.text(row.method), 'GET');
    assert.equal(trace.text(row.target), '/?from=the-suite');
    assert.equal(row.status, 200);
    assert.ok(row.appEnd >= row.appStart, 'the app call was measured');
  });

  it('Start Server mounts the app below lifeline.scriptName, and a browser is sent there', async () => {
    const settings = workspace.getConfiguration('lifeline');
    await settings.update('scriptName', '/shop');
    try {
      await start('hello.py');
      assert.match((await api()).state.url ?? '', /\/shop\/$/);
      assert.equal((await get('/shop/')).status, 200);
      assert.equal((await get('/')).status, 404);
      await stop();
    } finally {
      await settings.update('scriptName', undefined);
    }
    await start('hello.py');
    assert.doesNotMatch((await api()).state.url ?? '', /shop/);
    assert.equal((await get('/')).status, 200);
  });

  it('Start Server once more changes nothing', async () => {
    await start('hello.py');
    const { address } = (await api()).state;
    await commands.executeCommand('lifeline.startServer');
    assert.equal((await api()).state.address, address);
  });

  it('Start Server and Stop Server at the same time end stopped, with nothing listening', async () => {
    await setApp('hello.py');
    await Promise.all([commands.executeCommand('lifeline.startServer'), stop(), stop()]);
    await stop();
    assert.equal((await api()).state.status, 'stopped');
  });

  it('Stop Server closes the port and ends the app’s process', async () => {
    await writeFile(
      'pid.py',
      [
        'import os',
        'def application(environ, start_response):',
        '    start_response("200 OK", [("Content-Type", "text/plain")])',
        '    return [str(os.getpid()).encode()]',
      ].join('\n'),
    );
    await start('pid.py');
    const { address = '' } = (await api()).state;
    const pid = Number((await get('/')).body);
    assert.ok(alive(pid));
    await stop();
    assert.equal((await api()).state.status, 'stopped');
    assert.equal((await api()).state.address, undefined);
    assert.equal(await refused(address), true, 'the port still answers');
    await until('the process to end', () => !alive(pid) || undefined);
  });

  it('Stop Server where nothing runs is no error', async () => {
    await stop();
    assert.equal((await api()).state.status, 'stopped');
  });

  it('Restart Server serves again, in a new process, and the trace goes on', async () => {
    await start('pid.py');
    const before = (await get('/')).body;
    const seen = (await api()).trace.exchanges.last;
    await commands.executeCommand('lifeline.restartServer');
    const after = (await get('/')).body;
    assert.notEqual(after, before);
    const { exchanges } = (await api()).trace;
    await until('the new exchange', () => exchanges.last > seen || undefined);
  });

  it('Show Timeline opens one timeline, however often', async () => {
    await commands.executeCommand('lifeline.showTimeline');
    await commands.executeCommand('lifeline.showTimeline');
    await until('the tab', () => timelineTabs() > 0 || undefined);
    assert.equal(timelineTabs(), 1);
    await commands.executeCommand('workbench.action.closeAllEditors');
    await until('the tab to close', () => timelineTabs() === 0 || undefined);
    await commands.executeCommand('lifeline.showTimeline');
    await until('a new tab', () => timelineTabs() === 1 || undefined);
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('Set App File takes a file with one app without asking, from either menu', async () => {
    const file = await writeFile('pages/one.py', 'from flask import Flask\nsite = Flask(__name__)\n');
    for (const command of ['lifeline.setAppFile', 'lifeline.setAsAppFile']) {
      await setApp('');
      await commands.executeCommand(command, file);
      assert.equal(workspace.getConfiguration('lifeline').get('appFile'), 'pages/one.py:site');
      assert.equal((await api()).state.app, 'pages/one.py:site');
    }
    const stored = await workspace.fs.readFile(Uri.joinPath(folder(), '.vscode', 'settings.json'));
    assert.match(new TextDecoder().decode(stored), /pages\/one\.py:site/);
  });

  it('Set App File takes a file in which no app is seen as it is', async () => {
    const file = await writeFile('plain.py', 'from elsewhere import *\n');
    await commands.executeCommand('lifeline.setAppFile', file);
    assert.equal((await api()).state.app, 'plain.py');
  });

  it('Set App File asks where a file has several apps', async () => {
    const file = await writeFile('several.py', 'app = Flask(__name__)\nadmin = Flask(__name__)\n');
    const set = commands.executeCommand('lifeline.setAppFile', file);
    // The second one, as a person picks it.
    await until('the choice', async () => {
      await commands.executeCommand('workbench.action.quickOpenSelectNext');
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await api()).state.app.startsWith('several.py:') || undefined;
    });
    await set;
    assert.match((await api()).state.app, /^several\.py:(?:admin|app)$/);
  });

  it('Set App File lists the apps of the workspace, and leaves the setting alone where nothing is picked', async () => {
    await setApp('hello.py');
    const set = commands.executeCommand('lifeline.setAppFile');
    await until('the picker to close', async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return Promise.race([set.then(() => true), new Promise<undefined>((resolve) => setTimeout(resolve, 50))]);
    });
    assert.equal((await api()).state.app, 'hello.py');
  });

  it('Show Log shows what the server did and what the app wrote', async () => {
    await writeFile(
      'talks.py',
      [
        'import sys',
        'def application(environ, start_response):',
        '    print("printed by the app")',
        '    print("told to wsgi.errors", file=environ["wsgi.errors"])',
        '    start_response("200 OK", [("Content-Type", "text/plain")])',
        '    return [b"ok"]',
      ].join('\n'),
    );
    await start('talks.py');
    await get('/');
    await commands.executeCommand('lifeline.showLog');
    const text = await until('the log', async () => {
      const log = workspace.textDocuments.find(
        ({ uri }) => uri.scheme === 'output' && decodeURIComponent(uri.path).includes('Request Lifeline'),
      );
      const content = log?.getText() ?? '';
      await new Promise((resolve) => setTimeout(resolve, 50));
      return content.includes('printed by the app') && content.includes('told to wsgi.errors') ? content : undefined;
    });
    assert.match(text, /Listening on http:\/\/127\.0\.0\.1:\d+\//);
    assert.match(text, /talks\.py/);
    await commands.executeCommand('workbench.action.closePanel');
  });

  it('Show Menu opens the menu and waits for a choice', async () => {
    const menu = commands.executeCommand('lifeline.showMenu');
    await until('the menu to close', async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return Promise.race([menu.then(() => true), new Promise<undefined>((resolve) => setTimeout(resolve, 50))]);
    });
  });
});

function refused(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`http://${address}`);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });
}
