import type { Browser } from 'playwright-core';
import { launchChromium } from '../harness/chromium';
import { VsCodeServer } from '../harness/vscodeServer';

/** Something that is dear to start: it is started for the first suite that asks, and serves all that follow. */
export class Shared<T> {
  readonly #start: () => Promise<T>;
  readonly #lives: (part: T) => boolean;
  readonly #end: (part: T) => Promise<void>;
  #part: T | undefined;

  /** @param lives whether it can be used still: one that has died is started anew */
  constructor(start: () => Promise<T>, lives: (part: T) => boolean, end: (part: T) => Promise<void>) {
    this.#start = start;
    this.#lives = lives;
    this.#end = end;
  }

  async get(): Promise<T> {
    if (this.#part === undefined || !this.#lives(this.#part)) this.#part = await this.#start();
    return this.#part;
  }

  /** Does nothing where nobody has asked. */
  async end(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    if (part !== undefined) await this.#end(part);
  }
}

/** Each suite has contexts of its own in it, so none sees what others have stored. */
export const sharedBrowser = new Shared<Browser>(
  launchChromium,
  (browser) => browser.isConnected(),
  (browser) => browser.close(),
);

/** Each window has a folder, settings and an extension host of its own on it. */
export const sharedVsCode = new Shared(
  () => VsCodeServer.start(),
  (server) => server.isRunning,
  (server) => server.stop(),
);

/** When all suites are over. */
export async function endShared(): Promise<void> {
  await sharedBrowser.end();
  await sharedVsCode.end();
}
