import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openPages } from './openPage';

describe('The menu of a request', function () {
  this.timeout(60_000);
  const ui = openPages();
  const menu = (): Locator => ui.page.getByRole('menu', { name: 'Request Actions' });
  const focused = async (): Promise<string> =>
    (
      await ui.page
        .locator('[role=menuitem]:focus')
        .textContent()
        .catch(() => '')
    )?.trim() ?? '';

  it('is worked by keys alone', async () => {
    await ui.open('scenario=mixed');
    await ui.select('/hello');
    await ui.button('Request Actions').focus();
    await ui.page.keyboard.press('Enter');
    await menu().waitFor();
    assert.match(await focused(), /^Replay/);
    assert.equal(await ui.button('Request Actions').getAttribute('aria-expanded'), 'true');
    await ui.page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'Save Response Body…');
    for (let left = 7; left > 0; left--) await ui.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Copy as cURL (cmd)');
    await ui.page.keyboard.press('End');
    await ui.page.keyboard.press('Home');
    await ui.page.keyboard.press('Escape');
    await menu().waitFor({ state: 'hidden' });
    assert.equal(await ui.button('Request Actions').evaluate((button) => button.matches(':focus')), true);
    assert.equal(await ui.asked(), '');
    for (let left = 6; left > 0; left--) await ui.page.keyboard.press('ArrowDown');
    await ui.page.keyboard.press('Enter');
    await menu().waitFor({ state: 'hidden' });
    assert.match(
      await ui.asked(),
      /^copy as posix # Masked: Authorization, Cookie\..*\ncurl 'http:\/\/127\.0\.0\.1:8888\/hello' \\\n/,
    );
    assert.doesNotMatch(await ui.asked(), /s3cr3t|abc123/);
    await ui.page.getByText('Copied. Masked: Authorization, Cookie.').waitFor();
  });

  it('opens and closes by clicks', async () => {
    await ui.open('scenario=mixed');
    await ui.select('/hello');
    await ui.button('Request Actions').click();
    await menu().waitFor();
    await ui.button('Request Actions').click();
    await menu().waitFor({ state: 'hidden' });
    await ui.button('Request Actions').click();
    await ui.page.getByRole('menuitem', { name: 'Copy Row' }).click();
    assert.match(
      await ui.asked(),
      /^copy GET\t\/hello\t200\ttext\/plain\tcomplete\t1040\.000\t212\.000\t[\d.]+\t\d+\t\d+\t127\.0\.0\.1:54318\n$/,
    );
    await ui.button('Request Actions').click();
    await ui.page.getByRole('menuitem', { name: 'Save Request Body…' }).click();
    await ui.page.getByText('The request has no body.').waitFor();
  });

  it('copies a secret that the inspector shows, and only while it does', async () => {
    await ui.open('scenario=mixed');
    await ui.select('/hello');
    const copy = async (): Promise<string> => {
      const before = await ui.asked();
      await ui.button('Request Actions').click();
      await ui.page.getByRole('menuitem', { name: 'Copy as fetch' }).click();
      return (await ui.asked()).slice(before.length);
    };
    await ui.inspector.getByText('Request', { exact: true }).click();
    await ui.button('Reveal Authorization').click();
    const shown = await copy();
    assert.match(shown, /s3cr3t-t0ken/);
    assert.match(shown, /Masked: Cookie\./);
    assert.doesNotMatch(shown, /abc123/);
    await ui.button('Request Actions').click();
    await ui.page.getByRole('menuitem', { name: 'Open Request Head in Editor' }).click();
    assert.match(await ui.asked(), /open requestHead of \d+, revealed 3\n$/);
    await ui.select('/report/7');
    await ui.select('/hello');
    assert.doesNotMatch(await copy(), /s3cr3t/);
  });

  it('stays inside of the window where the inspector is small', async () => {
    await ui.page.setViewportSize({ width: 400, height: 420 });
    await ui.open('scenario=mixed');
    await ui.select('/hello');
    await ui.button('Request Actions').click();
    const box = await menu().boundingBox();
    assert.ok(
      box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 400 && box.y + box.height <= 420,
      JSON.stringify(box),
    );
  });
});
