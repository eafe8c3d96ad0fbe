import { endShared } from './shared';
import { TestWindow } from './window';

after(endShared);

/**
 * Registers the hooks of a suite whose tests are steps in one window of VS Code, each of which builds on the one before:
 * after one that failed, the rest means nothing and is skipped.
 *
 * @param name of the picture that is taken where a step fails: `test-results/failed-name.png`
 */
export function openWindow(name: string, ...how: OpenArguments): TestWindow {
  return openWindowBy(name, (window) => window.open(...how));
}

/** As `openWindow`, where something has to be made first. */
export function openWindowBy(name: string, open: (window: TestWindow) => Promise<void>): TestWindow {
  const window = new TestWindow();
  let broken = false;
  before(() => open(window));
  beforeEach(function () {
    if (broken) this.skip();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    broken = true;
    await window.workbench.screenshot(`failed-${name}`);
  });
  after(async function () {
    // No test came to an end: what goes before the first of them failed.
    const untested = this.test?.parent?.tests.every(({ state }) => state === undefined) ?? false;
    if (untested && window.isOpen) await window.workbench.screenshot(`failed-${name}`);
    await window.close();
  });
  return window;
}

/**
 * Registers the hooks of a suite each of whose tests opens the window for itself.
 *
 * @param name of the pictures that are taken where a test fails
 */
export function openWindows(name: string): TestWindow {
  const window = new TestWindow();
  afterEach(async function () {
    const { title = '', state } = this.currentTest ?? {};
    const test = title.slice(0, 40).replaceAll(/\W+/g, '-');
    if (state === 'failed' && window.isOpen) await window.workbench.screenshot(`failed-${name}-${test}`);
    await window.close();
  });
  return window;
}

type OpenArguments = Parameters<TestWindow['open']>;
