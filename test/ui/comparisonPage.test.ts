import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** Two runs beside each other: a written comparison, drawn by the product. */
describe('The page of a comparison', () => {
  const on = openPages();
  const picture = (run: string): Locator => on.page.getByRole('application', { name: `Timeline of ${run}` });
  const status = (): Locator => on.page.getByRole('status');

  it('says the difference in words, and what each run comes to', async () => {
    await on.open('comparison');
    const heading = on.page.getByRole('heading', { level: 1 });
    assert.equal(
      await heading.textContent(),
      'iterative took 3.6 times as long: it finished in 1.32 s, threads × 4 in 367 ms. Mean wait 735 ms against 62.4 ms. 1 of 8 failed, 0 before.',
    );
    await on.page.getByText('Left out: 1 request with a body over 64 KiB').waitFor();
    const facts = async (name: string): Promise<string[]> =>
      on.page.getByRole('region', { name }).locator('.run dl > div').allInnerTexts();
    const oneLine = (texts: string[]): string[] => texts.map((text) => text.replaceAll(/\s+/g, ' '));
    assert.deepEqual(oneLine(await facts('As it was: threads × 4')), [
      'Finished in 367 ms',
      'Mean wait 62.4 ms',
      'p95 303 ms',
      'Failed none',
    ]);
    assert.deepEqual(oneLine(await facts('Run again: iterative')), [
      'Finished in 1.32 s',
      'Mean wait 735 ms',
      'p95 1.16 s',
      'Failed 1 of 8',
    ]);
  });

  it('has a lane for each request, in the same place in both', async () => {
    await on.open('comparison');
    for (const canvas of await on.page.locator('canvas').all()) {
      await assertEventually(async () => (await canvas.getAttribute('data-lanes')) === '8');
    }
    const box = await picture('iterative').boundingBox();
    assert.ok(box);
    // The title of the fifth lane of the lower picture.
    await on.page.mouse.click(box.x + 60, box.y + 90 + 4 * 42 + 20);
    await assertEventually(async () => (await status().textContent())?.startsWith('GET /hello: ') ?? false);
    assert.equal(
      await status().textContent(),
      'GET /hello: under threads × 4 104 ms, of which it waited 100 ms; under iterative 976 ms, of which it waited 972 ms.',
    );
  });

  it('walks through the requests by keys, in both pictures at once', async () => {
    await on.open('comparison');
    await picture('threads × 4').focus();
    await on.page.keyboard.press('Home');
    await assertEventually(async () => (await status().textContent())?.startsWith('GET /slow?seconds=0.3: ') ?? false);
    for (let count = 0; count < 7; count++) await on.page.keyboard.press('n');
    await assertEventually(async () => (await status().textContent())?.startsWith('GET /cart/items: ') ?? false);
    // The lower picture has scrolled along to the last lane.
    const box = await picture('iterative').boundingBox();
    assert.ok(box);
    await on.page.keyboard.press('Escape');
    await on.page.mouse.click(box.x + 60, box.y + box.height - 30);
    await assertEventually(async () => (await status().textContent())?.startsWith('GET /cart/items: ') ?? false);
  });

  it('moves both pictures in time together', async () => {
    await on.open('comparison');
    const [upper, lower] = [on.page.locator('canvas').first(), on.page.locator('canvas').last()];
    const shot = async (canvas: Locator): Promise<string> => (await canvas.screenshot()).toString('base64');
    await picture('iterative').focus();
    // From the first key on, the focus is shown.
    await on.page.keyboard.press('0');
    await on.page.waitForTimeout(200);
    const before = [await shot(upper), await shot(lower)];
    for (let count = 0; count < 4; count++) await on.page.keyboard.press('+');
    await assertEventually(async () => (await shot(upper)) !== before[0] && (await shot(lower)) !== before[1]);
    await on.page.keyboard.press('0');
    await assertEventually(async () => (await shot(upper)) === before[0] && (await shot(lower)) === before[1]);
  });

  it('tells every request to a screen reader', async () => {
    await on.open('comparison');
    const items = on.page.getByRole('list', { name: 'Requests in both runs' }).getByRole('listitem');
    await assertEventually(async () => (await items.count()) === 8);
    assert.match(
      (await items.nth(0).textContent()) ?? '',
      /^GET \/slow\?seconds=0\.3: under threads × 4 302 ms; under/,
    );
  });

  it('fits into a narrow panel, and a low one scrolls', async () => {
    await on.page.setViewportSize({ width: 400, height: 420 });
    await on.open('comparison&theme=light');
    await picture('iterative').waitFor();
    const overflow = await on.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    const heights = [picture('threads × 4'), picture('iterative')].map(
      async (each) => (await each.boundingBox())?.height,
    );
    for (const height of await Promise.all(heights)) assert.ok((height ?? 0) >= 120, `${height} px high`);
  });
});
