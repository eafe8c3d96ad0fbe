import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { ask } from './ask';
import { openWindow } from './openWindow';

/** Requests that are sent again under another model, as a person does it: by keys on the timeline, and three answers. */
describe('Running requests again in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('run-again');
  let url: string;

  before(async () => {
    url = await workbench.startServer();
  });

  /** The page that shows: a tab behind it may have one too. */
  const shown = (): FrameLocator => workbench.page.frameLocator('iframe.webview:visible').frameLocator('iframe');
  const difference = (): Locator => shown().getByRole('heading', { level: 1 });

  it('asks for the model, and before it sends what may change something; then shows both runs', async () => {
    await Promise.all([1, 2, 3, 4].map((number) => ask(`${url}/slow?seconds=0.${number}`)));
    await (await fetch(`${url}/`, { method: 'POST', body: 'name=value' })).text();
    await workbench.command('Lifeline: Show Timeline');
    const picture = shown().getByRole('application', { name: 'Request timeline' });
    await picture.focus();
    await picture.press('a');
    await shown().getByRole('button', { name: 'Run 5 requests again…' }).waitFor();
    await picture.press('r');
    await workbench.option('iterative').click();
    await workbench.dialog.getByText('Send requests again that may change something?').waitFor();
    await workbench.dialog.getByText('for 1 request that may change something: POST').waitFor();
    await workbench.screenshot('run-again-1-question');
    await workbench.dialog.getByRole('button', { name: 'Run Again' }).click();
    await difference().waitFor();
    assert.match(
      (await difference().textContent()) ?? '',
      /^iterative took \d\.\d times as long: it finished in 1\.\d\d s, /,
    );
    assert.doesNotMatch((await difference().textContent()) ?? '', /failed/);
    const items = shown().getByRole('list', { name: 'Requests in both runs' }).getByRole('listitem');
    assert.equal(await items.count(), 5);
    assert.match((await items.last().textContent()) ?? '', /^POST \/: under threads × 4 [\d.]+ m?s; under iterative /);
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot('run-again-2-comparison');
  });

  it('shows it again when one comes back to its tab', async () => {
    await workbench.command('Lifeline: Show Timeline');
    await shown().getByRole('application', { name: 'Request timeline' }).waitFor();
    await workbench.page.getByRole('tab', { name: 'threads × 4 | iterative' }).click();
    await difference().waitFor();
  });

  it('ends what runs when the user cancels it, and serves on', async () => {
    await ask(`${url}/slow?seconds=3`);
    await workbench.pick('Lifeline: Run Again Under Another Model', 'The last request');
    await workbench.option('threads').click();
    await workbench.quickInput.fill('2');
    await workbench.page.keyboard.press('Enter');
    const progress = workbench.notification('Sending 1 request again under threads × 2');
    await progress.waitFor();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    assert.equal(await workbench.page.getByRole('tab', { name: 'threads × 2' }).count(), 0);
    assert.equal((await fetch(`${url}/`)).status, 200);
  });
});
