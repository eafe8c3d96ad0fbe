import { assertAccessible } from './accessible';
import { openPages } from './openPage';
import { themes } from './themes';

/** axe-core finds nothing, in any theme, whatever the page shows. */
describe('The timeline page is accessible', () => {
  // axe tries out styles.
  const on = openPages({ bypassCSP: true });

  for (const theme of Object.keys(themes)) {
    it(`in ${theme}: empty, with the table and the inspector, with help and the filter's list, compared`, async function () {
      this.timeout(120_000);
      await on.open(`scenario=empty&panes=both&theme=${theme}`);
      await on.page.getByText('Ready for the first request').waitFor();
      await assertAccessible(on.page, 'empty');

      await on.open(`scenario=mixed&panes=both&theme=${theme}`);
      const grid = on.page.getByRole('grid', { name: 'Requests' });
      const row = grid.locator('[data-id]').filter({ hasText: '/broken' }).first();
      await row.click();
      await on.page.keyboard.press('Shift+ArrowDown');
      await grid.getByRole('columnheader', { name: 'Total' }).click();
      await on.inspector.getByRole('tab').first().waitFor();
      await assertAccessible(on.page, 'table and inspector');

      await on.picture.focus();
      await on.page.keyboard.press('?');
      await on.page.getByRole('dialog', { name: 'Keyboard Help' }).waitFor();
      await assertAccessible(on.page, 'help');
      await on.page.keyboard.press('Escape');
      await on.page.keyboard.press('/');
      await on.page.keyboard.type('sta');
      await on.page.getByRole('option', { name: 'status:5xx' }).waitFor();
      await assertAccessible(on.page, 'list of the filter');

      await on.open(`comparison&theme=${theme}`);
      await on.page.locator('canvas').first().waitFor();
      await assertAccessible(on.page, 'comparison of two runs');
    });
  }
});
