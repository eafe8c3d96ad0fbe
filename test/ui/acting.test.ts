import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openWindow } from './openWindow';

/** Requests that are sent again, edited, compared, pinned and filtered by name, as a person does it in VS Code. */
describe('Acting on requests in VS Code', function () {
  this.timeout(300_000);
  const window = openWindow('acting');
  const { workbench } = window;
  let url: string;

  before(async () => {
    url = await workbench.startServer();
    await (await fetch(`${url}/first?a=1`)).text();
    await (await fetch(`${url}/`, { method: 'POST', body: 'name=wörld' })).text();
    await workbench.command('Lifeline: Show Timeline');
  });

  const requests = (count: number): Promise<void> =>
    workbench.statusBarItem.filter({ hasText: `${count} requests` }).waitFor();
  const press = async (...keys: string[]): Promise<void> => {
    await workbench.picture.focus();
    for (const key of keys) await workbench.picture.press(key);
  };

  it('sends a request again and selects what came of it', async () => {
    await press('Home', 's');
    await workbench.inspector.getByText('#3, replay of #1').waitFor();
    await workbench.inspector.getByRole('heading', { name: 'GET /first?a=1' }).waitFor();
    await requests(3);
    await workbench.screenshot('acting-1-replay');
  });

  it('asks before it sends what may change something', async () => {
    await press('Home', 'n', 's');
    await workbench.dialog.getByText('Send a request again that may change something?').waitFor();
    await workbench.dialog.getByText('POST / HTTP/1.1').waitFor();
    await workbench.dialog.getByRole('button', { name: 'Cancel' }).click();
    await workbench.dialog.waitFor({ state: 'detached' });
    await press('s');
    await workbench.dialog.getByRole('button', { name: 'Replay' }).click();
    await workbench.inspector.getByText('#4, replay of #2').waitFor();
    await requests(4);
  });

  it('sends an edited one, with the right length, and what it shows is what arrives', async () => {
    await press('Home', 'n', 'e');
    const form = workbench.timeline.getByRole('dialog', { name: 'Edit and Replay' });
    assert.equal(await form.getByRole('textbox', { name: 'Body' }).inputValue(), 'name=wörld');
    await form.getByLabel('Target').fill('/edited');
    await form.getByRole('textbox', { name: 'Body' }).fill('näme=x');
    await workbench.screenshot('acting-2-form');
    await form.getByRole('button', { name: 'Send POST' }).click();
    await workbench.inspector.getByText('#5, edited replay of #2').waitFor();
    await workbench.inspector.getByRole('heading', { name: 'POST /edited' }).waitFor();
    await workbench.inspector.getByText('Request', { exact: true }).click();
    await workbench.inspector.getByRole('row', { name: /content-length 7/i }).waitFor();
    await workbench.inspector.getByText('Overview', { exact: true }).click();
    await requests(5);
  });

  it('compares two, and goes back', async () => {
    await press('Home', 'n', 'n', 'd');
    const comparison = workbench.timeline.getByRole('region', { name: 'Comparison' });
    await comparison.getByRole('button', { name: '#1 GET /first' }).waitFor();
    await comparison.getByRole('button', { name: '#3 GET /first' }).waitFor();
    await comparison.getByRole('row', { name: /^app call/ }).waitFor();
    await comparison.getByText('Both are the same.').first().waitFor();
    await workbench.screenshot('acting-3-comparison');
    await comparison.getByRole('button', { name: 'Close Comparison' }).click();
    await workbench.inspector.getByRole('heading', { name: 'GET /first?a=1' }).waitFor();
  });

  it('keeps a filter under a name in the settings of the workspace, renames and deletes it', async () => {
    const box = workbench.timeline.getByRole('combobox', { name: 'Filter', exact: true });
    const menu = async (entry: string): Promise<void> => {
      await workbench.timeline.getByRole('button', { name: 'Saved Filters' }).click();
      await workbench.timeline.getByRole('menuitem', { name: entry }).click();
    };
    const settings = async (): Promise<unknown> => {
      const text = await readFile(join(window.folder, '.vscode', 'settings.json'), 'utf8').catch(() => '{}');
      return (JSON.parse(text) as Record<string, unknown>)['lifeline.timeline.filters'];
    };
    await box.fill('method:POST');
    await menu('Save This Filter…');
    await workbench.quickInput.fill('Writes');
    await workbench.page.keyboard.press('Enter');
    await workbench.timeline.getByText('Saved the filter as “Writes”.').waitFor();
    assert.deepEqual(await settings(), { Writes: 'method:POST' });
    await box.fill('');
    await workbench.timeline.getByRole('button', { name: 'Saved Filters' }).click();
    await workbench.timeline.getByRole('menuitemradio', { name: 'Writes' }).click();
    assert.equal(await box.inputValue(), 'method:POST');
    await menu('Rename…');
    await workbench.option('Writes').click();
    await workbench.quickInput.fill('Changes');
    await workbench.page.keyboard.press('Enter');
    await workbench.timeline.getByText('“Writes” is called “Changes” now.').waitFor();
    assert.deepEqual(await settings(), { Changes: 'method:POST' });
    await workbench.screenshot('acting-4-filters');
    await menu('Delete…');
    await workbench.option('Changes').click();
    await workbench.timeline.getByText('Deleted the filter “Changes”.').waitFor();
    assert.equal(await settings(), undefined);
    await box.fill('');
  });

  it('pins a request, which stays at hand when another editor has hidden the timeline', async () => {
    await press('Home', 'b');
    const pins = workbench.timeline.getByRole('list', { name: 'Pinned requests' });
    await pins.getByRole('button', { name: 'GET /first?a=1 404' }).waitFor();
    await workbench.page.locator('.explorer-folders-view').getByText('hello.py', { exact: true }).dblclick();
    await workbench.picture.waitFor({ state: 'detached' });
    await workbench.command('Lifeline: Show Timeline');
    await pins.getByRole('button', { name: 'GET /first?a=1 404' }).waitFor();
    await workbench.screenshot('acting-5-pins');
  });

  it('sends again what was refused, as it was', async () => {
    const { hostname, port } = new URL(url);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('GET / HTTP/1.1\r\nNo colon\r\n\r\n'));
      socket.once('error', reject);
      socket.once('close', () => resolve());
      socket.resume();
    });
    await requests(6);
    await press('Home', 'n', 'n', 'n', 'n', 'n', 's');
    await workbench.inspector.getByText('#7, replay of #6').waitFor();
    await workbench.inspector.getByRole('heading', { name: '→ 400' }).waitFor();
    await press('e');
    await workbench.timeline.getByText('There is nothing to edit').waitFor();
  });

  it('shows the connection of a replay that the server does not read yet, and knows later what it was', async () => {
    await workbench.pick('Lifeline: Set Concurrency Model', 'iterative');
    await workbench.timeline.getByRole('button', { name: 'Set Concurrency Model: iterative' }).waitFor();
    const { hostname, port } = new URL(url);
    const first = connect(Number(port), hostname);
    await once(first, 'connect');
    try {
      await press('Home', 's');
      await workbench.timeline.getByText('Sent again. It waits for the server to read it.').waitFor();
      await workbench.inspector.getByRole('heading', { name: /^Connection \d+$/ }).waitFor();
      await workbench.screenshot('acting-6-waits');
    } finally {
      first.destroy();
    }
    await requests(8);
    await press('n');
    await workbench.inspector.getByText('#8, replay of #1').waitFor();
  });

  it('says that the server does not run, in the form and in the corner', async () => {
    await workbench.command('Lifeline: Stop Server');
    await press('Home', 's');
    await workbench.timeline.getByText('Not sent: the server does not run.').waitFor();
    await press('e');
    const form = workbench.timeline.getByRole('dialog', { name: 'Edit and Replay' });
    await form.getByText('No server runs').waitFor();
    await form.getByRole('button', { name: 'Send GET' }).click();
    await form.getByRole('alert').getByText('Not sent: the server does not run.').waitFor();
  });
});
