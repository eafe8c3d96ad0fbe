import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { commands, extensions, Uri } from 'vscode';
import { findInterpreter } from '../../src/server/interpreter';
import { api, folder, get, start, stop, writeFile } from './lifeline';

const inEnvironment = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python3'];

// Runs beside a stand-in for the Python extension.
describe('The choice in the Python extension', () => {
  const made = new Map<string, string>();

  before(async function () {
    this.timeout(60_000);
    assert.ok(extensions.getExtension('ms-python.python'), 'the stand-in is not there');
    const { path } = await findInterpreter({ folder: folder().fsPath, env: process.env });
    for (const name of ['.venv', 'chosen', 'other']) {
      const environment = Uri.joinPath(folder(), 'environments', name);
      execFileSync(path, ['-m', 'venv', '--without-pip', environment.fsPath]);
      made.set(name, Uri.joinPath(environment, ...inEnvironment).fsPath);
    }
    await writeFile(
      'prefix.py',
      'import sys\ndef application(environ, start_response):\n    start_response("200 OK", [])\n    return [sys.prefix.encode()]\n',
    );
  });
  afterEach(stop);

  const prefix = (name: string): string => Uri.joinPath(folder(), 'environments', name).fsPath;

  it('is left aside while there is none', async () => {
    await start('prefix.py');
    assert.doesNotMatch((await api()).state.python ?? '', /chosen in the Python extension/);
  });

  it('is taken, and said to be the reason', async () => {
    await commands.executeCommand('standIn.choose', made.get('chosen'));
    await start('prefix.py');
    assert.match((await api()).state.python ?? '', /chosen in the Python extension/);
    assert.equal((await get('/')).body, prefix('chosen'));
  });

  it('changes a server that runs at its restart, and not before', async () => {
    await start('prefix.py');
    await commands.executeCommand('standIn.choose', made.get('other'));
    assert.equal((await get('/')).body, prefix('chosen'));
    await commands.executeCommand('lifeline.restartServer');
    assert.equal((await get('/')).body, prefix('other'));
  });
});
