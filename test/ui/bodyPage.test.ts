import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

describe('Messages in the inspector', function () {
  this.timeout(60_000);
  const ui = openPages();
  const tab = (name: string): Locator => ui.inspector.getByRole('tab', { name });
  const table = (name: string): Locator => ui.inspector.getByRole('table', { name });
  const show = (form: string): Promise<void> =>
    ui.inspector.getByRole('group', { name: 'Show the body as' }).getByRole('button', { name: form }).click();
  const rows = async (name: string): Promise<string[]> =>
    (await table(name).getByRole('row').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim());

  async function open(target: string, name: 'Request' | 'Response'): Promise<void> {
    await ui.open('scenario=bodies');
    await ui.select(target);
    await tab(name).click();
  }

  it('reads query, cookies and form, and masks what is secret until each is revealed', async () => {
    await open('/login?next=%2Fa%20b&lang=de&bad=%ff', 'Request');
    await table('Form fields').waitFor();
    assert.deepEqual(await rows('Query parameters'), ['next /a b', 'lang de', 'bad \\xff']);
    assert.deepEqual(await rows('Cookies'), ['theme ••••••reveal', 'session ••••••reveal', 'theme ••••••reveal']);
    assert.deepEqual(await rows('Form fields'), [
      'user Jürgen',
      'password ••••••reveal',
      'csrfmiddlewaretoken ••••••reveal',
      'remember on',
    ]);
    await table('Form fields').getByRole('button', { name: 'Reveal password' }).click();
    await table('Cookies').getByRole('button', { name: 'Reveal session' }).click();
    await table('Form fields').getByText('hunter2').waitFor();
    await table('Cookies').getByText('abc123').waitFor();
    assert.equal(await ui.inspector.getByText('f00ba7').count(), 0);
    await show('Text');
    await ui.inspector.getByText('It has what looks like a secret (password, csrfmiddlewaretoken).').waitFor();
    await ui.inspector.getByRole('button', { name: 'Show it all the same' }).click();
    await ui.inspector.getByText('csrfmiddlewaretoken=f00ba7').waitFor();
    await ui.select('/upload');
    await ui.select('/login?next=%2Fa%20b&lang=de&bad=%ff');
    await table('Form fields').waitFor();
    assert.equal(await ui.inspector.getByText('hunter2').count(), 0);
  });

  it('loads a body when its tab is opened, and not before', async () => {
    await ui.open('scenario=bodies');
    await ui.select('/page');
    assert.doesNotMatch(await ui.asked(), /^body /m);
    await tab('Response').click();
    await ui.inspector.getByText('<h1 onclick').waitFor();
    assert.match(await ui.asked(), /^body response of \d+$/m);
    assert.doesNotMatch(await ui.asked(), /^body request/m);
  });

  it('shows JSON as a tree that keys work', async () => {
    await open('/login?next=%2Fa%20b&lang=de&bad=%ff', 'Response');
    const tree = ui.inspector.getByRole('tree', { name: 'JSON' });
    const focused = async (): Promise<string> =>
      (await tree.locator('[role=treeitem]:focus').innerText()).replace(/\s+/g, ' ').trim();
    await tree.getByRole('treeitem').first().focus();
    assert.equal(await tree.getByRole('treeitem').count(), 10);
    await ui.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'user: {');
    await ui.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'name: "Jürgen"');
    await ui.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'id: 12345678901234567890');
    await ui.page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'user: {');
    await ui.page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'user: {…} 4 members');
    assert.equal(await tree.getByRole('treeitem').count(), 6);
    await ui.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'accessToken: •••••• reveal');
    await ui.page.keyboard.press('Enter');
    assert.equal(await focused(), 'accessToken: "s3cr3t-acc3ss"');
    await ui.page.keyboard.press('End');
    assert.equal(await focused(), '1: "reader"');
    assert.equal(await tree.locator('[role=treeitem]:focus').getAttribute('aria-posinset'), '2');
    assert.deepEqual(await rows('Cookies that are set'), [
      'session ••••••reveal Path=/; HttpOnly; SameSite=Lax',
      'theme ••••••reveal Max-Age=31536000',
    ]);
  });

  it('shows the beginning of a large document, a part at a time', async () => {
    await open('/items', 'Response');
    await ui.inspector.getByText('Only the first 64 KB of 3.1 MB are kept.').waitFor();
    const items = ui.inspector.getByRole('treeitem');
    assert.equal(await items.count(), 3);
    await items.nth(2).click();
    assert.equal(await items.count(), 104);
    await ui.inspector.getByText('Show more of').click();
    assert.equal(await items.count(), 304);
    await ui.inspector.getByText('The document goes on').waitFor();
  });

  it('reads the parts of an upload', async () => {
    await open('/upload', 'Request');
    await table('Form fields').waitFor();
    assert.deepEqual(await rows('Form fields'), [
      'title A cat',
      'api_key ••••••reveal',
      'photo c\\u202etag.png file, image/png, 2.9 KB',
    ]);
  });

  it('draws an image, of an SVG without running or loading anything', async () => {
    await open('/upload', 'Response');
    await ui.inspector.getByText('1 × 1 pixels').waitFor();
    await ui.select('/logo.svg');
    await ui.inspector.getByText('120 × 60 pixels').waitFor();
    assert.equal(await ui.page.evaluate(() => 'stolen' in window), false);
    await show('Text');
    await ui.inspector.getByText('<script>parent.stolen = 1</script>').waitFor();
  });

  it('shows markup as text, bytes as numbers, and what is no JSON as what it is', async () => {
    await open('/page', 'Response');
    await ui.inspector.getByText('<script>document.title = "stolen"</script>').waitFor();
    assert.equal(await ui.page.title(), 'Timeline');
    await ui.select('/data.bin');
    await ui.inspector.getByText('0000  00 25 4a 6f').waitFor();
    await ui.select('/broken.json');
    await ui.inspector.getByText('No valid JSON: a value was expected at line 2, column 7.').waitFor();
    await ui.inspector.getByText('It has what looks like a secret (password).').waitFor();
  });

  it('asks the host to save a body and to open it', async () => {
    await open('/upload', 'Response');
    await ui.inspector.getByRole('button', { name: 'Save Body…' }).click();
    await assertEventually(async () => /^save body response of \d+$/m.test(await ui.asked()));
    await ui.inspector.getByRole('button', { name: 'Open Body in Editor' }).click();
    await assertEventually(async () => /^open responseBody of \d+/m.test(await ui.asked()));
  });

  it('links the frames of tracebacks, above the tabs, in their tab and in the log', async () => {
    await ui.open('scenario=bodies');
    await ui.select('/broken');
    await ui.inspector.getByRole('button', { name: 'flask_app.py, line 41, in broken' }).click();
    await assertEventually(async () => (await ui.asked()).includes('open source /app/flask_app.py:41\n'));
    await ui.inspector.getByRole('button', { name: 'Traceback' }).click();
    await ui.inspector.getByText('return 1 / 0').waitFor();
    assert.equal(await tab('Traceback').getAttribute('aria-selected'), 'true');
    await ui.inspector
      .getByRole('button', { name: 'File "/usr/lib/python3.11/site-packages/flask/app.py", line 2190' })
      .click();
    await assertEventually(async () => (await ui.asked()).includes('/flask/app.py:2190\n'));
    await tab('App log').click();
    await ui.inspector.getByRole('button', { name: 'File "/app/shop/db.py", line 7' }).click();
    await assertEventually(async () => (await ui.asked()).includes('open source /app/shop/db.py:7\n'));
    await ui.inspector.getByText('INFO dividing', { exact: true }).waitFor();
    await ui.inspector.getByText('\\x1b[2J', { exact: false }).first().waitFor();
    // Another request has no such tab: its overview is shown, and the tab is chosen again where there is one.
    await tab('Traceback').click();
    await ui.select('/page');
    assert.equal(await tab('Overview').getAttribute('aria-selected'), 'true');
    await ui.select('/broken');
    assert.equal(await tab('Traceback').getAttribute('aria-selected'), 'true');
  });
});
