import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** Moving about in the picture, and measuring in it. */
describe('Moving about on the timeline page', function () {
  this.timeout(60_000);
  const on = openPages();
  const frame = (): Locator => on.page.getByRole('slider', { name: 'Stretch of time in view' });
  const from = (): Locator => on.page.getByRole('slider', { name: 'Begin of the stretch in view' });
  const to = (): Locator => on.page.getByRole('slider', { name: 'End of the stretch in view' });
  const valueOf = async (slider: Locator): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
  /** Stands once the first frame has placed it. */
  const placed = (): Promise<void> =>
    assertEventually(async () => (await frame().getAttribute('aria-valuetext')) !== null);
  const measured = (): Locator => on.page.getByRole('group', { name: 'Measured' });
  const follows = async (): Promise<boolean> => (await on.button('Follow').getAttribute('aria-pressed')) === 'true';

  async function drag(box: { x: number; y: number }, by: number): Promise<void> {
    await on.page.mouse.move(box.x, box.y);
    await on.page.mouse.down();
    await on.page.mouse.move(box.x + by, box.y, { steps: 4 });
    await on.page.mouse.up();
  }

  it('shows the whole recording, with the stretch in view in a frame that can be dragged', async () => {
    await on.open('scenario=dense');
    await placed();
    const drawn = await on.page.locator('lifeline-overview path.in-flight').getAttribute('d');
    assert.ok((drawn ?? '').length > 500);
    assert.ok(((await on.page.locator('lifeline-overview path.failed').getAttribute('d')) ?? '') !== '', 'errors show');
    const [before, start] = [await frame().boundingBox(), await valueOf(from())];
    assert.ok(before && (await follows()));
    await drag({ x: before.x + before.width / 2, y: before.y + 13 }, -200);
    await assertEventually(async () => Math.abs(((await frame().boundingBox())?.x ?? 0) - before.x + 200) < 3);
    assert.ok((await valueOf(from())) < start);
    assert.equal(await follows(), false);
    const moved = await frame().boundingBox();
    assert.ok(moved);
    const end = await valueOf(to());
    await drag({ x: moved.x, y: moved.y + 13 }, -60);
    await assertEventually(async () => ((await frame().boundingBox())?.width ?? 0) > moved.width + 55);
    assert.equal(await valueOf(to()), end, 'the other edge stays');
    await frame().dblclick();
    await assertEventually(async () => (await valueOf(from())) <= Number(await from().getAttribute('aria-valuemin')));
    assert.equal(await valueOf(to()), Number(await to().getAttribute('aria-valuemax')));
  });

  it('moves the frame and its edges by keys', async () => {
    await on.open('scenario=dense');
    await placed();
    await frame().focus();
    await on.page.keyboard.press('Home');
    await assertEventually(async () => (await valueOf(from())) === Number(await from().getAttribute('aria-valuemin')));
    const [start, end] = [await valueOf(from()), await valueOf(to())];
    await on.page.keyboard.press('ArrowRight');
    await assertEventually(async () => Math.abs((await valueOf(from())) - start - (end - start) / 10) < 1);
    await to().focus();
    await on.page.keyboard.press('ArrowLeft');
    await assertEventually(async () => (await valueOf(to())) < end + (end - start) / 10 - 1);
    assert.match((await frame().getAttribute('aria-valuetext')) ?? '', /^[\d.]+ s to [\d.]+ s, [\d.]+ \w+$/);
  });

  it('measures by Shift and drag, zooms to it, and goes back', async () => {
    await on.open('scenario=mixed');
    await placed();
    await on.button('Pause').click();
    const area = await on.picture.boundingBox();
    assert.ok(area);
    await on.page.keyboard.down('Shift');
    await drag({ x: area.x + 300, y: area.y + 300 }, 300);
    await on.page.keyboard.up('Shift');
    await measured()
      .getByText(/^\d+ requests began$/)
      .waitFor();
    await measured()
      .getByText(/^at most \d in flight$/)
      .waitFor();
    const text = await measured().locator('strong').textContent();
    const [start, end] = [await valueOf(from()), await valueOf(to())];
    await on.page.keyboard.press('z');
    await assertEventually(async () => (await valueOf(from())) > start);
    assert.ok(
      (await frame().getAttribute('aria-valuetext'))?.endsWith(`, ${text}`),
      'what was measured fills the view',
    );
    await on.page.keyboard.press('Backspace');
    await assertEventually(async () => Math.abs((await valueOf(from())) - start) < 0.01);
    assert.equal(await valueOf(to()), end);
    await on.page.keyboard.press('Escape');
    await measured().waitFor({ state: 'detached' });
  });

  it('measures by keys from one request to another, and says so', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('m');
    await measured().getByText('1.29 s', { exact: true }).waitFor();
    await on.page.keyboard.press('n');
    await measured().getByText('7 requests began').waitFor();
    await on.page.keyboard.press('ArrowRight');
    await on.page.keyboard.press('m');
    await on.page.getByText(/^Measured [\d.]+ s: \d+ requests began, at most 6 in flight$/).waitFor();
    await on.inspector.getByRole('heading', { name: /seconds=1\.8/ }).waitFor();
    await on.page.keyboard.press('Escape');
    await measured().waitFor({ state: 'detached' });
    await on.inspector.getByRole('heading', { name: /seconds=1\.8/ }).waitFor();
  });

  it('zooms to the selected request by a key, and follows again when it goes back', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await placed();
    await on.page.keyboard.press('z');
    await assertEventually(async () => !(await follows()));
    await assertEventually(async () => ((await frame().getAttribute('aria-valuetext')) ?? '').endsWith(', 1.61 s'));
    await on.page.keyboard.press('Backspace');
    await assertEventually(follows);
  });

  it('counts what is new since following stopped', async () => {
    await on.open('scenario=empty&live=50');
    await on.picture.focus();
    await on.page.keyboard.press('ArrowLeft');
    await on.page.getByText(/^\s*Follow the newest · \d+ new requests\s*$/).waitFor();
    await on.page.getByText('not following').waitFor();
  });

  it('says at the pointer when it is, by the clock too, and what the connection did', async () => {
    await on.open('scenario=mixed');
    await placed();
    await on.button('Zoom to Fit').click();
    const area = await on.picture.boundingBox();
    assert.ok(area);
    await on.page.mouse.move(area.x + 500, area.y + 30);
    await on.page.getByText(/^\d\.\d{6} s · \d\d:\d\d:\d\d\.\d{3}$/).waitFor();
    // The keep-alive lane, between two requests.
    const idle = on.page.getByText(/^Idle for [\d.]+ ms between its 1st and 2nd request\.$/);
    let x = 350;
    await assertEventually(async () => {
      await on.page.mouse.move(area.x + (x += 10), area.y + 90 + 3 * 42 + 21);
      return idle.isVisible();
    });
  });

  it('is not to scale on demand: every phase is readable, and it says so', async () => {
    await on.open('scenario=mixed&theme=dark');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await placed();
    const environ = '#4ec9b0';
    const before = await on.countPixels(environ);
    await on.page.keyboard.press('v');
    await assertEventually(async () => (await on.button('Not to Scale').getAttribute('aria-pressed')) === 'true');
    await assertEventually(async () => (await on.countPixels(environ)) > before + 500);
    await on.page.reload();
    await assertEventually(async () => (await on.countPixels(environ)) > before + 500);
    await on.page.keyboard.press('v');
    await on.button('Not to Scale').click();
    await assertEventually(async () => (await on.countPixels(environ)) < before + 100);
  });

  it('stays to scale where too much is in view, and says what to do', async () => {
    await on.open('scenario=busy');
    await on.button('Not to Scale').click();
    await on.page.getByText('To scale: too many requests in view. Zoom in.').waitFor();
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('z');
    await assertEventually(async () => !(await on.page.getByText('To scale: too many').isVisible()));
  });

  it('shows the same stretch of time and the same lanes after a reload', async () => {
    await on.page.setViewportSize({ width: 1400, height: 500 });
    await on.open('scenario=mixed');
    await placed();
    const heading = on.inspector.getByRole('heading').first();
    await on.page.mouse.move(100, 400);
    await on.page.mouse.wheel(0, -113);
    await assertEventually(async () => !(await follows()));
    await on.picture.focus();
    for (let count = 0; count < 5; count++) await on.page.keyboard.press('+');
    await on.page.keyboard.press('ArrowLeft');
    const connection = async (): Promise<string> => {
      await on.page.keyboard.press('Escape');
      await on.page.mouse.click(60, 400);
      await assertEventually(async () => /^Connection \d+$/.test((await heading.textContent()) ?? ''));
      return (await heading.textContent()) ?? '';
    };
    const [lane, stretch] = [await connection(), await frame().getAttribute('aria-valuetext')];
    assert.notEqual(lane, 'Connection 12', 'not at the end');
    // Nor is it found again by what is selected.
    await on.page.keyboard.press('Escape');
    await on.page.reload();
    await assertEventually(async () => (await frame().getAttribute('aria-valuetext')) === stretch);
    assert.equal(await connection(), lane);
    assert.equal(await follows(), false);

    await on.open('scenario=waiting');
    await assertEventually(follows); // where one looked back to was another trace
    await assertEventually(async () => (await frame().getAttribute('aria-valuetext')) !== stretch);
  });

  it('follows on after a reload, in the span that was zoomed to', async () => {
    await on.open('scenario=mixed');
    await placed();
    const span = async (): Promise<string> => (await frame().getAttribute('aria-valuetext'))?.split(', ')[1] ?? '';
    await on.picture.focus();
    for (let count = 0; count < 8; count++) await on.page.keyboard.press('+');
    await assertEventually(async () => /^\d+ ms$/.test(await span()));
    const zoomed = await span();
    assert.ok(await follows());
    await on.page.reload();
    await assertEventually(async () => (await span()) === zoomed);
    assert.ok(await follows());
  });
});
