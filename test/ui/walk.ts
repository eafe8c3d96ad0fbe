import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

/** Goes over the requests on the timeline by keys, from the first on, until the inspector has the one that is meant. */
export async function walkTo(
  picture: Locator,
  inspector: Locator,
  isMeant: (heading: string) => boolean,
): Promise<void> {
  const heading = inspector.getByRole('heading').first();
  await picture.press('Home');
  let last = '';
  for (let left = 200; left > 0; left--) {
    // What a key has changed is on the page with the second frame after it.
    await picture.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    last = (await heading.textContent()) ?? '';
    if (isMeant(last)) return;
    await picture.press('n');
  }
  assert.fail(`no request on the timeline is meant; the last was ${last}`);
}
