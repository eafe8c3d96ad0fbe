import assert from 'node:assert/strict';
import { commands, Uri, workspace } from 'vscode';
import { api, folder, writeFile } from './lifeline';

describe('In Restricted Mode', () => {
  it('runs nothing of the workspace, and says so', async () => {
    assert.equal(workspace.isTrusted, false);
    const marker = Uri.joinPath(folder(), 'it-ran');
    await writeFile('marks.py', `open(${JSON.stringify(marker.fsPath)}, "w").close()\napplication = None\n`);
    await writeFile('.vscode/settings.json', JSON.stringify({ 'lifeline.appFile': 'marks.py' }));
    for (const command of ['startServer', 'restartServer', 'runAgain']) {
      await commands.executeCommand(`lifeline.${command}`);
      const { state } = await api();
      assert.equal(state.restricted, true);
      assert.equal(state.status, 'stopped');
      assert.equal(state.address, undefined);
    }
    await assert.rejects(async () => workspace.fs.stat(marker), 'the app was imported');
  });

  it('takes no interpreter, app or environment from the workspace’s settings', async () => {
    await writeFile('.vscode/settings.json', JSON.stringify({ 'lifeline.appFile': 'hello.py' }));
    assert.equal((await api()).state.app, '');
  });

  it('still shows the timeline and the log', async () => {
    await commands.executeCommand('lifeline.showTimeline');
    await commands.executeCommand('lifeline.showLog');
  });
});
