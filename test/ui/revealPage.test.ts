import { assertEventually, openPages } from './openPage';

/** What is chosen elsewhere in the editor is selected on the page and brought into view. */
describe('The timeline page, asked to reveal', () => {
  const on = openPages();
  const scrolled = (): Promise<number> => on.page.locator('.scroller').evaluate(({ scrollTop }) => scrollTop);

  it('selects a request as soon as it is open', async () => {
    await on.open('scenario=mixed&reveal=exchange%202');
    await on.inspector.getByRole('heading', { name: /GET \/slow\?seconds=1\.8/ }).waitFor();
  });

  it('scrolls to the lane of a connection', async () => {
    await on.page.setViewportSize({ width: 1400, height: 300 });
    await on.open('scenario=mixed');
    await assertEventually(async () => (await scrolled()) > 0);
    await on.open('scenario=mixed&reveal=connection%201');
    await on.inspector.getByRole('heading', { name: 'Connection 1', exact: true }).waitFor();
    await assertEventually(async () => (await scrolled()) === 0);
  });

  it('goes on where the picture stands still: what is asked for may be new', async () => {
    await on.open('scenario=mixed');
    await on.button('Pause').click();
    await on.button('Resume').waitFor();
    await on.page.evaluate(() => {
      window.postMessage({ type: 'reveal', target: { kind: 'connection', id: 2 } }, '*');
    });
    await on.inspector.getByRole('heading', { name: 'Connection 2', exact: true }).waitFor();
    await on.button('Pause').waitFor();
  });
});
