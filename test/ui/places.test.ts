import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ask } from './ask';
import { assertEventually } from './openPage';
import { openWindow } from './openWindow';

/** The timeline in the editor area and in the panel, over moves and reloads: each step builds on the one before. */
describe('Where the timeline stands in VS Code', function () {
  this.timeout(300_000);
  const window = openWindow('places');
  const { workbench } = window;
  let url: string;

  const tab = (): Locator => workbench.page.locator('.part.editor').getByRole('tab', { name: 'Request Timeline' });
  const view = (): Locator => workbench.page.locator('.part.panel').getByRole('tab', { name: 'Request Timeline' });

  /** Which stretch of time is in view, in words; also where the page is too low to show the overview that says so. */
  const stretch = (): Promise<string | null> =>
    workbench.timeline.locator('lifeline-overview .frame').getAttribute('aria-valuetext');
  let zoomedTo: string | null;

  async function setLocation(location: 'editor' | 'panel'): Promise<void> {
    const file = join(window.folder, '.vscode', 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...settings, 'lifeline.timeline.location': location }));
  }

  /** As a person does, so that the editor puts its layout away before. */
  async function reload(): Promise<void> {
    const loaded = workbench.page.waitForEvent('load');
    await workbench.command('Developer: Reload Window');
    await loaded;
    await workbench.ready();
  }

  /** What was selected, filtered and zoomed to at first is still so. */
  async function assertKept(): Promise<void> {
    const { timeline } = workbench;
    await timeline.getByRole('heading', { name: /GET \/slow\?seconds=0\.2/ }).waitFor();
    await timeline.getByText('1 of 3 match', { exact: true }).waitFor();
    assert.equal(await timeline.getByRole('combobox', { name: 'Filter' }).inputValue(), 'path:/slow type:plain');
    assert.equal(await workbench.connections.count(), 3);
    await assertEventually(async () => (await stretch()) === zoomedTo);
  }

  it('is a tab at first', async () => {
    url = await workbench.startServer();
    await workbench.command('Lifeline: Show Timeline');
    await tab().waitFor();
    for (const target of ['/', '/slow?seconds=0.2', '/last']) await ask(url + target);
    await workbench.connections.nth(2).waitFor({ state: 'attached' });
    await workbench.picture.focus();
    await workbench.page.keyboard.press('/');
    await workbench.page.keyboard.type('path:/slow type:plain');
    await workbench.timeline.getByText('1 of 3 match', { exact: true }).waitFor();
    await workbench.picture.focus();
    await workbench.page.keyboard.press('n'); // the first
    await workbench.page.keyboard.press('n');
    const before = await stretch();
    await workbench.page.keyboard.press('z');
    await assertEventually(async () => (await stretch()) !== before);
    zoomedTo = await stretch();
    await assertKept();
  });

  it('moves to the panel with the setting, with what was selected and filtered', async () => {
    await setLocation('panel');
    await view().waitFor();
    await tab().waitFor({ state: 'detached' });
    await assertKept();
    await workbench.screenshot('places-1-panel');
  });

  it('has in the panel what happened while another view hid it', async () => {
    await workbench.command('View: Toggle Output');
    await ask(`${url}/hidden`);
    await workbench.command('Lifeline: Show Timeline');
    await workbench.timeline.getByText('1 of 4 match', { exact: true }).waitFor();
  });

  it('comes back in the panel after a reload of the window, with the trace', async () => {
    await reload();
    await view().waitFor();
    await workbench.timeline.getByText('1 of 4 match', { exact: true }).waitFor();
    await workbench.timeline.getByRole('heading', { name: /GET \/slow\?seconds=0\.2/ }).waitFor();
    await assertEventually(async () => (await stretch()) === zoomedTo);
    await workbench.statusBarItem.filter({ hasText: 'stopped' }).waitFor();
    await workbench.screenshot('places-2-panel-restored');
  });

  it('moves back to the editor, and comes back there after a reload', async () => {
    await setLocation('editor');
    await tab().waitFor();
    await view().waitFor({ state: 'detached' });
    await workbench.timeline.getByRole('heading', { name: /GET \/slow\?seconds=0\.2/ }).waitFor();
    await reload();
    await workbench.timeline.getByText('1 of 4 match', { exact: true }).waitFor();
    await workbench.timeline.getByRole('heading', { name: /GET \/slow\?seconds=0\.2/ }).waitFor();
    await assertEventually(async () => (await stretch()) === zoomedTo);
    await workbench.screenshot('places-3-editor-restored');
  });

  it('begins anew with the server', async () => {
    await workbench.command('Lifeline: Start Server');
    await workbench.statusBarItem.filter({ hasText: '0 requests' }).waitFor();
    await workbench.timeline.getByText('Ready for the first request').waitFor();
  });
});
