import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';

/**
 * Goes over the requests on the timeline by keys, from the first on, until the heading of the inspector has a text in it.
 * All keys but the first are pressed inside of the page: it takes a tenth of the time.
 *
 * @param wanted looked for in the heading with a space at its end
 */
export async function walkTo(picture: Locator, inspector: Locator, wanted: string): Promise<void> {
  await picture.press('Home');
  const heading = await inspector.getByRole('heading').first().elementHandle();
  const last = await picture.evaluate(
    async (element, { heading, wanted }) => {
      // Of a trace that was opened just now, the first request may come a little later.
      for (const end = performance.now() + 10_000; performance.now() < end;) {
        // The page is changed before the frame after a key.
        await new Promise((resolve) => requestAnimationFrame(resolve));
        if (`${heading.textContent} `.includes(wanted)) return undefined;
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', bubbles: true, composed: true }));
      }
      return heading.textContent;
    },
    { heading, wanted },
  );
  assert.equal(last, undefined, `no request on the timeline is “${wanted}”: the last of them is ${last}`);
}
