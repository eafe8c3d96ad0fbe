import assert from 'node:assert/strict';
import { assertEventually, openPages } from './openPage';

/** What waits, in the picture: by pattern, in words under the pointer, in the legend and in the strip. */
describe('What waits, on the timeline page', () => {
  const on = openPages();
  /** Where the plot begins. */
  const plot = 236;

  it('says what a connection waits for, by pointer and in words', async () => {
    await on.open('scenario=waiting');
    await on.button('Zoom to Fit').click();
    const lanes = on.page.getByRole('list', { name: 'Connections' }).getByRole('listitem');
    await lanes.filter({ hasText: 'waiting for its turn' }).first().waitFor({ state: 'attached' });
    await on.page.locator('canvas[data-lanes="17"]').waitFor();
    const tooltip = on.page.locator('lifeline-tooltip');
    // The last lanes are the connections that wait still: the list is at its end.
    await assertEventually(async () => {
      await on.page.mouse.move(plot + 400, 830);
      await on.page.mouse.move(plot + 402, 830);
      return (await tooltip.locator('li').allTextContents()).join().includes('waiting for its turn · emulated');
    });
  });

  it('tells the place in the queue of a request that waited for a slot', async () => {
    await on.open('scenario=waiting');
    await on.select('/slow?seconds=0.6');
    const tooltip = on.page.locator('lifeline-tooltip');
    const box = await on.picture.boundingBox();
    assert.ok(box);
    await assertEventually(async () => {
      // The strip with one track, the axis, and ten lanes lie above.
      for (let x = plot + 160; x < plot + 400; x += 16) {
        await on.page.mouse.move(box.x + x, box.y + 112 + 10 * 42 + 21);
        if ((await tooltip.locator('li').allTextContents()).join().includes('queue · 3rd in the queue, measured'))
          return true;
      }
      return false;
    });
  });

  it('explains every kind of waiting in the legend', async () => {
    await on.open('scenario=waiting');
    const legend = on.page.getByRole('list', { name: 'Legend' });
    for (const kind of ['waiting for its turn', 'body arriving', 'queue', 'client not reading']) {
      const item = legend.getByRole('listitem').filter({ hasText: kind });
      assert.ok(((await item.getAttribute('title')) ?? '').length > 40);
      const background = await item.locator('.swatch').evaluate((swatch) => getComputedStyle(swatch).backgroundImage);
      assert.match(background, /gradient/, `${kind} is a pattern, not a plain colour`);
    }
  });

  it('reads the strip at the pointer, with the limit that held then', async () => {
    await on.open('scenario=waiting');
    const numbers = on.page.locator('lifeline-numbers');
    await numbers.getByText('1 of 1 slot').waitFor();
    await numbers.getByText('Busy workers').waitFor();
    const box = await on.picture.boundingBox();
    assert.ok(box);
    const seen = new Set<string>();
    await assertEventually(async () => {
      for (let x = plot + 4; x < plot + 500; x += 12) {
        await on.page.mouse.move(box.x + x, box.y + 40);
        seen.add(/\d+ of \d+ slots?/.exec((await numbers.locator('dd').allTextContents()).join())?.[0] ?? '');
      }
      return seen.has('2 of 2 slots') && seen.has('1 of 1 slot');
    });
    await on.page.mouse.move(box.x + 20, box.y + 500);
    await numbers.getByText('1 of 1 slot').waitFor();
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light']) {
    it(`draws waiting in patterns and never as work, ${theme}`, async () => {
      await on.open(`scenario=waiting&theme=${theme}`);
      await on.page.locator('canvas[data-lanes="17"]').waitFor();
      const colours = await on.page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        return ['queue', 'stall', 'body'].map((name) => style.getPropertyValue(`--vscode-lifeline-${name}`).trim());
      });
      for (const colour of colours) {
        // Of a pattern a third is in full colour: some pixels, and no row of them wider than a stripe.
        await assertEventually(async () => (await on.countPixels(colour)) > 20);
      }
    });
  }
});
