import { strict as assert } from 'node:assert';
import { commands, TabInputWebview, Uri, window, workspace } from 'vscode';
import { api, folder, get, start, stop, until, writeFile } from './lifeline';

/** The titles of the open comparisons. */
function comparisons(): string[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('lifeline.comparison'))
    .map(({ label }) => label);
}

async function closeAll(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  await until('the tabs to close', () => comparisons().length === 0 || undefined);
}

const naps = [
  'import os, time',
  'def application(environ, start_response):',
  '    with open("calls.txt", "a") as file:',
  '        file.write("%s %s %d\\n" % (environ["REQUEST_METHOD"], environ["PATH_INFO"], os.getpid()))',
  '    time.sleep(0.1)',
  '    start_response("200 OK", [("Content-Type", "text/plain")])',
  '    return [str(os.getpid()).encode()]',
].join('\n');

describe('Run Again Under Another Model', function () {
  this.timeout(60_000);

  before(async () => {
    await writeFile('naps.py', naps);
    await start('naps.py');
    await Promise.all(['/1', '/2', '/3', '/4'].map(get));
    const { trace } = await api();
    // Those of other suites stand before them.
    await until('the exchanges to end', () => {
      const { last } = trace.exchanges;
      const rows = [3, 2, 1, 0].map((back) => trace.exchange(last - back));
      const over = rows.filter((row) => row && /^\/[1-4]$/.test(trace.text(row.target)) && !Number.isNaN(row.end));
      return over.length === 4 || undefined;
    });
  });
  after(async () => {
    await closeAll();
    await stop();
  });

  it('sends the requests to a server of its own and shows both runs', async () => {
    const { trace, state } = await api();
    const { last } = trace.exchanges;
    const exchanges = [3, 2, 1, 0].map((back) => last - back);
    await commands.executeCommand('lifeline.runAgain', { exchanges, model: 'threads', slots: 1 });
    await until('the tab', () => comparisons()[0] === 'threads × 4 | threads × 1' || undefined);
    assert.equal(trace.exchanges.last, last, 'the own server was asked nothing');
    assert.equal((await api()).state.address, state.address);
    const { body } = await get('/5');
    const calls = new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder(), 'calls.txt')));
    const pids = calls
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const asked = (other: boolean): string[] =>
      pids.filter(([, , pid]) => (pid !== body) === other).map(([method, path]) => `${method} ${path}`);
    assert.deepEqual(asked(true).sort(), ['GET /1', 'GET /2', 'GET /3', 'GET /4']);
    assert.deepEqual(asked(false).sort(), ['GET /1', 'GET /2', 'GET /3', 'GET /4', 'GET /5']);
    await closeAll();
  });

  it('asks which requests and which model, and can be left at each question', async () => {
    const run = commands.executeCommand('lifeline.runAgain');
    await until('the questions to close', async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return Promise.race([run.then(() => true), new Promise<undefined>((resolve) => setTimeout(resolve, 50))]);
    });
    assert.deepEqual(comparisons(), []);
    const answered = commands.executeCommand('lifeline.runAgain', { model: 'threads', slots: 2 });
    await until('the comparison', async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return Promise.race([answered.then(() => true), new Promise<undefined>((resolve) => setTimeout(resolve, 100))]);
    });
    await until('the tab', () => comparisons()[0] === 'threads × 4 | threads × 2' || undefined);
    assert.equal(comparisons().length, 1);
    await closeAll();
  });

  it('sends nothing that may change something before the user has agreed', async () => {
    const { state, trace } = await api();
    const response = await fetch(`http://${state.address}/paid`, { method: 'POST', body: 'amount=1' });
    await response.text();
    const id = await until('the exchange', () => {
      const row = trace.exchange(trace.exchanges.last);
      return row && trace.text(row.target) === '/paid' && !Number.isNaN(row.end) ? row.id : undefined;
    });
    // While tests run, the editor refuses to ask.
    await assert.rejects(
      async () => commands.executeCommand('lifeline.runAgain', { exchanges: [id], model: 'threads', slots: 1 }),
      /refused/i,
    );
    const calls = new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder(), 'calls.txt')));
    assert.equal(calls.match(/POST \/paid/g)?.length, 1);
    assert.deepEqual(comparisons(), []);
  });
});
