import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** What the page says of where the time went. */
describe('The verdict on the timeline page', () => {
  const on = openPages();
  beforeEach(() => on.open('scenario=mixed'));

  const title = (): Locator => on.inspector.getByRole('heading').first();
  const verdict = (): Locator => on.inspector.getByRole('region', { name: 'Verdict' });
  const words = async (): Promise<string> => ((await verdict().textContent()) ?? '').replace(/\s+/g, ' ').trim();

  it('comes first in the overview, and names those who held the slots', async () => {
    await on.select('/hello');
    assert.match(
      await words(),
      /^Waited 1\.04 s for a free slot: all 4 were busy \(GET \/slow ×3, POST \/report\)\. The app itself took 212 ms\. /,
    );
    const first = on.inspector.locator('lifeline-verdict, dl, lifeline-phases').first();
    assert.equal(await first.evaluate((element) => element.localName), 'lifeline-verdict');
  });

  it('leads to them', async () => {
    await on.select('/hello');
    const links = verdict().getByRole('list', { name: 'Held up by' }).getByRole('button');
    assert.equal(await links.count(), 4);
    await links.filter({ hasText: 'POST /report' }).click();
    await title().filter({ hasText: 'POST /report' }).waitFor();
    assert.match(await words(), /^\d+ % in the app call/);
  });

  it('stands in the tooltip', async () => {
    await on.select('/hello');
    const canvas = on.page.locator('canvas');
    const box = await canvas.boundingBox();
    assert.ok(box);
    await on.page.mouse.move(box.x + 330, box.y + 315 - 37);
    const tooltip = on.page.locator('lifeline-tooltip');
    await tooltip.getByText('Waited 1.04 s for a free slot', { exact: true }).waitFor();
  });

  it('goes on with what is in progress', async () => {
    await on.select('/slow?seconds=5');
    assert.match(await words(), /^In the app call for \d[\d.]+ s/);
  });

  it('stands on a connection too, with a link to the one that was served first', async () => {
    await on.open('scenario=waiting');
    await on.picture.press('Home');
    await assertEventually(async () => {
      if ((await words()).startsWith('Waits for its turn')) return true;
      await on.picture.press('ArrowDown');
      return false;
    });
    assert.match(await words(), /^Waits for its turn for [\d.]+ m?s: 127\.0\.0\.1:40150 was accepted first \(GET /);
    await verdict().getByRole('button').first().click();
    await title().filter({ hasText: 'GET ' }).waitFor();
  });

  it('is an alarm above the picture while the app waits for itself', async () => {
    await on.open('scenario=deadlock');
    const alarm = on.page.getByRole('alert');
    await alarm.getByText('The app called its own server and waits for itself: deadlock with 1 slot').waitFor();
    await alarm.getByRole('button', { name: 'Show Request' }).click();
    await title().filter({ hasText: 'GET /report?of=all' }).waitFor();
    assert.match(
      await words(),
      /^The app called its own server and waits for itself: deadlock with 1 slot\. GET \/api\/numbers has waited for/,
    );
    await alarm.getByRole('button', { name: 'Change Model…' }).click();
    await alarm.getByRole('button', { name: 'Restart Server' }).click();
    await on.page.waitForFunction(() => document.body.dataset['asked'] === 'run setConcurrency\nrun restart\n');
  });

  it('is no alarm where things go on', async () => {
    await on.picture.waitFor();
    assert.equal(await on.page.getByRole('alert').count(), 0);
  });
});
