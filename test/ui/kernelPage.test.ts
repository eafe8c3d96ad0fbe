import assert from 'node:assert/strict';
import { assertEventually, openPages } from './openPage';

/** What the kernel tells and what the tool knows of its own error, on the page in a real browser. */
describe('The timeline page, about the kernel', () => {
  const on = openPages();
  const wanted = async (): Promise<string | null> => on.page.locator('body').getAttribute('data-kernel');
  const states = async (): Promise<string[]> =>
    on.inspector.getByRole('list', { name: 'TCP states' }).getByRole('listitem').allInnerTexts();
  /** Selects the connection of the nth lane by its title. */
  const connection = async (lane: number): Promise<void> => {
    await on.picture.click({ position: { x: 60, y: 65 + 42 * lane } });
    await on.inspector.getByRole('heading', { name: `Connection ${lane}`, exact: true }).waitFor();
  };

  it('tells the states of a connection that the server closed, and that TIME_WAIT stays here', async () => {
    await on.open('scenario=mixed');
    await connection(1);
    await assertEventually(async () => (await states()).length === 3);
    const [first = '', second = '', third = ''] = await states();
    assert.match(first, /^ESTABLISHED\s*since 0\.112 s$/);
    assert.match(second, /^FIN_WAIT2\s*seen at \+1\.35 s$/);
    assert.match(third, /^TIME_WAIT\s*seen at \+1\.38 s\s+Both have closed, the server first\.[^]* 5\d s are left\.$/);
    await on.inspector.getByText('The server sent its FIN first: TIME_WAIT stays on this side.').waitFor();
  });

  it('tells what the client has not acknowledged, and how an RST ends it', async () => {
    await on.open('scenario=mixed');
    await connection(4);
    await on.inspector.getByText('12 KB that the client has not acknowledged').waitFor();
    assert.equal((await states()).length, 1);
    await connection(6);
    await on.inspector.getByText('An RST ended it at once: neither side waits in TIME_WAIT.').waitFor();
    assert.match((await states())[1] ?? '', /^CLOSED/);
  });

  it('is switched off and on by keys, and is read only while it is on', async () => {
    await on.open('scenario=mixed');
    await connection(1);
    await assertEventually(async () => (await wanted()) === 'shown');
    await on.button('Kernel').focus();
    await on.page.keyboard.press('Enter');
    await assertEventually(async () => (await wanted()) === 'hidden');
    assert.equal(await on.button('Kernel').getAttribute('aria-pressed'), 'false');
    await on.page.reload();
    const show = on.inspector.getByRole('button', { name: 'Show what the kernel tells' });
    await show.focus();
    await on.page.keyboard.press('Enter');
    await assertEventually(async () => (await wanted()) === 'shown');
    await assertEventually(async () => (await states()).length === 3);
  });

  it('is not read while the picture stands still', async () => {
    await on.open('scenario=mixed');
    await assertEventually(async () => (await wanted()) === 'shown');
    await on.button('Pause').click();
    await assertEventually(async () => (await wanted()) === 'hidden');
    await on.button('Resume').click();
    await assertEventually(async () => (await wanted()) === 'shown');
  });

  it('names who waits to be accepted, and why, in every place', async () => {
    await on.open('scenario=mixed&waiting=3');
    const sentence = '3 connections wait in the kernel’s accept queue: the server thread has been busy for 1.24 s';
    await on.inspector.getByText('3 of 1,024').waitFor();
    await on.inspector.getByText(`${sentence}.`).waitFor();
    await on.page.getByRole('status').filter({ hasText: sentence }).waitFor();
    const numbers = on.page.locator('lifeline-numbers');
    await numbers.getByText('Waiting to be accepted').waitFor();
    await numbers.getByText('Server thread late').waitFor();
    await numbers.getByText('1.24 s').waitFor();
  });

  it('says of a request why its times are to be doubted', async () => {
    await on.open('scenario=mixed&waiting=3');
    await on.select('/broken');
    await on.inspector.getByText('The server’s own thread was late by up to 1.24 s during this request').waitFor();
    await on.select('/hello');
    await on.inspector.getByRole('heading', { name: /GET \/hello/ }).waitFor();
    assert.equal(await on.inspector.getByText('own thread').count(), 0);
  });

  it('says how many wait at most, where nobody does', async () => {
    await on.open('scenario=mixed');
    await on.inspector.getByText('0 of 1,024').waitFor();
    assert.equal(await on.page.locator('lifeline-numbers').getByText('Waiting to be accepted').count(), 0);
  });

  it('says where it cannot be observed, and why', async () => {
    await on.open('scenario=mixed&absent');
    await on.inspector.getByText('Not observable here: Linux tells in /proc/net/tcp').waitFor();
    await connection(1);
    await on.inspector.getByText('Not observable here: Linux tells in /proc/net/tcp').waitFor();
    assert.equal((await states()).length, 0);
  });

  it('opens the tool’s own error from the corner by keys, and closes it', async () => {
    await on.open('scenario=mixed&waiting=3');
    const corner = on.page.getByRole('button', { name: /lag at most 1\.24 s · clock ± 4 µs/ });
    await corner.focus();
    await on.page.keyboard.press('Enter');
    const card = on.page.getByRole('dialog', { name: 'The Tool’s Own Error' });
    await card.getByText('Server thread late').waitFor();
    for (const name of ['Worker’s clock', 'Forgotten', 'Missed by this page']) await card.getByText(name).waitFor();
    assert.equal(await corner.getAttribute('aria-expanded'), 'true');
    await on.page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await assertEventually(() => on.picture.evaluate((element) => element.matches(':focus')));
  });
});
