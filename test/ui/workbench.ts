import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { walkTo } from './walk';

const results = join(import.meta.dirname, '..', '..', 'test-results');

/** VS Code's window as a person uses it: the palette, pickers, notifications, the status bar, the timeline. */
export class Workbench {
  #page: Page | undefined;

  get isOpen(): boolean {
    return this.#page !== undefined;
  }

  get page(): Page {
    if (!this.#page) throw new Error('The window is not open.');
    return this.#page;
  }

  /** @param address of the window, on a server of VS Code */
  async open(browser: Browser, address: string): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    this.#page = await context.newPage();
    this.#page.setDefaultTimeout(60_000);
    await this.#page.goto(address);
    // Now and then, a window that opens a workspace file stays without its folders until it is loaded anew.
    if (await succeeds(this.#explorerRow.waitFor({ timeout: 15_000 }))) return this.ready();
    await this.#page.reload();
    await this.ready();
  }

  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
    await this.#explorerRow.waitFor();
  }

  get #explorerRow(): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row').first();
  }

  /** The other extensions of the window have started, too. */
  async settled(): Promise<void> {
    await this.page.waitForTimeout(2000);
    await this.page.locator('.statusbar-item', { hasText: 'Activating Extensions' }).waitFor({ state: 'detached' });
  }

  /**
   * Picks a command by its whole title, e.g. "Lifeline: Start Server". A palette that opened before an extension was
   * known does not learn of its commands, and an editor that opens takes the focus and so closes it: then once more.
   */
  async command(title: string): Promise<void> {
    // A window that has just opened knows the extension within a second or two; a slow machine needs more at each step.
    for (const timeout of [300, 500, 800, 1500, 1500, 3000, 3000, 3000, 5000, 5000]) {
      await this.palette(title);
      const option = this.option(title).first();
      // A click that is given too little time may have been done all the same.
      const offered = await succeeds(option.waitFor({ timeout }));
      if (offered && (await succeeds(option.click({ timeout: 5000 })))) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`the palette does not offer “${title}”`);
  }

  /** Picks an entry of the list that a command opens. What takes the focus closes a list: then once more. */
  async pick(title: string, entry: string): Promise<void> {
    for (let left = 5; left > 0; left--) {
      await this.command(title);
      if (await succeeds(this.option(entry).click({ timeout: 5000 }))) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`“${title}” does not offer “${entry}”`);
  }

  /**
   * Picks an entry of the context menu of a file in the explorer. What takes the focus closes a menu, and a menu that has
   * just opened does not listen to clicks yet: then once more.
   */
  async fileMenu(file: string, entry: string): Promise<void> {
    const row = this.page.locator('.explorer-folders-view').getByText(file, { exact: true });
    const item = this.page.getByRole('menuitem', { name: entry });
    for (let left = 10; left > 0; left--) {
      if (!(await item.isVisible())) await row.click({ button: 'right' });
      const clicked = await succeeds(item.click({ timeout: 3000 }));
      if (clicked && (await succeeds(item.waitFor({ state: 'hidden', timeout: 2000 })))) return;
      if (!clicked) await this.page.keyboard.press('Escape');
    }
    throw new Error(`the menu of ${file} does not offer “${entry}”`);
  }

  /** Opens the palette with a filter, to see what it offers. */
  async palette(filter: string): Promise<void> {
    // Right after the start the window may not listen to keys yet.
    for (let left = 20; left > 0; left--) {
      await this.page.keyboard.press('F1');
      const filled = await succeeds(this.quickInput.fill(`>${filter}`, { timeout: 1000 }));
      if (filled) return;
    }
    throw new Error('the palette does not open');
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** An entry of the list that the palette, or a picker, shows. */
  option(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-list-item', { hasText: text });
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  get statusBarItem(): Locator {
    return this.page.locator('.statusbar-item[id="lifeline.server"], .statusbar-item[id$=".lifeline.server"]');
  }

  /** Starts the server by the palette; answers with its address, as `serverUrl` does. */
  async startServer(): Promise<string> {
    await this.command('Lifeline: Start Server');
    return this.serverUrl();
  }

  /** Where the server listens, "http://127.0.0.1:8000", as the status bar says it once it does. */
  async serverUrl(): Promise<string> {
    const listening = /([\w.[\]:]+:\d+) · \d+ request/;
    for (;;) {
      await this.statusBarItem.filter({ hasText: listening }).waitFor();
      const [, address] = listening.exec(await this.statusBarItem.innerText()) ?? [];
      if (address !== undefined) return `http://${address}`;
      // Between the two, it has begun to stop or to start again.
    }
  }

  /** The page of the timeline: an iframe inside the editor's iframe. */
  get timeline(): FrameLocator {
    return this.page.frameLocator('iframe.webview').frameLocator('iframe');
  }

  get picture(): Locator {
    return this.timeline.getByRole('application', { name: 'Request timeline' });
  }

  get inspector(): Locator {
    return this.timeline.getByRole('region', { name: 'Inspector' });
  }

  /** What a screen reader is given of the connections. */
  get connections(): Locator {
    return this.timeline.getByRole('list', { name: 'Connections' }).getByRole('listitem');
  }

  /** Walks on the timeline to a request. */
  async select(title: string): Promise<void> {
    await walkTo(this.picture, this.inspector, title);
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(results, { recursive: true });
    await this.page.screenshot({ path: join(results, `${name}.png`) });
  }

  /** Does nothing where none is open. */
  async close(): Promise<void> {
    const page = this.#page;
    if (!page) return;
    this.#page = undefined;
    // VS Code says goodbye when its page is left; else the server would keep the extension host for one that comes back.
    // A page that is just loading itself anew is not left: then once more.
    for (let left = 10; left > 0 && !(await succeeds(page.goto('about:blank'))); left--) await page.waitForTimeout(200);
    await page.context().close();
  }
}

/** @returns whether it came about; not within its time counts as no */
function succeeds(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}
