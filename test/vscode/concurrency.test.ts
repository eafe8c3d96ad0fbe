import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { api, get, start, stop, until, writeFile } from './lifeline';

const settings = (): ReturnType<typeof workspace.getConfiguration> => workspace.getConfiguration('lifeline');

const app = [
  'import os, time',
  'def application(environ, start_response):',
  '    time.sleep(float(environ["QUERY_STRING"] or 0))',
  '    start_response("200 OK", [("Content-Type", "text/plain")])',
  "    return [f\"{os.getpid()} {environ['wsgi.multithread']} {environ['wsgi.multiprocess']}\".encode()]",
].join('\n');

/** Goes on as long as `during` takes; resolves with how many answers came. None may fail. */
async function underTraffic(during: () => Promise<void>): Promise<number> {
  let on = true;
  let answers = 0;
  const client = async (): Promise<void> => {
    for (; on; answers++) assert.equal((await get('/?0.005')).status, 200);
  };
  const clients = Promise.all([client(), client(), client()]);
  await during();
  const enough = answers + 10;
  await Promise.race([until('more answers', () => answers >= enough || undefined), clients]);
  on = false;
  await clients;
  return answers;
}

describe('Set Concurrency Model', () => {
  before(async () => {
    await writeFile('shared.py', app);
  });
  afterEach(async () => {
    await stop();
    for (const name of ['concurrency', 'slots']) await settings().update(name, undefined);
    await commands.executeCommand('notifications.clearAll');
  });

  const set = (model?: string, slots?: number): Thenable<unknown> =>
    commands.executeCommand('lifeline.setConcurrency', { model, slots });

  it('switches while traffic runs: no request fails, and listener and trace stay', async () => {
    await start('shared.py');
    const { trace } = await api();
    const { address } = (await api()).state;
    await get('/');
    const first = trace.exchanges.last;
    const known = trace.models.length;
    const answers = await underTraffic(async () => {
      for (const [model, slots, name, flags] of [
        ['iterative', 2, 'iterative', 'False False'],
        ['processes', 2, 'processes × 2', 'False True'],
        ['threads', 3, 'threads × 3', 'True False'],
      ] as const) {
        await set(model, slots);
        const { state } = await api();
        assert.equal(state.concurrency, name);
        assert.equal(state.slots, model === 'iterative' ? 1 : slots);
        assert.equal(state.status, 'running');
        assert.ok((await get('/')).body.endsWith(` ${flags}`));
      }
    });
    assert.ok(answers > 20, `${answers} answers`);
    assert.equal((await api()).state.address, address);
    const changes = await until('the changes', () => {
      const models = trace.models.slice(known).map(({ model }) => model);
      return models.length >= 3 ? models : undefined;
    });
    assert.deepEqual(changes, ['iterative', 'processes', 'threads']);
    assert.ok(trace.exchanges.first <= first, 'what was before is still there');
    assert.equal(settings().inspect('concurrency')?.workspaceValue, 'threads');
    assert.equal(settings().inspect('slots')?.workspaceValue, 3);
  });

  it('follows the settings when they are changed by hand', async () => {
    await start('shared.py');
    await get('/');
    await settings().update('concurrency', 'processes', ConfigurationTarget.Workspace);
    await until('the model', async () => (await api()).state.concurrency === 'processes × 4' || undefined);
    await settings().update('slots', 2, ConfigurationTarget.Workspace);
    await until('the slots', async () => (await api()).state.concurrency === 'processes × 2' || undefined);
    const pids = new Set((await Promise.all([get('/?0.4'), get('/?0.4')])).map(({ body }) => body.split(' ')[0]));
    assert.equal(pids.size, 2);
  });

  it('is taken by the next start where the server does not run', async () => {
    await set('iterative');
    assert.equal((await api()).state.concurrency, 'iterative');
    await start('shared.py');
    assert.match((await get('/')).body, /False False$/);
  });

  it('takes nothing for a model that is none', async () => {
    await settings().update('concurrency', 'fibres', ConfigurationTarget.Workspace);
    assert.equal((await api()).state.concurrency, 'threads × 4');
  });

  it('offers the models to pick from', async () => {
    await start('shared.py');
    const choice = commands.executeCommand('lifeline.setConcurrency');
    // The first one, as a person picks it.
    await until('the choice', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await api()).state.concurrency === 'iterative' || undefined;
    });
    await choice;
    assert.equal((await get('/')).status, 200);
  });

  it('changes nothing where nothing is picked', async () => {
    const choice = commands.executeCommand('lifeline.setConcurrency');
    await until('the picker to close', async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return Promise.race([choice.then(() => true), new Promise<undefined>((resolve) => setTimeout(resolve, 50))]);
    });
    assert.equal((await api()).state.concurrency, 'threads × 4');
  });
});
