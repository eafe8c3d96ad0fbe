import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** The filter: typed, completed, remembered; what does not match is dimmed or hidden, and how much matches is said. */
describe('The filter, on the timeline page', () => {
  const on = openPages();
  const box = (): Locator => on.page.getByRole('combobox', { name: 'Filter', exact: true });
  const said = (text: string): Promise<void> => on.page.getByText(text, { exact: true }).first().waitFor();
  const lanes = (count: number): Promise<unknown> => on.page.locator(`canvas[data-lanes="${count}"]`).waitFor();
  const app = '#b180d7';

  it('dims what does not match, or hides it with its lanes, and is there again after a reload', async () => {
    await on.open('scenario=mixed&theme=dark');
    await lanes(12);
    const before = await on.countPixels(app);
    await box().fill('method:POST');
    await said('1 of 14 match');
    await assertEventually(async () => (await on.countPixels(app)) < before / 2);
    assert.ok((await on.countPixels(app)) > 100, 'the match is as it was');
    await lanes(12);
    await on.button('Hide Others').click();
    await lanes(1);
    assert.equal(await on.button('Hide Others').getAttribute('aria-pressed'), 'true');
    await said('1 of 14 match; the rest is hidden');
    assert.equal(await on.page.getByRole('list', { name: 'Connections' }).getByRole('listitem').count(), 1);
    await on.page.reload();
    await lanes(1);
    assert.equal(await box().inputValue(), 'method:POST');
    await on.button('Clear Filter').click();
    await lanes(12);
    await assertEventually(async () => (await on.countPixels(app)) > before * 0.8);
  });

  it('is used by keys alone, which step over matches only while the rest is hidden', async () => {
    await on.open('scenario=mixed');
    await lanes(12);
    await on.picture.focus();
    await on.page.keyboard.press('/');
    await on.page.keyboard.type('sta');
    await on.page.getByRole('option', { name: 'status:5xx' }).waitFor();
    await on.page.keyboard.press('ArrowDown');
    await on.page.keyboard.press('Enter');
    assert.equal(await box().inputValue(), 'status:');
    await on.page.keyboard.type('2xx -type:h');
    await on.page.getByRole('option', { name: 'html' }).waitFor();
    await on.page.keyboard.press('ArrowDown');
    await on.page.keyboard.press('Enter');
    assert.equal(await box().inputValue(), 'status:2xx -type:html');
    await on.page.keyboard.press('Enter');
    assert.ok(
      await on.picture.evaluate((element) => element.getRootNode() instanceof ShadowRoot && element.matches(':focus')),
    );
    await on.button('Hide Others').focus();
    await on.page.keyboard.press('Space');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    const heading = on.inspector.getByRole('heading').first();
    const walked: string[] = [];
    for (let step = 0; step < 20; step++) {
      await on.page.keyboard.press('n');
      walked.push((await heading.textContent()) ?? '');
    }
    assert.ok(
      walked.every((text) => / 20\d/.test(text)),
      walked.join('\n'),
    );
    await on.page.keyboard.press('Control+f');
    assert.ok(await box().evaluate((input) => input.matches(':focus')));
    await on.page.keyboard.press('Escape');
    assert.equal(await box().inputValue(), '');
    await lanes(12);
    await on.page.keyboard.press('End');
    assert.ok(await on.picture.evaluate((element) => element.matches(':focus')));
  });

  it('says what it cannot read, keeps the text, and does what it can read', async () => {
    await on.open('scenario=mixed');
    await box().fill('method:POST status:wrong');
    await on.page.getByText('status:wrong cannot be read. Write it such as status:5xx.').first().waitFor();
    assert.equal(await box().getAttribute('aria-invalid'), 'true');
    assert.equal(await box().inputValue(), 'method:POST status:wrong');
    await said('1 of 14 match');
  });

  it('keeps apart what each request is while new ones come, in every grouping', async () => {
    await on.open('scenario=waiting');
    await box().fill('slow');
    await said('7 of 14 match');
    await on.button('Hide Others').click();
    await lanes(7);
    await on.page.getByRole('combobox', { name: 'Group by' }).selectOption('slot');
    await on.select('/slow?seconds=0.3');
    await on.inspector.getByText('worker 1, slot 2').waitFor();
  });

  it('has room in a narrow panel, with its list open', async () => {
    await on.page.setViewportSize({ width: 320, height: 700 });
    await on.open('scenario=mixed');
    await box().fill('slow ');
    await on.page.getByRole('option', { name: 'status:5xx' }).waitFor();
    for (const part of [
      box(),
      on.page.getByRole('listbox', { name: 'Filter completions' }),
      on.button('Hide Others'),
    ]) {
      const area = await part.boundingBox();
      assert.ok(area && area.x >= 0 && area.x + area.width <= 320 && area.width >= 20, JSON.stringify(area));
    }
    const typing = await box().boundingBox();
    assert.ok(typing && typing.width >= 80, `${typing?.width} px to type in`);
  });
});
