import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import type { Locator } from 'playwright-core';
import { ask } from './ask';
import { openWindow } from './openWindow';

/** A person changes how requests share the app, from each place that offers it; each step builds on the one before. */
describe('The concurrency models in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('concurrency');
  let url: string;

  const model = (name: string): Locator =>
    workbench.timeline.getByRole('button', { name: `Set Concurrency Model: ${name}`, exact: true });

  it('stands in the toolbar of the timeline', async () => {
    url = await workbench.startServer();
    await workbench.command('Lifeline: Show Timeline');
    await model('threads × 4').click();
    await workbench.option(/threads × 4.*current/).waitFor();
    await workbench.screenshot('concurrency-1-choice');
    await workbench.option('iterative').click();
    await model('iterative').waitFor();
  });

  it('iterative: the second client waits until the first has closed, and a preconnect holds both up', async () => {
    const preconnect = createConnection(Number(new URL(url).port), '127.0.0.1');
    await workbench.connections.first().waitFor({ state: 'attached' });
    const first = ask(`${url}/linger?seconds=1`);
    await workbench.page.waitForTimeout(300);
    const second = ask(`${url}/`);
    await workbench.page.waitForTimeout(700);
    await workbench.screenshot('concurrency-2-held-up');
    preconnect.end();
    await Promise.all([first, second]);
    const waited = workbench.connections.filter({ hasText: '/ 200' });
    await waited.first().waitFor({ state: 'attached' });
    await workbench.screenshot('concurrency-3-turns');
    const [, from, to] = /waiting for its turn ([\d.]+) s to ([\d.]+) s/.exec(await waited.first().innerText()) ?? [];
    assert.ok(Number(to) - Number(from) > 1.5, `it waited from ${from} to ${to}`);
  });

  it('is in the menu of the status bar, where the number of slots is chosen as well', async () => {
    await workbench.statusBarItem.click();
    await workbench.option('Set Concurrency Model…').filter({ hasText: 'iterative' }).click();
    await workbench.option('processes × 4').click();
    await model('processes × 4').waitFor();
    await workbench.pick('Lifeline: Set Concurrency Model…', 'Number of Slots…');
    await workbench.quickInput.fill('65');
    await workbench.page.getByText('Type a whole number from 1 to 64.').waitFor();
    await workbench.quickInput.fill('2');
    await workbench.page.keyboard.press('Enter');
    await model('processes × 2').waitFor();
    const start = performance.now();
    await Promise.all([1, 2].map(() => ask(`${url}/slow?seconds=1`)));
    assert.ok(performance.now() - start < 1900);
    await workbench.screenshot('concurrency-4-processes');
    const count = await workbench.connections.count();
    assert.ok(count >= 5, `the trace is still there: ${count} connections`);
  });
});
