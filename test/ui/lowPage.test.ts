import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertEventually, openPages } from './openPage';

/** A low panel at the bottom, a narrow bar at the side: what is read gets the room, and nothing is out of reach. */
describe('The timeline page, where there is little room', function () {
  this.timeout(60_000);
  const on = openPages();
  const grid = (): Locator => on.page.getByRole('grid', { name: 'Requests' });
  const axis = (): Locator => on.page.getByTitle('Drag to zoom to a stretch of time');

  /** How many lanes show from top to bottom. */
  async function lanes(): Promise<number> {
    const [picture, top] = [await on.picture.boundingBox(), await axis().boundingBox()];
    assert.ok(picture && top);
    const lane = await on.page
      .locator('lifeline-view')
      .evaluate((view) => (view as unknown as Laned).layout.laneHeight);
    return (picture.y + picture.height - top.y - top.height) / lane;
  }

  /** Everything that can be pressed in the bars above and below lies on the page, whole, and over nothing else. */
  async function assertOrderly(where: string): Promise<void> {
    const { width, height } = on.page.viewportSize() ?? assert.fail();
    const bars = on.page.locator('lifeline-toolbar, lifeline-filter, lifeline-footer');
    const seen = await bars.locator('button:visible, select:visible, input:visible, li:visible').evaluateAll((all) =>
      all.map((part) => {
        const { left, top, right, bottom } = part.getBoundingClientRect();
        const name = part.getAttribute('aria-label') ?? part.textContent.trim();
        // Of the legend, what has no room in its line is below it.
        const gone = top >= (part.closest('ul')?.getBoundingClientRect().bottom ?? Infinity);
        return { name, left, top, right, bottom, gone };
      }),
    );
    const parts = seen.filter(({ gone }) => !gone);
    assert.ok(parts.length > 10, where);
    for (const part of parts) {
      const whole = part.left >= 0 && part.right <= width + 0.5 && part.top >= 0 && part.bottom <= height + 0.5;
      assert.ok(whole && part.right > part.left, `${where}: ${JSON.stringify(part)}`);
      for (const other of parts) {
        const apart =
          part.right <= other.left + 0.5 ||
          other.right <= part.left + 0.5 ||
          part.bottom <= other.top + 0.5 ||
          other.bottom <= part.top + 0.5;
        assert.ok(part === other || apart, `${where}: ${part.name} lies over ${other.name}`);
      }
    }
  }

  for (const [state, query] of [
    ['running', 'scenario=mixed'],
    ['stopped', 'scenario=mixed&state=stopped'],
  ] as const) {
    it(`cuts nothing off in any width, with the server ${state}`, async () => {
      await on.open(`${query}&panes=both`);
      await on.picture.waitFor();
      if (state === 'running') {
        await on.button('Pause').click();
        await on.button('Resume').waitFor();
      }
      for (const height of [700, 200]) {
        for (const width of [1600, 1300, 1250, 1199, 1050, 800, 700, 560, 431, 420, 352, 331, 300]) {
          await on.page.setViewportSize({ width, height });
          await assertOrderly(`${width}x${height}, ${state}`);
        }
      }
    });
  }

  it('has lanes and rows to read in a low panel, with the filter in the line of the toolbar', async () => {
    await on.page.setViewportSize({ width: 1300, height: 220 });
    await on.open('scenario=mixed&panes=both');
    await grid().waitFor();
    for (const [width, height, least] of [
      [1300, 220, 5],
      [1300, 160, 4],
      [700, 200, 5],
    ] as const) {
      await on.page.setViewportSize({ width, height });
      await assertEventually(async () => (await lanes()) >= least);
      const [bar, box] = [
        await on.page.getByRole('toolbar', { name: 'Timeline' }).boundingBox(),
        await on.page.getByRole('combobox', { name: 'Filter' }).boundingBox(),
      ];
      assert.ok(bar && box && box.y > bar.y && box.y + box.height < bar.y + bar.height, `${width}x${height}`);
    }
    await on.page.setViewportSize({ width: 1300, height: 220 });
    await assertEventually(async () => {
      const area = await grid().boundingBox();
      const rows = await grid()
        .locator('[data-id]')
        .evaluateAll((all) => all.map((row) => row.getBoundingClientRect().bottom));
      return area !== null && rows.filter((bottom) => bottom <= area.y + area.height).length >= 4;
    });
  });

  it('has the inspector beside the picture where it is low', async () => {
    await on.page.setViewportSize({ width: 700, height: 200 });
    await on.open('scenario=mixed&panes=both');
    await on.picture.focus();
    await on.page.keyboard.press('Home');
    await on.inspector.getByRole('heading', { name: 'GET /slow?seconds=1.2 → 200' }).waitFor();
    const [picture, inspector] = [await on.picture.boundingBox(), await on.inspector.boundingBox()];
    assert.ok(picture && inspector && picture.x + picture.width <= inspector.x && picture.width > 300);
    assert.ok((await lanes()) >= 4);
  });

  it('has the legend behind a button where the footer has no room for it', async () => {
    await on.page.setViewportSize({ width: 700, height: 200 });
    await on.open('scenario=mixed');
    await on.button('Legend').click();
    const card = on.page.getByRole('dialog', { name: 'Legend' });
    await card.getByText('sendall', { exact: true }).waitFor();
    const box = await on.page.locator('lifeline-legend-card').boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 200, JSON.stringify(box));
    await on.page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    await assertEventually(() => on.picture.evaluate((element) => element.matches(':focus')));
    await on.page.setViewportSize({ width: 1300, height: 220 });
    await on.page.getByRole('list', { name: 'Legend' }).getByText('sendall', { exact: true }).waitFor();
  });

  it('has what the toolbar leaves out in a menu, by keys', async () => {
    await on.page.setViewportSize({ width: 700, height: 200 });
    await on.open('scenario=mixed');
    await on.picture.waitFor();
    const items = on.page.getByRole('menuitem');
    await on.button('More Actions').focus();
    await on.page.keyboard.press('Enter');
    await items.filter({ hasText: 'Hide What the Kernel Tells' }).click();
    await assertEventually(async () => (await on.page.locator('body').getAttribute('data-kernel')) === 'hidden');
    await on.page.keyboard.press('Enter');
    await on.page.keyboard.press('ArrowDown');
    await on.page.keyboard.press('Enter');
    assert.equal(await on.asked(), 'run setConcurrency\n');
  });
});

interface Laned {
  readonly layout: { readonly laneHeight: number };
}
