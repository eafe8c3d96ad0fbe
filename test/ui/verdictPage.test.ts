import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../harness/chromium';
import { serveTimelinePage } from './timelinePage';

/** What the page says of where the time went. */
describe('The verdict on the timeline page', () => {
  let browser: Browser;
  let served: Awaited<ReturnType<typeof serveTimelinePage>>;
  let page: Page;

  before(async function () {
    this.timeout(60_000);
    [browser, served] = await Promise.all([launchChromium(), serveTimelinePage()]);
  });
  after(async () => {
    await browser.close();
    served.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(`${served.url}?scenario=mixed`);
  });
  afterEach(() => page.close());

  const inspector = (): Locator => page.getByRole('region', { name: 'Inspector' });
  const title = (): Locator => inspector().getByRole('heading').first();
  const verdict = (): Locator => inspector().getByRole('region', { name: 'Verdict' });
  const select = async (target: string): Promise<void> => {
    await page.getByRole('application', { name: 'Request timeline' }).focus();
    await page.keyboard.press('Home');
    for (let tries = 0; tries < 100 && !`${await title().textContent()} `.includes(` ${target} `); tries++) {
      await page.keyboard.press('n');
      await page.waitForTimeout(20);
    }
  };
  const words = async (): Promise<string> => ((await verdict().textContent()) ?? '').replace(/\s+/g, ' ').trim();

  it('comes first in the overview, and names those who held the slots', async () => {
    await select('/hello');
    assert.match(
      await words(),
      /^Waited 1\.04 s for a free slot: all 4 were busy \(GET \/slow ×3, POST \/report\)\. The app itself took 212 ms\. /,
    );
    const first = inspector().locator('lifeline-verdict, dl, lifeline-phases').first();
    assert.equal(await first.evaluate((element) => element.localName), 'lifeline-verdict');
  });

  it('leads to them', async () => {
    await select('/hello');
    const links = verdict().getByRole('list', { name: 'Held up by' }).getByRole('button');
    assert.equal(await links.count(), 4);
    await links.filter({ hasText: 'POST /report' }).click();
    await title().filter({ hasText: 'POST /report' }).waitFor();
    assert.match(await words(), /^\d+ % in the app call/);
  });

  it('stands in the tooltip', async () => {
    await select('/hello');
    const canvas = page.locator('canvas');
    const box = await canvas.boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + 330, box.y + 315 - 37);
    const tooltip = page.locator('lifeline-tooltip');
    await tooltip.getByText('Waited 1.04 s for a free slot', { exact: true }).waitFor();
  });

  it('goes on with what is in progress', async () => {
    await select('/slow?seconds=5');
    assert.match(await words(), /^In the app call for \d[\d.]+ s/);
  });

  it('stands on a connection too, with a link to the one that was served first', async () => {
    await page.goto(`${served.url}?scenario=waiting`);
    const lanes = page.getByRole('application', { name: 'Request timeline' });
    await lanes.focus();
    await page.keyboard.press('Home');
    for (let tries = 0; tries < 100 && !(await words()).startsWith('Waits for its turn'); tries++) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(20);
    }
    assert.match(await words(), /^Waits for its turn for [\d.]+ m?s: 127\.0\.0\.1:40150 was accepted first \(GET /);
    await verdict().getByRole('button').first().click();
    await title().filter({ hasText: 'GET ' }).waitFor();
  });

  it('is an alarm above the picture while the app waits for itself', async () => {
    await page.goto(`${served.url}?scenario=deadlock`);
    const alarm = page.getByRole('alert');
    await alarm.getByText('The app called its own server and waits for itself: deadlock with 1 slot').waitFor();
    await alarm.getByRole('button', { name: 'Show Request' }).click();
    await title().filter({ hasText: 'GET /report?of=all' }).waitFor();
    assert.match(
      await words(),
      /^The app called its own server and waits for itself: deadlock with 1 slot\. GET \/api\/numbers has waited for/,
    );
    await alarm.getByRole('button', { name: 'Change Model…' }).click();
    await alarm.getByRole('button', { name: 'Restart Server' }).click();
    await page.waitForFunction(() => document.body.dataset['asked'] === 'run setConcurrency\nrun restart\n');
  });

  it('is no alarm where things go on', async () => {
    await page.getByRole('application', { name: 'Request timeline' }).waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});
