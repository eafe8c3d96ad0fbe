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
});
