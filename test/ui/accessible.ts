import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/**
 * A document as axe-core judges it, by WCAG 2.2 (A and AA) and its own best practices. What it says of whole pages does
 * not apply to a view inside VS Code, which has its landmarks and headings elsewhere.
 */
export async function assertAccessible(page: Page | Frame, where: string): Promise<void> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run(document, {
      rules: {
        region: { enabled: false },
        'landmark-one-main': { enabled: false },
        'page-has-heading-one': { enabled: false },
        bypass: { enabled: false },
      },
    }),
  );
  assert.ok(passes.length > 5, `${where}: axe looked at something`);
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.flat().join(' › ')}\n  ${failureSummary}`),
  );
  assert.deepEqual(found, [], `${where}:\n${found.join('\n')}`);
}
