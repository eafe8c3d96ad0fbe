import { workspace, type Disposable, type TextDocument } from 'vscode';
import type { Projects } from './projects';
import type { LifelineServer } from './server';
import { readServerSettings } from './settings';

/** "Save All" saves files one by one within a few milliseconds: one restart is enough for them. */
const settleMs = 100;

/** Starts the app anew when one of the project's Python files is saved. */
export class SaveWatcher implements Disposable {
  readonly #subscription: Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(server: LifelineServer, projects: Projects, onError: (error: unknown) => void) {
    const concerns = ({ fileName, uri }: TextDocument): boolean =>
      server.listening !== undefined &&
      fileName.endsWith('.py') &&
      projects.contains(uri) &&
      readServerSettings().restartOnSave;
    this.#subscription = workspace.onDidSaveTextDocument((document) => {
      if (!concerns(document)) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        server.restartWorker().catch(onError);
      }, settleMs);
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }
}
