import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { ask } from './ask';
import { openWindow } from './openWindow';

/** What a person does with the product, in order: each step builds on the one before. */
describe('The timeline in VS Code', function () {
  this.timeout(300_000);
  const { workbench } = openWindow('timeline');
  let url: string;

  const button = (name: string): Locator => workbench.timeline.getByRole('button', { name, exact: true });

  it('starts from the palette: the status bar shows the address', async () => {
    url = await workbench.startServer();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says what to do next while there is no request, with a line to copy', async () => {
    await workbench.command('Lifeline: Show Timeline');
    await workbench.timeline.getByText('Ready for the first request').waitFor();
    await workbench.timeline.getByText('listen', { exact: true }).waitFor();
    await workbench.screenshot('timeline-1-ready');
    await button('Copy the curl line').click();
    await workbench.page.waitForFunction(
      async (line) => (await navigator.clipboard.readText()) === line,
      `curl ${url}/`,
    );
  });

  it('opens the app in a browser', async () => {
    const popup = workbench.page.waitForEvent('popup');
    await button('Open in Browser').click();
    const page = await popup;
    await page.waitForURL(`${url}/`);
    assert.notEqual((await page.locator('body').innerText()).trim(), '');
    await page.close();
    await button('Clear').click();
  });

  it('shows three overlapping requests as three lanes whose app phases overlap', async () => {
    await Promise.all([1, 2, 3].map(() => ask(`${url}/slow?seconds=1`)));
    const slow = workbench.connections.filter({ hasText: '/slow?seconds=1 200' });
    await slow.nth(2).waitFor({ state: 'attached' });
    const texts = await slow.allInnerTexts();
    assert.equal(texts.length, 3);
    const pairs = texts.map((text) => /^\S+:\d+ ⇄ \S+:\d+/.exec(text)?.[0]);
    assert.equal(new Set(pairs).size, 3, pairs.join(', '));
    const calls = texts.map((text) => {
      const [, start, end] = /app call ([\d.]+) s to ([\d.]+) s/.exec(text) ?? [];
      return { start: Number(start), end: Number(end) };
    });
    assert.ok(
      Math.max(...calls.map((call) => call.start)) < Math.min(...calls.map((call) => call.end)),
      JSON.stringify(calls),
    );
    for (const { start, end } of calls) assert.ok(Math.abs(end - start - 1) < 0.3, `app took ${end - start} s`);
    await workbench.screenshot('timeline-2-three-lanes');
  });

  it('shows the phases of the one that is selected by key, and its request', async () => {
    await workbench.picture.focus();
    await workbench.page.keyboard.press('n');
    await workbench.inspector.getByText('GET /slow?seconds=1').first().waitFor();
    const phases = await workbench.inspector.getByRole('table', { name: 'Phases' }).innerText();
    for (const phase of ['accept', 'recv', 'parse', 'environ', 'hop', 'app call', 'sendall']) {
      assert.ok(phases.includes(phase), `${phase} is missing in ${phases}`);
    }
    assert.match(phases, /measured/);
    assert.match(phases, /start_response/);
    await workbench.screenshot('timeline-3-inspector');
    await workbench.inspector.getByText('Request', { exact: true }).click();
    await workbench.inspector.getByText('GET /slow?seconds=1 HTTP/1.1').waitFor();
    await workbench.inspector.getByRole('cell', { name: url.replace('http://', ''), exact: true }).waitFor();
    await workbench.screenshot('timeline-4-request');
    await workbench.picture.focus();
    await workbench.page.keyboard.press('Escape');
  });

  it('stands still while paused, counts what is new, and catches up', async () => {
    await button('Pause').click();
    await ask(`${url}/?while=paused`);
    await workbench.timeline.getByText(/Paused, 1 new/).waitFor();
    await workbench.screenshot('timeline-5-paused');
    await workbench.picture.focus();
    await workbench.page.keyboard.press('Space');
    await workbench.connections.filter({ hasText: '/?while=paused 200' }).waitFor({ state: 'attached' });
    assert.equal(await workbench.timeline.getByText(/Paused, /).count(), 0);
  });

  it('has what happened while another editor hid it', async () => {
    await workbench.page.locator('.explorer-folders-view').getByText('hello.py', { exact: true }).dblclick();
    await workbench.page.locator('.monaco-editor .view-line').first().waitFor();
    await ask(`${url}/?while=hidden`);
    await workbench.page.getByRole('tab', { name: 'Request Timeline' }).click();
    await workbench.connections.filter({ hasText: '/?while=hidden 200' }).waitFor({ state: 'attached' });
    assert.equal(await workbench.connections.filter({ hasText: '/slow?seconds=1 200' }).count(), 3);
  });

  it('shows what was found in a request, with a link to the rule that VS Code opens', async () => {
    await ask(`${url}/?odd=field`, { X_Odd: '1' });
    await workbench.connections.filter({ hasText: '/?odd=field 200' }).waitFor({ state: 'attached' });
    await workbench.picture.focus();
    await workbench.page.keyboard.press('p');
    await workbench.inspector.getByText('GET /?odd=field').first().waitFor();
    await workbench.inspector.getByText('Findings 1', { exact: true }).click();
    await workbench.inspector.getByText('The request header “x_odd” is not passed to the app').waitFor();
    await workbench.screenshot('timeline-6-findings');
    const context = workbench.page.context();
    await context.route('https://www.rfc-editor.org/**', (route) => route.fulfill({ body: 'the rule' }));
    const opened = context.waitForEvent('page');
    await workbench.inspector.getByRole('link', { name: /^RFC 3875, 4\.1\.18\./ }).click();
    const page = await opened;
    await page.waitForURL('https://www.rfc-editor.org/rfc/rfc3875.html#section-4.1.18');
    await page.close();
    await workbench.picture.focus();
    await workbench.page.keyboard.press('Escape');
  });

  it('filters by keys alone, and hides the rest', async () => {
    const { keyboard } = workbench.page;
    await workbench.picture.focus();
    await keyboard.press('/');
    await keyboard.type('path:/slow');
    await workbench.timeline.getByText(/^3 of \d+ match$/).waitFor();
    await button('Hide Others').click();
    await workbench.connections.nth(3).waitFor({ state: 'detached' });
    assert.equal(await workbench.connections.filter({ hasText: '/slow' }).count(), 3);
    await workbench.screenshot('timeline-7-filter');
    await workbench.picture.focus();
    await keyboard.press('Control+f');
    await keyboard.press('Escape');
    await workbench.connections.nth(3).waitFor({ state: 'attached' });
    await button('Hide Others').click();
  });

  it('goes through a light theme and a high contrast one without a reload', async () => {
    for (const [theme, kind] of [
      ['Light Modern', 'vscode-light'],
      ['Dark High Contrast', 'vscode-high-contrast'],
    ] as const) {
      await workbench.command('Preferences: Color Theme');
      await workbench.quickInput.fill(theme);
      await workbench.option(theme).first().click();
      await workbench.timeline.locator(`body.${kind}`).waitFor();
      await workbench.screenshot(`timeline-7-${theme.toLowerCase().replaceAll(' ', '-')}`);
    }
  });

  it('forgets everything on Clear', async () => {
    await button('Clear').click();
    await workbench.statusBarItem.filter({ hasText: '0 requests' }).waitFor();
    await workbench.timeline.getByText('Ready for the first request').waitFor();
  });

  it('comes back after a reload of the window, and starts the server by its button', async () => {
    await workbench.page.reload();
    await workbench.ready();
    // What it showed is there again, and the server is not.
    await workbench.connections.first().waitFor({ state: 'attached' });
    await workbench.screenshot('timeline-8-restored');
    await button('Start Server').first().click();
    await ask(`${await workbench.serverUrl()}/?after=reload`);
    await workbench.connections.filter({ hasText: '/?after=reload 200' }).waitFor({ state: 'attached' });
  });

  it('left nothing of the old window running', async () => {
    // The extension host of the window before the reload has ended, and its server with it.
    for (let left = 100; left > 0 && (await answers(url)); left--) await workbench.page.waitForTimeout(100);
    assert.equal(await answers(url), false);
  });
});

async function answers(url: string): Promise<boolean> {
  return ask(url).then(
    () => true,
    () => false,
  );
}
