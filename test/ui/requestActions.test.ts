import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sendWithCurl } from '../core/trace/copyAs/curlRun';
import { assertEventually } from './openPage';
import { openWindow } from './openWindow';
import { root } from './window';

/** What a person does with one request: copy it, send it again from a shell, open and save its parts. */
describe('The menu of a request in VS Code', function () {
  this.timeout(300_000);
  const body = `{"it's": "$(touch stumbled)"}`;
  const window = openWindow('request-menu', {}, async (folder) => {
    await cp(join(root, 'test', 'apps', 'sends_bodies.py'), join(folder, 'sends_bodies.py'));
    await writeFile(join(folder, '.vscode', 'settings.json'), '{ "lifeline.appFile": "sends_bodies.py" }');
    return undefined;
  });
  const { workbench } = window;
  let url: string;

  before(async () => {
    url = await workbench.startServer();
    const headers = { Authorization: 'Basic c2VjcmV0', 'Content-Type': 'application/json' };
    await (await fetch(`${url}/?copied=1`, { method: 'POST', headers, body })).text();
    await workbench.command('Lifeline: Show Timeline');
    await workbench.select('POST /?copied=1 → 200');
  });

  const choose = async (entry: string): Promise<void> => {
    await workbench.timeline.getByRole('button', { name: 'Request Actions' }).click();
    await workbench.timeline.getByRole('menuitem', { name: entry }).click();
  };

  /**
   * Answers VS Code's own dialog.
   *
   * @param said what is said when it is done
   * @returns what was saved
   */
  async function saveAs(proposed: string, name: string, said: string): Promise<Buffer> {
    const file = join(window.folder, name);
    const { quickInput } = workbench;
    // The dialog puts its own proposal there a moment after it opens.
    await assertEventually(async () => (await quickInput.inputValue()).endsWith(`/${proposed}`));
    await quickInput.fill(file);
    await workbench.page.keyboard.press('Enter');
    await quickInput.waitFor({ state: 'hidden' });
    await workbench.timeline.getByText(said, { exact: true }).waitFor();
    return readFile(file);
  }

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

  it('copies it as fetch, which asks for the same, and as Python', async () => {
    const copied = async (form: string): Promise<string> => {
      await choose(`Copy as ${form}`);
      await workbench.timeline.getByText(`Copied as ${form}. Masked: authorization.`).waitFor();
      return workbench.page.evaluate(async () => navigator.clipboard.readText());
    };
    const script = await copied('fetch');
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 10_000 });
    await workbench.statusBarItem.filter({ hasText: '3 requests' }).waitFor();
    await workbench.timeline
      .getByRole('list', { name: 'Connections' })
      .getByText('POST /?copied=1 200')
      .nth(2)
      .waitFor({ state: 'attached' });
    assert.match(await copied('Python requests'), /^import requests\n[^]*requests\.request\(\n? *'POST'/m);
  });

  it('saves the body of a request', async () => {
    await workbench.select('POST /?copied=1 → 200');
    await choose('Save Request Body…');
    const saved = await saveAs('request-body', 'saved.json', `Saved ${body.length} bytes.`);
    assert.equal(saved.toString(), body);
  });

  it('saves bodies of responses: the bytes that curl gets', async () => {
    const curl = async (path: string): Promise<Buffer> => {
      const words = ['-sS', '--noproxy', '*', '--compressed', url + path];
      return (await promisify(execFile)('curl', words, { encoding: 'buffer' })).stdout;
    };
    for (const [path, how] of [
      ['/bytes', ''],
      ['/items', ', decoded from gzip'],
    ] as const) {
      const got = await curl(path);
      assert.ok(got.length > 10_000);
      await workbench.select(`GET ${path} → 200`);
      await choose('Save Response Body…');
      const said = `Saved ${got.length.toLocaleString('en')} bytes${how}.`;
      assert.deepEqual(await saveAs('response-body', `saved${path.replace('/', '-')}`, said), got, path);
    }
  });

  it('says that it saves a part where no more is kept', async () => {
    const whole = Buffer.from(await (await fetch(`${url}/lines`)).arrayBuffer());
    await workbench.select('GET /lines → 200');
    await workbench.inspector.getByRole('tab', { name: 'Response' }).click();
    await workbench.inspector.getByText('Only the first 64 KB of 195 KB are kept.').waitFor();
    await workbench.inspector.getByRole('button', { name: 'Save Kept Part…' }).click();
    await workbench.page.locator('.quick-input-title', { hasText: 'the first 64 KB of 195 KB' }).waitFor();
    await workbench.screenshot('request-menu-3-save-part');
    const said = 'Saved 65,536 bytes. Only the first 64 KB of 195 KB are kept.';
    assert.deepEqual(await saveAs('response-body', 'part.txt', said), whole.subarray(0, 65_536));
  });

  it('says that there is no body where none was sent', async () => {
    assert.equal((await fetch(`${url}/nothing`)).status, 204);
    await workbench.select('GET /nothing → 204');
    await choose('Save Response Body…');
    await workbench.timeline.getByText('The response has no body').waitFor();
  });

  it('opens a body and a head in an editor, with secrets masked', async () => {
    await workbench.select('POST /?copied=1 → 200');
    await choose('Open Request Body in Editor');
    await workbench.page.locator('.monaco-editor .view-line', { hasText: 'touch stumbled' }).waitFor();
    await choose('Open Request Head in Editor');
    await workbench.timeline.getByText('Secrets are masked.').waitFor();
    await workbench.page.locator('.monaco-editor .view-line', { hasText: /Authorization:.\(masked\)/ }).waitFor();
    await workbench.screenshot('request-menu-2-opened');
  });
});
