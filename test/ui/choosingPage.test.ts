import assert from 'node:assert/strict';
import { assertEventually, openPages } from './openPage';

/** Requests that are chosen together, by pointer and by keys, and what is asked of them. */
describe('Choosing requests on the timeline page', () => {
  const on = openPages();
  const chosen = (): Promise<string | null> => on.page.locator('body').getAttribute('data-chosen');
  const isChosen = (ids: string): Promise<void> => assertEventually(async () => (await chosen()) === ids);

  it('adds by Ctrl + click, goes on by Shift + click, and ends by a plain click', async () => {
    await on.open('scenario=mixed');
    const lane = (number: number): { x: number; y: number } => ({ x: 330, y: 90 + (number - 1) * 42 + 20 });
    await on.picture.click({ position: lane(1) });
    await isChosen('1');
    await on.picture.click({ position: { x: 400, y: lane(3).y }, modifiers: ['ControlOrMeta'] });
    await isChosen('1 3');
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=3 → 200' }).waitFor();
    await on.picture.click({ position: lane(1), modifiers: ['Shift'] });
    await isChosen('1 2 3');
    await on.page.getByRole('button', { name: 'Run 3 requests again…' }).click();
    assert.equal(await on.asked(), 'run again 1 2 3\n');
    await on.picture.click({ position: lane(2) });
    await isChosen('2');
    assert.equal(await on.page.getByRole('button', { name: /^Run \d/ }).count(), 0);
  });

  it('chooses and asks by keys alone', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.page.keyboard.press('x');
    await on.page.keyboard.press('n');
    await on.page.keyboard.press('n');
    await on.page.keyboard.press('x');
    await isChosen('1 3');
    await on.page.keyboard.press('r');
    await assertEventually(async () => (await on.asked()) === 'run again 1 3\n');
    await on.page.keyboard.press('x');
    await isChosen('1');
    await on.page.keyboard.press('Escape');
    await isChosen('');
  });

  it('chooses all in the stretch of time in view, and none', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('a');
    await on.page.getByRole('button', { name: 'Run 14 requests again…' }).waitFor();
    // Under each bar of full width lies a line in the colour of the focus.
    await assertEventually(async () => (await on.countPixels('#0078d4')) > 1500);
    await on.button('Choose none').click();
    await isChosen('');
  });

  it('takes what is selected where nothing is chosen, and leaves the rest to the host', async () => {
    await on.open('scenario=mixed');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.button('Run Again').click();
    await on.page.keyboard.press('Escape');
    await on.picture.click({ position: { x: 60, y: 90 + 3 * 42 + 20 } });
    await isChosen('4 5 6 7');
    await on.button('Run Again').click();
    await on.picture.focus();
    await on.page.keyboard.press('Escape');
    await on.button('Run Again').click();
    assert.equal(await on.asked(), 'run again 1\nrun again 4 5 6 7\nrun again \n');
  });
});
