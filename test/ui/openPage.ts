import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { endShared, Shared, sharedBrowser } from './shared';
import { serveTimelinePage } from './timelinePage';
import { walkTo } from './walk';

const sharedTimelinePage = new Shared(
  serveTimelinePage,
  () => true,
  (served) => {
    served.close();
    return Promise.resolve();
  },
);

after(endShared);
after(() => sharedTimelinePage.end());

/** The timeline page in a browser, for the tests of one suite: a new page for each, which must not complain. */
export interface OpenPage {
  readonly page: Page;
  /** @param query "scenario=mixed&theme=dark" */
  open(query: string): Promise<void>;
  readonly picture: Locator;
  readonly inspector: Locator;
  button(name: string): Locator;
  /** What the page asked the host for. */
  asked(): Promise<string>;
  /** Walks to a request by keys. */
  select(target: string): Promise<void>;
  /** How many pixels of the picture have a colour, "#b180d7", in a part of it. */
  countPixels(colour: string, part?: { x: number; y: number; width: number; height: number }): Promise<number>;
}

/**
 * Registers the hooks of a suite. Its parts may be used only while a test runs.
 *
 * @param bypassCSP where the test itself writes into the page what its policy forbids
 */
export function openPages({ bypassCSP = false } = {}): OpenPage {
  let browser: Browser;
  let url: string;
  let page: Page;
  const complaints: string[] = [];

  before(async function () {
    this.timeout(60_000);
    browser = await sharedBrowser.get();
    ({ url } = await sharedTimelinePage.get());
  });
  beforeEach(async () => {
    complaints.length = 0;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 }, bypassCSP });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(
      // Reading pixels back is what the test does, not the page.
      complaints.filter((text) => !text.includes('favicon') && !text.includes('willReadFrequently')),
      [],
    );
  });

  return {
    get page() {
      return page;
    },
    open: async (query) => {
      await page.goto(`${url}?${query}`);
    },
    get picture() {
      return page.getByRole('application', { name: 'Request timeline' });
    },
    get inspector() {
      return page.getByRole('region', { name: 'Inspector' });
    },
    button: (name) => page.getByRole('button', { name, exact: true }),
    asked: async () => (await page.locator('body').getAttribute('data-asked')) ?? '',
    async select(target) {
      await walkTo(this.picture, this.inspector, ` ${target} `);
    },
    countPixels: (colour, part) =>
      page.locator('canvas').evaluate(
        (canvas: HTMLCanvasElement, { colour, part }) => {
          const { x, y, width, height } = part ?? { x: 0, y: 0, width: canvas.width, height: canvas.height };
          const { data } = canvas.getContext('2d')?.getImageData(x, y, width, height) ?? { data: [] };
          const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
          let count = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++;
          }
          return count;
        },
        { colour, part },
      ),
  };
}

export async function assertEventually(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) assert.fail(`did not become true: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
