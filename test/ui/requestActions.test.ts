import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sendWithCurl } from '../core/trace/copyAs/curlRun';
import { openWindow } from './openWindow';

/** What a person does with one request: copy it, send it again from a shell, open and save its parts. */
describe('The menu of a request in VS Code', function () {
  this.timeout(300_000);
  const body = `{"it's": "$(touch stumbled)"}`;
  const window = openWindow('request-menu');
  const { workbench } = window;

  before(async () => {
    const url = await workbench.startServer();
    const headers = { Authorization: 'Basic c2VjcmV0', 'Content-Type': 'application/json' };
    await (await fetch(`${url}/?copied=1`, { method: 'POST', headers, body })).text();
    await workbench.command('Lifeline: Show Timeline');
    const picture = workbench.picture;
    await picture.focus();
    await picture.press('n');
  });

  const choose = async (entry: string): Promise<void> => {
    await workbench.timeline.getByRole('button', { name: 'Request Actions' }).click();
    await workbench.timeline.getByRole('menuitem', { name: entry }).click();
  };

  it('copies a command that a shell runs, and that asks for the same', async () => {
    await choose('Copy as cURL (POSIX shell)');
    await workbench.timeline.getByText('Copied as cURL (POSIX shell). Masked: authorization.').waitFor();
    const text = await workbench.page.evaluate(async () => navigator.clipboard.readText());
    assert.ok(text.includes('--data-raw'), text);
    assert.ok(!text.includes('c2VjcmV0'), text);
    await workbench.screenshot('request-menu-1-copied');
    assert.notEqual(await sendWithCurl('sh', ['-c', text], window.folder), '');
    await workbench.statusBarItem.filter({ hasText: '2 requests' }).waitFor();
    const again = workbench.timeline.getByRole('list', { name: 'Connections' }).getByText('POST /?copied=1 200');
    await again.nth(1).waitFor({ state: 'attached' });
    assert.equal(existsSync(join(window.folder, 'stumbled')), false);
  });

  it('saves the body of a request', async () => {
    const file = join(window.folder, 'saved.json');
    await choose('Save Request Body…');
    await workbench.quickInput.waitFor();
    // The dialog puts its own proposal there a moment after it opens.
    do {
      await workbench.quickInput.fill(file);
      await workbench.page.waitForTimeout(700);
    } while ((await workbench.quickInput.inputValue()) !== file);
    await workbench.page.keyboard.press('Enter');
    await workbench.timeline.getByText(`Saved ${body.length} bytes.`).waitFor();
    assert.equal(await readFile(file, 'utf8'), body);
  });

  it('opens a body and a head in an editor, with secrets masked', async () => {
    await choose('Open Request Body in Editor');
    await workbench.page.locator('.monaco-editor .view-line', { hasText: 'touch stumbled' }).waitFor();
    await choose('Open Request Head in Editor');
    await workbench.timeline.getByText('Secrets are masked.').waitFor();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: /Authorization:.\(masked\)/ }).waitFor();
    await workbench.screenshot('request-menu-2-opened');
  });
});
