import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect } from '../harness/processRun';
import { ask } from './ask';
import { openWindowBy } from './openWindow';
import { root } from './window';

/** The package as users get it, with nothing of the source folder around. */
describe('The packaged extension', function () {
  this.timeout(300_000);
  let base: string;
  let vsix: string;

  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'lifeline-package-'));
    vsix = join(base, 'request-lifeline.vsix');
    const tool = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const { code, output } = await collect(process.execPath, [tool, 'package', ...flags, '--out', vsix], { cwd: root });
    assert.equal(code, 0, output);
  });
  const { workbench } = openWindowBy('package', (window) => window.open({ vsix }));
  after(() => rm(base, { recursive: true, force: true }));

  it('is smaller than 1 MB', async () => {
    const { size } = await stat(vsix);
    assert.ok(size < 1_000_000, `${size} bytes`);
  });

  it('installs, starts the example and shows its first request', async () => {
    await workbench.command('Lifeline: Show Timeline');
    const url = await workbench.startServer();
    assert.equal((await ask(url)).status, 200);
    await workbench.connections.filter({ hasText: 'GET / 200' }).waitFor({ state: 'attached' });
    await workbench.screenshot('package-1-first-request');
  });

  it('is activated quickly, as the editor itself measures it', async () => {
    const times: number[] = [];
    // By the wall's clock, while a window starts: the quickest of three is nearest to what we cost. A machine of its own
    // shows some 12 ms; the suite in the extension host has the bound of 50 ms of processor time.
    for (let round = 0; round < 3; round++) {
      await workbench.settled();
      await workbench.command('Lifeline: Show Log');
      await workbench.command('Developer: Show Running Extensions');
      const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', {
        hasText: 'Request Lifeline',
      });
      const text = await row.filter({ hasText: /Activation: \d+/ }).innerText();
      times.push(Number(/Activation: (\d+)/.exec(text)?.[1] ?? NaN));
      await workbench.page.reload();
      await workbench.ready();
    }
    process.stdout.write(`      activated in ${times.join(', ')} ms\n`);
    assert.ok(Math.min(...times) < 500, times.join(', '));
  });
});
