import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** The page in a real browser, under the webview's policy; the trace is written, the rest is the product. */
describe('The timeline page', function () {
  this.timeout(60_000);
  const on = openPages();

  it('shows a lane for each connection and says the same in words', async () => {
    await on.open('scenario=mixed');
    await on.picture.waitFor();
    const canvas = on.page.locator('canvas');
    await assertEventually(async () => (await canvas.getAttribute('data-lanes')) === '12');
    assert.equal(await canvas.getAttribute('data-exchanges'), '14');
    const items = on.page.getByRole('list', { name: 'Connections' }).getByRole('listitem');
    await assertEventually(async () => (await items.count()) === 12);
    assert.match(
      (await items.nth(0).textContent()) ?? '',
      /^127\.0\.0\.1:54310 ⇄ 127\.0\.0\.1:8888, 1 request · closed by server: GET \/slow\?seconds=1\.2 200, /,
    );
    assert.match((await items.nth(6).textContent()) ?? '', /no request yet$/);
    assert.match((await items.nth(3).textContent()) ?? '', /GET \/report\/8 304, [^(]*, with findings \(/);
    assert.equal(await items.filter({ hasText: 'with findings' }).count(), 1);
  });

  it('says in the inspector that the client left, and when', async () => {
    await on.open('scenario=mixed');
    await on.select('/export');
    await on.inspector.getByText(/ The client sent RST at \+1\.\d+ s/).waitFor();
  });

  it('paints something: the canvas holds the colours of the phases', async () => {
    await on.open('scenario=mixed&theme=dark');
    await on.picture.waitFor();
    await assertEventually(async () => (await on.countPixels('#b180d7')) > 5000);
  });

  it('walks through requests by keys and shows each phase of the selected one', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' }).waitFor();
    const rows = on.inspector.getByRole('table', { name: 'Phases' });
    for (const phase of ['recv', 'parse', 'environ', 'app call', 'sendall', 'close']) {
      await rows.getByText(phase, { exact: true }).first().waitFor();
    }
    await rows.getByText('application(environ, start_response) ran').waitFor();
    assert.ok((await rows.getByText('measured').count()) >= 6);
    await on.page.keyboard.press('n');
    await on.inspector.getByRole('heading', { name: /seconds=1\.8/ }).waitFor();
    await on.page.keyboard.press('Escape');
    await on.inspector.getByRole('heading', { name: 'Server', exact: true }).waitFor();
  });

  it('shows what was found, with its instant and a link to the rule, by keys alone', async () => {
    await on.open('scenario=mixed');
    await on.select('/export.csv');
    const tab = on.inspector.getByRole('tab', { name: 'Findings 3', exact: true });
    await on.inspector.getByRole('tab', { name: 'Overview' }).focus();
    await on.page.keyboard.press('End');
    await on.page.keyboard.press('Enter');
    await assertEventually(async () => (await tab.getAttribute('aria-selected')) === 'true');
    const items = on.inspector.getByRole('list', { name: 'Findings' }).getByRole('listitem');
    const texts = await items.allTextContents();
    const starts = [
      'Hint: The app used write(), which is there for old code: return or yield the body instead.',
      'Warning: The body is longer than the Content-Length of 13 that the app gave; the rest is not sent.',
      "Error: The close() of the app's iterable raised OSError: <b>no</b> such table;",
    ];
    assert.deepEqual(
      texts.map((text, index) => text.trim().slice(0, starts[index]?.length)),
      starts,
    );
    assert.match(texts[1] ?? '', /PEP 3333, Handling the Content-Length Headerat \+600 msbody-too-long/);
    const link = on.inspector.getByRole('link', { name: 'PEP 3333, The write() Callable' });
    // The scrolling area may take the focus on the way.
    await assertEventually(async () => {
      await on.page.keyboard.press('Tab');
      return link.evaluate((element) => element.matches(':focus'));
    });
    assert.equal(await link.getAttribute('href'), 'https://peps.python.org/pep-3333/#the-write-callable');
  });

  it('says where nothing was found', async () => {
    await on.open('scenario=mixed');
    await on.select('/report/7');
    await on.inspector.getByRole('tab', { name: 'Findings', exact: true }).click();
    await on.inspector.getByText('Nothing was seen here').waitFor();
  });

  it('zooms by key around the selected request, which stays in view', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    for (let count = 0; count < 9; count++) await on.page.keyboard.press('+');
    await assertEventually(async () => (await on.button('Follow').getAttribute('aria-pressed')) === 'false');
    // Only the app call is left of the first lane: it fills it from edge to edge.
    const width = await on.page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width);
    const line = { x: 0, y: 100, width, height: 1 };
    await assertEventually(async () => (await on.countPixels('#b180d7', line)) / width > 0.6);
  });

  it('takes the focus into the inspector by Enter, and back to the picture when it is closed', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('Enter');
    const heading = on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' });
    await assertEventually(() => heading.evaluate((element) => element.matches(':focus')));
    await on.button('Close Inspector').click();
    await assertEventually(() => on.picture.evaluate((element) => element.matches(':focus')));
  });

  it('masks what must not be shown unasked, and shows traffic as text', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.inspector.getByRole('tab', { name: 'Request' }).click();
    const fields = on.inspector.getByRole('table', { name: 'Header fields' }).first();
    await fields.getByText('curl/8.9.1').waitFor();
    assert.doesNotMatch((await fields.textContent()) ?? '', /s3cr3t|abc123/);
    await fields.getByRole('button', { name: 'Reveal Cookie' }).click();
    await fields.getByText('session=abc123; theme=<b>dark</b>').waitFor();
    assert.doesNotMatch((await fields.textContent()) ?? '', /s3cr3t/);
  });

  it('shows the traceback of the app’s error', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    for (let count = 0; count < 20; count++) {
      if (await on.inspector.getByRole('heading', { name: '/broken' }).isVisible()) break;
      await on.page.keyboard.press('n');
    }
    await on.inspector.getByText('The app raised ZeroDivisionError: division by zero.').waitFor();
    await on.inspector.getByRole('button', { name: 'Traceback' }).click();
    await on.inspector.getByText('return 1 / 0').waitFor();
    const spaces = (text: string): Promise<string> =>
      on.inspector.getByText(text).evaluate((line) => getComputedStyle(line).whiteSpace);
    assert.equal(await spaces('return 1 / 0'), 'pre');
    assert.equal(await spaces('File "flask_app.py", line 41, in broken'), 'pre-wrap');
  });

  it('selects a bar by click and a connection by its title, and speaks it', async () => {
    await on.open('scenario=mixed');
    await on.picture.click({ position: { x: 330, y: 107 } });
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' }).waitFor();
    await on.page.getByText('GET /slow?seconds=1.2 200, 1.29 s (accept').first().waitFor({ state: 'attached' });
    await on.picture.click({ position: { x: 60, y: 107 } });
    await on.inspector.getByRole('heading', { name: 'Connection 1' }).waitFor();
    await on.inspector.getByText('closed by server').waitFor();
    await on.inspector.getByRole('button', { name: /GET \/slow/ }).click();
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' }).waitFor();
  });

  it('stops to follow when somebody looks back, says so, and follows again', async () => {
    await on.open('scenario=mixed');
    const follow = on.button('Follow');
    assert.equal(await follow.getAttribute('aria-pressed'), 'true');
    await on.picture.focus();
    await on.page.keyboard.press('ArrowLeft');
    await assertEventually(async () => (await follow.getAttribute('aria-pressed')) === 'false');
    await on.button('Follow the newest').click();
    await assertEventually(async () => (await follow.getAttribute('aria-pressed')) === 'true');
  });

  it('stands still while paused, counts what comes, and shows it afterwards', async () => {
    await on.open('scenario=empty&live=100');
    await on.picture.waitFor();
    await on.button('Pause').click();
    const canvas = on.page.locator('canvas');
    await on.page.getByRole('button', { name: /^Paused, [1-9]\d* new$/ }).waitFor();
    const before = Number(await canvas.getAttribute('data-exchanges'));
    await on.page.waitForTimeout(300);
    assert.equal(Number(await canvas.getAttribute('data-exchanges')), before);
    await on.button('Resume').click();
    await assertEventually(async () => Number(await canvas.getAttribute('data-exchanges')) > before + 20);
  });

  it('clears in the host, and asks for commands by their names', async () => {
    await on.open('scenario=mixed');
    await on.picture.waitFor();
    await on.button('Pause').click();
    for (const name of ['Restart Server', 'Stop Server', 'Set App File: flask_app.py:app'])
      await on.button(name).click();
    await on.button('Set Concurrency Model: threads × 4').click();
    await on.button('Server at 127.0.0.1:8888: Open in Browser').click();
    await on.button('Clear').click();
    await on.page.getByRole('heading', { name: 'Ready for the first request' }).waitFor();
    await on.button('Pause').waitFor();
    assert.equal(
      await on.asked(),
      'run restart\nrun stop\nrun setAppFile\nrun setConcurrency\nrun openInBrowser\nclear\n',
    );
  });

  it('says what to do next where there is nothing to see', async () => {
    const cases: [string, string, string, string][] = [
      ['state=stopped', 'The server is stopped', 'Start Server', 'run start'],
      ['state=stopped&app=', 'Which app should run?', 'Set App File…', 'run setAppFile'],
      ['state=stopped&restricted', 'Restricted Mode', 'Manage Workspace Trust', 'run manageTrust'],
      ['state=failed&problem=No+Python.', 'The server did not start', 'Show Log', 'run showLog'],
      ['state=failed&problem=No+Python.', 'The server did not start', 'Start Server', 'run start'],
      ['state=failed&listens&problem=No+Flask.', 'The app did not start', 'Restart Server', 'run restart'],
      ['', 'Ready for the first request', 'Open in Browser', 'run openInBrowser'],
      ['', 'Ready for the first request', 'Copy the curl line', 'copy curl http://127.0.0.1:8888/'],
    ];
    for (const [query, heading, name, wanted] of cases) {
      await on.open(`scenario=empty&${query}`);
      await on.page.getByRole('heading', { name: heading }).waitFor();
      await on.page.getByRole('region', { name: 'What to do next' }).getByRole('button', { name }).click();
      assert.equal(await on.asked(), `${wanted}\n`);
    }
  });

  it('draws no frame while nothing changes', async () => {
    await on.open('scenario=first');
    await on.picture.waitFor();
    await on.page.waitForTimeout(700);
    assert.equal(await framesInASecond(on.page), 0);
  });

  it('lets what is in progress grow, and calmly where motion is not wanted', async () => {
    await on.page.emulateMedia({ reducedMotion: 'reduce' });
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('p');
    await on.inspector.getByRole('heading', { name: 'GET /hello' }).waitFor();
    const total = on.inspector.getByText(/^\d[\d.]* s…$/).first();
    const before = await total.textContent();
    await assertEventually(async () => (await total.textContent()) !== before);
    assert.ok((await framesInASecond(on.page)) <= 4);
    await on.page.emulateMedia({ reducedMotion: 'no-preference' });
    await assertEventually(async () => (await framesInASecond(on.page)) > 5);
    await on.button('Pause').click();
    assert.equal(await framesInASecond(on.page), 0);
  });

  it('zooms by wheel and to a stretch of the axis, which both end following', async () => {
    await on.open('scenario=mixed');
    await on.picture.waitFor();
    const follow = on.button('Follow');
    await on.page.mouse.move(600, 300);
    await on.page.keyboard.down('Control');
    await on.page.mouse.wheel(0, -240);
    await on.page.keyboard.up('Control');
    await assertEventually(async () => (await follow.getAttribute('aria-pressed')) === 'false');
    await follow.click();
    const axis = await on.page.getByTitle('Drag to zoom to a stretch of time').boundingBox();
    assert.ok(axis);
    await on.page.mouse.move(axis.x + 100, axis.y + 10);
    await on.page.mouse.down();
    await on.page.mouse.move(axis.x + 300, axis.y + 10, { steps: 4 });
    await on.page.mouse.up();
    await assertEventually(async () => (await follow.getAttribute('aria-pressed')) === 'false');
  });

  it('scrolls a thousand lanes by wheel, and selects what is there', async () => {
    await on.open('scenario=huge');
    await on.picture.waitFor();
    await on.page.mouse.move(100, 400);
    await on.page.mouse.wheel(0, -60_000);
    await assertEventually(async () => {
      await on.page.mouse.click(60, 190);
      return (await on.inspector.getByRole('heading').first().textContent()) === 'Connection 1';
    });
    await on.page.mouse.wheel(0, 1_000_000);
    await assertEventually(async () => {
      await on.page.mouse.click(60, 850);
      return (await on.inspector.getByRole('heading').first().textContent()) === 'Connection 1000';
    });
  });

  it('resizes the inspector by pointer and by keys', async () => {
    await on.open('scenario=mixed');
    const sash = on.page.getByRole('separator', { name: 'Resize the inspector' });
    const width = async (): Promise<number> => (await on.inspector.boundingBox())?.width ?? 0;
    const before = await width();
    await sash.focus();
    await on.page.keyboard.press('ArrowLeft');
    await assertEventually(async () => Math.round((await width()) - before) === 16);
    const box = await sash.boundingBox();
    assert.ok(box);
    await on.page.mouse.move(box.x + 3, 500);
    await on.page.mouse.down();
    await on.page.mouse.move(box.x - 97, 500, { steps: 5 });
    await on.page.mouse.up();
    await assertEventually(async () => Math.abs((await width()) - before - 116) <= 2);
  });

  it('comes back after a reload with its selection, its panes and without following', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('ArrowLeft');
    const width = async (): Promise<number | undefined> => (await on.inspector.boundingBox())?.width;
    const before = await width();
    await on.page.getByRole('separator', { name: 'Resize the inspector' }).press('Shift+ArrowLeft');
    await assertEventually(async () => (await width()) !== before);
    const wider = await width();
    await on.page.reload();
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' }).waitFor();
    assert.equal(await on.button('Follow').getAttribute('aria-pressed'), 'false');
    await assertEventually(async () => (await width()) === wider);
    // In another trace something else has the id of what was selected.
    await on.open('scenario=waiting');
    await on.inspector.getByRole('heading', { name: 'Server', exact: true }).waitFor();
  });

  it('fits into a narrow panel', async () => {
    await on.page.setViewportSize({ width: 400, height: 800 });
    await on.open('scenario=mixed');
    await on.picture.click({ position: { x: 170, y: 107 } });
    await on.inspector.waitFor();
    const overflow = await on.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    const box = await on.button('Close Inspector').boundingBox();
    assert.ok(box && box.x + box.width <= 400);
  });
});

/** How many animation frames the page asks for. */
function framesInASecond(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let count = 0;
    const real = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => {
      count++;
      return real(callback);
    };
    await new Promise((resolve) => setTimeout(resolve, 1000));
    window.requestAnimationFrame = real;
    return count;
  });
}
