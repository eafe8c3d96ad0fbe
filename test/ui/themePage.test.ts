import assert from 'node:assert/strict';
import { themeVariables } from './contributedColours';
import { assertEventually, openPages } from './openPage';
import { showTheme } from './showTheme';

/** VS Code changes a theme by setting other variables on the open page: nothing is loaded anew. */
describe('The timeline page, in another theme', () => {
  const on = openPages();

  for (const name of ['light', 'hc-dark', 'hc-light']) {
    it(`takes the colours of ${name} at once, in the picture and beside it`, async () => {
      const [before, after] = [themeVariables('dark'), themeVariables(name)];
      const colour = (of: ReadonlyMap<string, string>, id: string): string => of.get(id) ?? assert.fail(id);
      await on.open('scenario=mixed&theme=dark');
      await on.button('Pause').click();
      await on.select('/hello');
      await assertEventually(async () => (await on.countPixels(colour(before, 'lifeline-app'))) > 100);
      const ids = ['lifeline-app', 'lifeline-recv', 'editor-background'];
      const counts = new Map<string, number>();
      for (const id of ids) counts.set(id, await on.countPixels(colour(before, id)));
      await showTheme(on.page, name);
      for (const id of ids) {
        const [old, wanted] = [colour(before, id), colour(after, id)];
        const was = counts.get(id) ?? assert.fail();
        await assertEventually(async () => (await on.countPixels(wanted)) > 0);
        // Some pixels of an old colour come of the edges of text in the new ones.
        if (old !== wanted) await assertEventually(async () => (await on.countPixels(old)) < was / 10);
      }
      const swatch = on.inspector.locator('.swatch.environ').first();
      const drawn = await swatch.evaluate((element) => getComputedStyle(element).getPropertyValue('--colour'));
      assert.equal(drawn.trim(), colour(after, 'lifeline-environ'));
    });
  }
});
