import assert from 'node:assert/strict';
import { assertEventually, openPages } from './openPage';

/** The arrows from a request that waited to those that held it up. */
describe('Blocked-by arrows, on the timeline page', () => {
  const on = openPages();

  for (const [theme, text] of [
    ['dark', '#cccccc'],
    ['hc-dark', '#ffffff'],
    ['hc-light', '#292929'],
  ] as const) {
    it(`appear with the selection and go with it, ${theme}`, async () => {
      await on.open(`scenario=mixed&theme=${theme}`);
      await on.button('Pause').click();
      await on.select('/hello');
      await on.inspector.getByRole('list', { name: 'Held up by' }).waitFor();
      // In the lanes above that of the request, beside the bars: only arrows are in the colour of text there.
      const part = { x: 300, y: 150, width: 300, height: 60 };
      const ink = (): Promise<number> => on.countPixels(text, part);
      const drawn = await settled(ink);
      await on.page.keyboard.press('Escape');
      await assertEventually(async () => (await ink()) < drawn - 20);
    });
  }

  /** What a frame shows after the page has come to rest. */
  async function settled(read: () => Promise<number>): Promise<number> {
    let last = -1;
    await assertEventually(async () => {
      const next = await read();
      const same = next === last;
      last = next;
      return same;
    });
    assert.ok(last > 0);
    return last;
  }
});
