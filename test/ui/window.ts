import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VsCodeServer } from '../harness/vscodeServer';
import { sharedBrowser, sharedVsCode } from './shared';
import { Workbench } from './workbench';

export const root = join(import.meta.dirname, '..', '..');

export interface WindowOptions {
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder of the extension, where it is not the project's. */
  readonly extension?: string;
  /** The packaged extension, which is installed instead of one that runs from its folder. */
  readonly vsix?: string;
}

/** A window on a copy of the examples, with everything that has to end with it. One may be opened after another. */
export class TestWindow {
  readonly workbench = new Workbench();
  #base: string | undefined;
  #ownServer: VsCodeServer | undefined;

  get isOpen(): boolean {
    return this.workbench.isOpen;
  }

  /** The copy of the examples. */
  get folder(): string {
    if (this.#base === undefined) throw new Error('The window is not open.');
    return join(this.#base, 'examples');
  }

  /** @param prepare changes the folder before the window opens; it may return what is to be opened instead */
  async open(
    { settings, extension = root, vsix }: WindowOptions = {},
    prepare: (folder: string) => Promise<string | undefined> = () => Promise.resolve(undefined),
  ): Promise<void> {
    this.#base = await mkdtemp(join(tmpdir(), 'lifeline-ui-'));
    await cp(join(root, 'examples'), this.folder, { recursive: true });
    const folder = (await prepare(this.folder)) ?? this.folder;
    if (vsix !== undefined) this.#ownServer = await VsCodeServer.start({ vsix });
    const server = this.#ownServer ?? (await sharedVsCode.get());
    await server.setSettings({
      'lifeline.port': 0,
      'workbench.colorTheme': 'Default Dark Modern',
      ...settings,
    });
    const page = server.address({ folder, ...(vsix === undefined ? { extension } : {}) });
    await this.workbench.open(await sharedBrowser.get(), page);
  }

  /** Does nothing where none is open. */
  async close(): Promise<void> {
    await this.workbench.close();
    await this.#ownServer?.stop();
    if (this.#base !== undefined) await rm(this.#base, { recursive: true, force: true, maxRetries: 5 });
    this.#ownServer = this.#base = undefined;
  }
}
