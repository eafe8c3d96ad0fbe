import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, env, Range, Uri, window, workspace } from 'vscode';
import { spansOf } from '../../src/core/trace/spans';
import { api, get, setApp, start, stop, until, writeFile } from './lifeline';

const settings = (): ReturnType<typeof workspace.getConfiguration> => workspace.getConfiguration('lifeline');

const says = (text: string): string =>
  [
    'import os, time',
    'def application(environ, start_response):',
    '    time.sleep(float(environ["QUERY_STRING"] or 0))',
    '    start_response("200 OK", [("Content-Type", "text/plain")])',
    `    return [${text}]`,
  ].join('\n');

/** As a person saves it: through an editor. */
async function edit(file: Uri, text: string): Promise<void> {
  const editor = await window.showTextDocument(file);
  const { document } = editor;
  const everything = new Range(0, 0, document.lineCount, 0);
  await editor.edit((change) => {
    change.replace(everything, text);
  });
  await document.save();
}

describe('The server in the editor', () => {
  afterEach(async () => {
    await stop();
    for (const name of ['env', 'slots', 'port', 'pythonPath', 'restartOnSave']) {
      await settings().update(name, undefined);
    }
    await commands.executeCommand('workbench.action.closeAllEditors');
    await commands.executeCommand('notifications.clearAll');
  });

  it('runs three slow requests at a time: three socket pairs, app phases that overlap', async () => {
    await writeFile('sleeps.py', says('b"slept"'));
    await start('sleeps.py');
    const { trace } = await api();
    const first = trace.exchanges.last + 1;
    await Promise.all([get('/?0.5'), get('/?0.5'), get('/?0.5')]);
    const rows = await until('three exchanges', () => {
      const ids = [0, 1, 2].map((each) => Math.max(first, 1) + each);
      const found = ids.map((id) => trace.exchange(id)).filter((row) => row !== undefined);
      return found.length === 3 && found.every((row) => !Number.isNaN(row.appEnd)) ? found : undefined;
    });
    const remotes = rows.map((row) => {
      const { columns } = trace.connections;
      return trace.text(columns.remote[trace.connections.rowOf(row.connection)] ?? 0);
    });
    assert.equal(new Set(remotes).size, 3, remotes.join(' '));
    const calls = rows.map((row) => spansOf(row, undefined, trace.now).find((span) => span.phase === 'app'));
    const latestStart = Math.max(...calls.map((span) => span?.start ?? NaN));
    const earliestEnd = Math.min(...calls.map((span) => (span ? span.start + span.duration : NaN)));
    assert.ok(latestStart < earliestEnd, `the last began at ${latestStart}, the first ended at ${earliestEnd}`);
    for (const span of calls) assert.ok(Math.abs((span?.duration ?? 0) - 500) < 150, `app took ${span?.duration}`);
  });

  it('lets a request in progress end when it stops', async () => {
    await start('sleeps.py');
    await get('/');
    const slow = get('/?0.4');
    await sleep(150);
    await stop();
    assert.equal((await slow).body, 'slept');
  });

  it('gives the app the environment of the settings', async () => {
    await writeFile('reads.py', says('os.environ.get("GREETING", "none").encode()'));
    await settings().update('env', { GREETING: 'good day' });
    await start('reads.py');
    assert.equal((await get('/')).body, 'good day');
  });

  it('tells concurrency, address and url as the settings and the editor make them', async () => {
    await settings().update('slots', 2);
    await start('sleeps.py');
    const { state } = await api();
    assert.equal(state.concurrency, 'threads × 2');
    assert.equal(state.slots, 2);
    const external = await env.asExternalUri(Uri.parse(`http://${state.address ?? ''}/`));
    await until(
      'the address for the browser',
      async () => (await api()).state.url === external.toString(true) || undefined,
    );
  });

  it('starts the app anew when a file of it is saved, and keeps listening', async () => {
    const file = await writeFile('changes.py', says('b"first"'));
    await start('changes.py');
    const { address } = (await api()).state;
    assert.equal((await get('/')).body, 'first');
    await edit(file, says('b"second"'));
    await until('the new answer', async () => (await get('/')).body === 'second' || undefined);
    assert.equal((await api()).state.address, address);
  });

  it('leaves the app alone on save where restartOnSave is off', async () => {
    const file = await writeFile('changes.py', says('b"first"'));
    await settings().update('restartOnSave', false);
    await start('changes.py');
    assert.equal((await get('/')).body, 'first');
    await edit(file, says('b"second"'));
    await sleep(1000);
    assert.equal((await get('/')).body, 'first');
  });

  it('says why an app cannot be imported, goes on listening, and recovers when the file is mended', async () => {
    const file = await writeFile('broken.py', 'import no_such_module_at_all\n');
    await start('broken.py');
    const failed = await until('the failure', async () => {
      const { state } = await api();
      return state.status === 'failed' ? state : undefined;
    });
    assert.match(failed.problem ?? '', /no_such_module_at_all/);
    assert.ok(failed.address, 'it still listens');
    const answer = await get('/');
    assert.ok(answer.status >= 500, `status ${answer.status}`);
    assert.match(answer.body, /no_such_module_at_all/);
    await edit(file, says('b"mended"'));
    await until('the app', async () => (await get('/')).body === 'mended' || undefined);
    const { state } = await api();
    assert.equal(state.status, 'running');
    assert.equal(state.problem, undefined);
  });

  it('says who holds the port, and starts on another one afterwards', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    try {
      await settings().update('port', port);
      await start('sleeps.py');
      const { state } = await api();
      assert.equal(state.status, 'failed');
      assert.equal(state.address, undefined);
      assert.match(state.problem ?? '', new RegExp(String(port)));
    } finally {
      holder.close();
      await once(holder, 'close');
    }
    await commands.executeCommand('lifeline.startServer');
    const { state } = await api();
    assert.equal(state.status, 'running');
    assert.equal(state.address, `127.0.0.1:${port}`);
  });

  it('takes no other interpreter where the setting is wrong', async () => {
    await settings().update('pythonPath', './no/python/here');
    await start('sleeps.py');
    const { state } = await api();
    assert.equal(state.status, 'failed');
    assert.match(state.problem ?? '', /no interpreter at “\.\/no\/python\/here”.*lifeline\.pythonPath/);
    await settings().update('pythonPath', undefined);
    await commands.executeCommand('lifeline.startServer');
    assert.equal((await api()).state.status, 'running');
  });

  it('keeps what it runs until a restart, when the app is changed meanwhile', async () => {
    await start('sleeps.py');
    await setApp('reads.py');
    assert.equal((await get('/')).body, 'slept');
    await commands.executeCommand('lifeline.restartServer');
    assert.equal((await get('/')).body, 'none');
  });
});
