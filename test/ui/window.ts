import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../harness/chromium';
import { VsCodeServer, type VsCodeServerOptions } from '../harness/vscodeServer';
import { Workbench } from './workbench';

export const root = join(import.meta.dirname, '..', '..');

export interface WindowOptions extends VsCodeServerOptions {
  /** The folder of the extension, where it is not the project's. */
  readonly extension?: string;
}

/** A window of its own on a copy of the examples, with everything that has to end with it. */
export class TestWindow {
  readonly folder: string;
  readonly workbench: Workbench;
  readonly #base: string;
  readonly #browser: Browser;
  readonly #server: VsCodeServer;

  private constructor(base: string, folder: string, browser: Browser, server: VsCodeServer, workbench: Workbench) {
    this.#base = base;
    this.folder = folder;
    this.#browser = browser;
    this.#server = server;
    this.workbench = workbench;
  }

  /** @param prepare changes the folder before the window opens; it may return what is to be opened instead */
  static async open(
    { extension = root, ...options }: WindowOptions = {},
    prepare: (folder: string) => Promise<string | undefined> = () => Promise.resolve(undefined),
  ): Promise<TestWindow> {
    const base = await mkdtemp(join(tmpdir(), 'lifeline-ui-'));
    const folder = join(base, 'examples');
    await cp(join(root, 'examples'), folder, { recursive: true });
    const opened = (await prepare(folder)) ?? folder;
    const server = await VsCodeServer.start({
      ...options,
      settings: { 'lifeline.port': 0, 'workbench.colorTheme': 'Default Dark Modern', ...options.settings },
    });
    const browser = await launchChromium();
    const loaded = options.vsix === undefined ? { extension } : {};
    const workbench = await Workbench.open(browser, server, { folder: opened, ...loaded });
    return new TestWindow(base, folder, browser, server, workbench);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#base, { recursive: true, force: true, maxRetries: 5 });
  }
}
