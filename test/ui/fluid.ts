import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Half of the page's animation frames come in time. */
export async function assertFluid(page: Page): Promise<void> {
  const late = await page.evaluate(async () => {
    const gaps: number[] = [];
    let last = performance.now();
    while (gaps.length < 60) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      gaps.push(performance.now() - last);
      last = performance.now();
    }
    return gaps.sort((a, b) => a - b)[30] ?? Infinity;
  });
  // 17 ms on a quiet machine; the bound only has to tell fluid from stuck.
  assert.ok(late < 100, `half of the frames took ${late.toFixed(0)} ms or more`);
}
