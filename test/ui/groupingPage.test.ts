import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** What a lane stands for: chosen in the toolbar or by key, remembered, and usable in each way. */
describe('Grouping, on the timeline page', () => {
  const on = openPages();
  const groupBy = (): Locator => on.page.getByRole('combobox', { name: 'Group by' });
  const lanes = (count: number): Promise<unknown> => on.page.locator(`canvas[data-lanes="${count}"]`).waitFor();
  const heading = async (): Promise<string> => (await on.inspector.getByRole('heading').first().textContent()) ?? '';
  /** Clicks on the titles of the row at a height, counted from the top of the lanes. */
  const clickRow = (y: number): Promise<void> => on.picture.click({ position: { x: 60, y: strip + y } });
  /** Strip with one further track, and axis. */
  const strip = 112;

  it('is chosen in the toolbar, by keys alone, and comes back after a reload', async () => {
    await on.open('scenario=waiting');
    await lanes(17);
    assert.equal(await groupBy().inputValue(), 'connection');
    await groupBy().focus();
    assert.ok(await groupBy().evaluate((select) => select.matches(':focus')));
    await groupBy().selectOption({ label: 'Workers and slots' });
    // Three slots, and as many lanes as requests waited at a time.
    await lanes(6);
    await on.page.reload();
    await lanes(6);
    assert.equal(await groupBy().inputValue(), 'slot');
    await on.picture.focus();
    await on.page.keyboard.press('g');
    await lanes(17);
    assert.equal(await groupBy().inputValue(), 'client');
    await on.page.getByText('Lanes: Clients').waitFor({ state: 'attached' });
    await on.page.keyboard.press('g');
    assert.equal(await groupBy().inputValue(), 'connection');
  });

  it('walks through slots and what waits by keys, and keeps what is selected in view', async () => {
    await on.open('scenario=waiting');
    await on.select('/slow?seconds=0.3');
    await groupBy().selectOption('slot');
    await lanes(6);
    await on.inspector.getByText('worker 1, slot 2').waitFor();
    await on.picture.focus();
    await on.page.keyboard.press('ArrowDown');
    await on.inspector.getByText('worker 2, slot 1').waitFor();
    await on.page.keyboard.press('ArrowUp');
    await on.page.keyboard.press('ArrowUp');
    await on.inspector.getByText('worker 1, slot 1').waitFor();
  });

  it('selects a request by its wait as by its call', async () => {
    await on.open('scenario=waiting');
    await groupBy().selectOption('slot');
    await lanes(6);
    const box = await on.picture.boundingBox();
    assert.ok(box);
    // The first lane below the three slots and the header of those that wait.
    const y = strip + 3 * 42 + 26 + 21;
    await assertEventually(async () => {
      for (let x = 340; x < 640; x += 12) {
        await on.picture.click({ position: { x, y } });
        if ((await heading()).includes('seconds=0.4')) return true;
      }
      return false;
    });
    await on.inspector.getByText('worker 1, slot 1').waitFor();
  });

  it('hides and shows the connections of a client by click and by key', async () => {
    await on.open('scenario=waiting');
    await groupBy().selectOption('client');
    await clickRow(26 + 20);
    await assertEventually(async () => (await heading()) === 'Connection 1');
    await clickRow(10);
    // Two headers now, then the connection of the second client.
    await clickRow(26 + 26 + 20);
    await assertEventually(async () => (await heading()) === 'Connection 16');
    await on.page.reload();
    await lanes(17);
    await clickRow(26 + 26 + 20);
    await assertEventually(async () => (await heading()) === 'Connection 16');
    await on.picture.focus();
    await on.page.keyboard.press('c');
    // Three headers, then the connection of the third.
    await clickRow(3 * 26 + 20);
    await assertEventually(async () => (await heading()) === 'Connection 17');
    // A step into a hidden lane shows it.
    await on.page.keyboard.press('ArrowUp');
    await assertEventually(async () => (await heading()) === 'Connection 16');
    await clickRow(26 + 26 + 20);
    await assertEventually(async () => (await heading()) === 'Connection 16');
  });

  it('has room in a panel of 300 pixels, with everything else in the toolbar', async () => {
    await on.page.setViewportSize({ width: 300, height: 700 });
    await on.open('scenario=waiting');
    await lanes(17);
    await groupBy().selectOption('slot');
    await lanes(6);
    const boxes = await on.page
      .getByRole('toolbar', { name: 'Timeline' })
      .locator('button:visible, select')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().right));
    assert.ok(boxes.length >= 8);
    for (const right of boxes) assert.ok(right <= 300, `ends at ${right}`);
  });
});
