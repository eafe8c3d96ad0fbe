import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * A document as axe-core judges it, by WCAG 2.2 (A and AA) and its own best practices. What it says of whole pages does
 * not apply to a view inside VS Code, which has its landmarks and headings elsewhere.
 */
export async function assertAccessible(page: Page | Frame, where: string): Promise<void> {
  const found = await barriersOf(page, where);
  assert.deepEqual(found, [], found.join('\n'));
}

/** The rules whose result depends on the theme. */
const rulesOfColour: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * What bars somebody, each as a text that begins with where.
 *
 * @param colours ask for nothing but the colours: the rest was looked at in another theme
 */
export async function barriersOf(page: Page | Frame, where: string, { colours = false } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(
    (only) =>
      (window as unknown as { axe: typeof axe }).axe.run(document, {
        resultTypes: ['violations'],
        ...(only.length > 0 ? { runOnly: [...only] } : {}),
        rules: {
          region: { enabled: false },
          'landmark-one-main': { enabled: false },
          'page-has-heading-one': { enabled: false },
          bypass: { enabled: false },
        },
      }),
    colours ? rulesOfColour : [],
  );
  assert.ok(passes.length > (colours ? 0 : 5), `${where}: axe looked at something`);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${where}: ${id}: ${help}\n  ${target.flat().join(' › ')}\n  ${failureSummary}`,
    ),
  );
}
