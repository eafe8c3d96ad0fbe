import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** The request table: rows that follow the trace, sorting, columns, and the selection in step with the picture. */
describe('The request table, on the timeline page', () => {
  const on = openPages();
  const grid = (): Locator => on.page.getByRole('grid', { name: 'Requests' });
  const rows = (): Locator => grid().locator('[data-id]');
  const head = (name: string): Locator => grid().getByRole('columnheader', { name, exact: true });
  const cells = (column: string): Promise<string[]> => grid().locator(`[role=gridcell].${column}`).allInnerTexts();
  /** The heading of the inspector: what is selected. */
  const selected = async (): Promise<string> => (await on.inspector.getByRole('heading').first().textContent()) ?? '';
  const active = (): Promise<string | null> =>
    grid().evaluate((element) => {
      const id = element.getAttribute('aria-activedescendant');
      const found = id === null ? null : (element.getRootNode() as ShadowRoot).getElementById(id);
      return found && (found.getAttribute('aria-label') ?? found.textContent.trim());
    });

  it('lists every request with its numbers and its bars', async () => {
    await on.open('scenario=mixed&theme=dark&panes=both');
    await rows().first().waitFor();
    assert.equal(await grid().getAttribute('aria-rowcount'), '15');
    await on.page.getByRole('combobox', { name: 'Show' }).selectOption('table');
    await assertEventually(async () => (await rows().count()) === 14);
    const paths = await cells('path');
    assert.ok(paths.includes('/slow?seconds=1.2') && paths.includes('/report'), paths.join(' '));
    const report = rows().filter({ has: on.page.getByText('/report', { exact: true }) });
    assert.equal(await report.locator('.size').innerText(), '158 B');
    assert.match(await report.innerText(), /POST\s+\/report\s+201\s+json/);
    assert.equal(await report.locator('.type').getAttribute('title'), 'application/json');
    assert.equal(await rows().filter({ hasText: '/report/8' }).locator('.type').innerText(), '', '304 has none');
    const waited = rows()
      .filter({ has: on.page.getByText('/hello', { exact: true }) })
      .first();
    assert.equal(await waited.locator('.bars .queue').count(), 1);
    const wide = await waited.locator('.bars .queue').evaluate((bar) => bar.getBoundingClientRect().width);
    const app = await waited.locator('.bars .app').evaluate((bar) => bar.getBoundingClientRect().width);
    assert.ok(wide > 4 * app, `waited 1.04 s of 1.28 s: ${wide} and ${app} px`);
    assert.equal(await rows().filter({ hasText: '/broken' }).locator('.bars .error').count(), 1);
  });

  it('sorts by a click on a head, by keys, and goes back to the order of arrival', async () => {
    await on.open('scenario=mixed&panes=both');
    await on.page.getByRole('combobox', { name: 'Show' }).selectOption('table');
    await rows().nth(13).waitFor();
    const arrived = await cells('path');
    await head('Total').click();
    assert.equal(await head('Total').getAttribute('aria-sort'), 'descending');
    // What goes on stands before: nobody knows yet how long it takes.
    await assertEventually(async () => (await cells('path'))[2] === '/slow?seconds=3');
    await head('Total').click();
    await assertEventually(async () => (await head('Total').getAttribute('aria-sort')) === 'ascending');
    await head('Total').click();
    await assertEventually(async () => (await cells('path')).join() === arrived.join());

    await head('Type').click();
    await assertEventually(async () => (await cells('type'))[0] === '' && (await cells('type')).includes('csv'));
    const types = await cells('type');
    assert.deepEqual(types, [...types].sort());
    assert.deepEqual([...new Set(types)], ['', 'csv', 'html', 'json', 'plain']);

    await grid().focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('ArrowUp');
    assert.equal(await active(), 'Method');
    await on.page.keyboard.press('ArrowRight');
    assert.equal(await active(), 'Path');
    await on.page.keyboard.press('Enter');
    await assertEventually(async () => (await head('Path').getAttribute('aria-sort')) === 'ascending');
    // What could not be read has none.
    const sorted = (await cells('path')).map((path) => path.replace('unreadable request', ''));
    assert.deepEqual(sorted, [...sorted].sort());
  });

  it('selects in step with the picture, either way', async () => {
    await on.open('scenario=dense&theme=dark&panes=both');
    await rows().first().waitFor();
    await grid().focus();
    await on.page.keyboard.press('Home');
    await on.page.getByText('not following').waitFor();
    const first = await selected();
    assert.equal(await rows().first().getAttribute('aria-selected'), 'true');
    await on.picture.focus();
    for (let step = 0; step < 3; step++) await on.page.keyboard.press('n');
    await assertEventually(async () => (await selected()) !== first);
    const row = grid().locator('[role=row][aria-selected=true]');
    assert.equal(await row.count(), 1);
    assert.ok((await selected()).includes(await row.locator('.path').innerText()));
    await row.waitFor({ state: 'visible' });
    const [place, room] = [await row.boundingBox(), await grid().boundingBox()];
    assert.ok(place && room && place.y >= room.y && place.y + place.height <= room.y + room.height + 1);
  });

  it('is walked through by keys, row by row, page by page and cell by cell', async () => {
    await on.open('scenario=dense&panes=both');
    await rows().first().waitFor();
    await grid().focus();
    await on.page.keyboard.press('End');
    await assertEventually(async () => (await rows().last().getAttribute('aria-selected')) === 'true');
    assert.equal(
      await rows().last().getAttribute('aria-rowindex'),
      await grid().getAttribute('aria-rowcount'),
      'the last one',
    );
    await on.page.keyboard.press('Home');
    await assertEventually(async () => (await rows().first().getAttribute('aria-rowindex')) === '2');
    await on.page.keyboard.press('PageDown');
    await on.page.keyboard.press('ArrowDown');
    const name = await active();
    assert.match(name ?? '', /^GET \/item\/\d+ 200, .*recv .* to .*app call/);
    await on.page.keyboard.press('ArrowRight');
    await on.page.keyboard.press('ArrowRight');
    assert.match((await active()) ?? '', /^\/item\/\d+$/);
    await on.page.keyboard.press('ArrowLeft');
    assert.equal(await active(), 'GET');
    await on.page.keyboard.press('ArrowLeft');
    assert.equal(await active(), name);
    await on.page.keyboard.press('Enter');
    assert.ok(await on.inspector.evaluate((element) => element.matches(':focus-within')));
  });

  it('chooses several, and opens the menu of a request', async () => {
    await on.open('scenario=mixed&panes=both');
    await on.page.getByRole('combobox', { name: 'Show' }).selectOption('table');
    await rows().nth(13).waitFor();
    await grid().focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('Shift+ArrowDown');
    await on.page.keyboard.press('Shift+ArrowDown');
    await assertEventually(async () => (await on.page.locator('body').getAttribute('data-chosen')) === '1 2 3');
    assert.equal(await grid().locator('[aria-selected=true]').count(), 3);
    await rows()
      .nth(5)
      .click({ modifiers: ['ControlOrMeta'] });
    await assertEventually(async () => (await on.page.locator('body').getAttribute('data-chosen')) === '1 2 3 6');
    await rows().nth(4).click();
    await assertEventually(async () => (await on.page.locator('body').getAttribute('data-chosen')) === '5');
    await on.page.keyboard.press('Shift+F10');
    await on.page.getByRole('menuitem', { name: 'Copy Row' }).waitFor();
    await on.page.getByRole('menuitem', { name: 'Copy as fetch' }).press('Enter');
    await assertEventually(async () => (await on.asked()).includes('copy as fetch'));
    assert.ok(await grid().evaluate((element) => element.matches(':focus')), 'the keyboard is back');
    await rows().nth(2).click({ button: 'right' });
    await on.page.getByRole('menuitem', { name: 'Copy Row' }).click();
    await assertEventually(async () => /copy [^a].*slow/.test(await on.asked()));
  });

  it('shows the columns that one wants, as wide as one wants, also after a reload', async () => {
    await on.open('scenario=mixed&panes=both');
    await rows().first().waitFor();
    const wide = async (): Promise<number> => (await head('Method').boundingBox())?.width ?? 0;
    const before = await wide();
    const sizer = await head('Method').locator('.sizer').boundingBox();
    assert.ok(sizer);
    await on.page.mouse.move(sizer.x + 4, sizer.y + 8);
    await on.page.mouse.down();
    await on.page.mouse.move(sizer.x + 54, sizer.y + 8, { steps: 3 });
    await on.page.mouse.up();
    await assertEventually(async () => Math.abs((await wide()) - before - 50) <= 2);
    assert.equal(await head('Method').getAttribute('aria-sort'), 'none', 'a drag does not sort');
    await on.button('Columns').click();
    await on.page.getByRole('menuitemcheckbox', { name: 'CPU' }).click();
    await on.page.getByRole('menuitemcheckbox', { name: 'Method' }).click();
    await on.page.keyboard.press('Escape');
    await head('CPU').waitFor();
    assert.equal(await head('Method').count(), 0);
    await on.page.reload();
    await head('CPU').waitFor();
    assert.equal(await head('Method').count(), 0);
    await on.button('Columns').click();
    await on.page.getByRole('menuitemcheckbox', { name: 'As Many as Fit' }).click();
    await assertEventually(async () => Math.abs((await wide()) - before - 50) <= 2);
    assert.equal(await head('CPU').count(), 0);
    await head('Method').locator('.sizer').dblclick();
    await assertEventually(async () => Math.abs((await wide()) - before) <= 1);
  });

  it('lists what matches the filter, and says so where nothing does', async () => {
    await on.open('scenario=mixed&panes=both');
    await rows().first().waitFor();
    const box = on.page.getByRole('combobox', { name: 'Filter', exact: true });
    await box.fill('method:POST');
    await assertEventually(async () => (await rows().count()) === 1);
    assert.deepEqual(await cells('path'), ['/report']);
    await box.fill('type:json');
    await assertEventually(async () => (await cells('path')).join() === '/report,/report/7');
    await box.fill('path:/nowhere');
    await on.page.getByText('No request matches the filter.').waitFor();
    assert.equal(await grid().getAttribute('aria-rowcount'), '1');
    await box.fill('');
    await assertEventually(async () => (await grid().getAttribute('aria-rowcount')) === '15');
  });

  it('is shown, hidden and alone by the key T, and as it was after a reload', async () => {
    await on.open('scenario=mixed&panes=both');
    await rows().first().waitFor();
    await on.picture.focus();
    await on.page.keyboard.press('t');
    await assertEventually(async () => (await on.picture.count()) === 0);
    await grid().focus();
    await on.page.keyboard.press('t');
    await assertEventually(async () => (await grid().count()) === 0);
    await on.page.reload();
    await on.picture.waitFor();
    assert.equal(await grid().count(), 0);
    assert.equal(await on.page.getByRole('combobox', { name: 'Show' }).inputValue(), 'timeline');
  });

  it('keeps what is looked at in place while others come', async () => {
    await on.open('scenario=dense&live=200&panes=both');
    await rows().first().waitFor();
    await grid().evaluate((element) => element.scrollTo({ top: 1000 }));
    // Before that it stood at the newest.
    await assertEventually(async () => (await rows().first().getAttribute('aria-rowindex')) === '47');
    const before = await rows().first().getAttribute('data-id');
    const count = await grid().getAttribute('aria-rowcount');
    await assertEventually(async () => (await grid().getAttribute('aria-rowcount')) !== count);
    assert.equal(await rows().first().getAttribute('data-id'), before);
  });

  it('has room in a narrow page and in a low one', async () => {
    await on.page.setViewportSize({ width: 420, height: 800 });
    await on.open('scenario=mixed&panes=both');
    await rows().first().waitFor();
    for (const part of [on.picture, grid()]) {
      const area = await part.boundingBox();
      assert.ok(area && area.width > 400 && area.height > 90, JSON.stringify(area));
    }
    const last = await on.page.getByRole('columnheader').last().boundingBox();
    const buttons = await on.page.locator('lifeline-table .columns').boundingBox();
    assert.ok(last && buttons && last.x + last.width <= buttons.x, 'no head lies under the buttons');
    await on.page.setViewportSize({ width: 1300, height: 300 });
    await assertEventually(async () => {
      const [picture, table] = [await on.picture.boundingBox(), await grid().boundingBox()];
      return picture !== null && table !== null && picture.x + picture.width <= table.x + 2;
    });
    await on.page.setViewportSize({ width: 600, height: 300 });
    await assertEventually(async () => (await grid().count()) === 0);
  });
});
