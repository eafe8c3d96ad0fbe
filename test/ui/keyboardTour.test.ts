import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { assertAccessible } from './accessible';
import { ask } from './ask';
import { assertEventually } from './openPage';
import { openWindow } from './openWindow';

/** From the start of the server to the end of the timeline without a pointer: each step builds on the one before. */
describe('The whole way by keys, in VS Code', function () {
  this.timeout(300_000);
  const window = openWindow('keyboard-tour');
  const { workbench } = window;

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const grid = (): Locator => workbench.timeline.getByRole('grid', { name: 'Requests' });
  const rows = (): Locator => grid().locator('[data-id]');
  const paths = (): Promise<string[]> => grid().locator('[role=gridcell].path').allInnerTexts();
  const focused = (part: Locator): Promise<boolean> => part.evaluate((element) => element.matches(':focus-within'));
  /** Tab leads there, before it has gone round. */
  const tabTo = async (part: Locator): Promise<void> => {
    for (let step = 0; step < 60; step++) {
      if (await focused(part)) return;
      await press('Tab');
    }
    assert.fail('Tab does not lead there');
  };
  /** A palette that opened before the extension was known does not learn of its commands: then once more. */
  const runByKeys = async (title: string): Promise<void> => {
    for (let left = 10; left > 0; left--) {
      await workbench.palette(title);
      const offered = workbench.option(title).first().waitFor({ timeout: 3000 });
      if (
        await offered.then(
          () => true,
          () => false,
        )
      )
        return press('Enter');
      await press('Escape');
    }
    assert.fail(`the palette does not offer “${title}”`);
  };

  it('starts the server and shows the timeline', async () => {
    await workbench.settled();
    await runByKeys('Lifeline: Start Server');
    const url = await workbench.serverUrl();
    await runByKeys('Lifeline: Show Timeline');
    await workbench.timeline.getByText('Ready for the first request').waitFor();
    for (const target of ['/', '/slow?seconds=0.3', '/?a=2', '/slow?seconds=0.1', '/nowhere'])
      await ask(`${url}${target}`);
    await rows().nth(4).waitFor();
  });

  it('filters, and goes from the filter to the timeline and on to the table', async () => {
    const box = workbench.timeline.getByRole('combobox', { name: 'Filter', exact: true });
    await tabTo(workbench.timeline.getByRole('toolbar', { name: 'Timeline' }));
    await tabTo(box);
    await workbench.page.keyboard.type('path:/slow');
    await press('Escape', 'Escape');
    assert.equal(await box.inputValue(), '');
    const picture = workbench.picture;
    assert.ok(await focused(picture), 'the keyboard is on the timeline');
    await press('/');
    await workbench.page.keyboard.type('path:/slow ');
    await press('Enter');
    await assertEventually(async () => (await paths()).join(' ') === '/slow?seconds=0.3 /slow?seconds=0.1');
    await tabTo(grid());
    await press('/', 'Escape', 'Escape');
    await tabTo(grid());
    await assertEventually(async () => (await rows().count()) === 5);
  });

  it('sorts the table by its heads, and selects in step with the timeline', async () => {
    await press('Home', 'ArrowUp');
    const sorted = (): Locator => grid().locator('[aria-sort=descending]');
    const total = grid().getByRole('columnheader', { name: 'Total', exact: true });
    for (let step = 0; step < 14; step++) {
      const active = await grid().getAttribute('aria-activedescendant');
      if (active === (await total.getAttribute('id'))) break;
      await press('ArrowRight');
    }
    await press('Enter');
    await assertEventually(async () => (await sorted().count()) === 1 && (await paths())[0] === '/slow?seconds=0.3');
    await press('ArrowDown', 'Home');
    const heading = workbench.inspector.getByRole('heading').first();
    await assertEventually(async () => ((await heading.textContent()) ?? '').includes('/slow?seconds=0.3'));
    await press('ArrowDown');
    await assertEventually(async () => ((await heading.textContent()) ?? '').includes('/slow?seconds=0.1'));
    await workbench.screenshot('keyboard-tour-table');
  });

  it('copies the request as cURL from the menu of its row', async () => {
    await press('Shift+F10');
    const items = workbench.timeline.getByRole('menuitem');
    // A key before that would go to the table.
    await assertEventually(() => focused(items.first()));
    const curl = items.filter({ hasText: 'cURL (POSIX shell)' });
    for (let step = 0; step < 20 && !(await focused(curl)); step++) await press('ArrowDown');
    await press('Enter');
    await workbench.timeline.getByText('Copied as cURL (POSIX shell).').waitFor();
    const text = await workbench.page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^curl .*\/slow\?seconds=0\.1/s);
    assert.ok(await focused(grid()), 'the keyboard is back in the table');
  });

  it('goes into the inspector and out, and nothing of the page bars anybody, in any default theme', async () => {
    const inspector = workbench.inspector;
    await press('Enter');
    await assertEventually(() => focused(inspector));
    const page = await workbench.timeline.locator('lifeline-timeline').elementHandle();
    const frame = await page.ownerFrame();
    assert.ok(frame);
    await assertAccessible(frame, 'dark');
    const file = join(window.folder, '.vscode', 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    for (const [theme, kind] of [
      ['Default Light Modern', 'vscode-light'],
      ['Default High Contrast', 'vscode-high-contrast'],
      ['Default High Contrast Light', 'vscode-high-contrast-light'],
    ] as const) {
      await writeFile(file, JSON.stringify({ ...settings, 'workbench.colorTheme': theme }));
      await workbench.timeline.locator(`body.${kind}`).waitFor();
      await assertAccessible(frame, theme);
    }
    await tabTo(inspector.getByRole('button', { name: 'Close Inspector' }));
    await press('Enter');
    await inspector.waitFor({ state: 'detached' });
  });

  it('closes the timeline and stops the server', async () => {
    await runByKeys('View: Close Editor');
    await workbench.page.locator('iframe.webview').waitFor({ state: 'detached' });
    await runByKeys('Lifeline: Stop Server');
    await workbench.statusBarItem.filter({ hasNotText: '127.0.0.1' }).waitFor();
  });
});
