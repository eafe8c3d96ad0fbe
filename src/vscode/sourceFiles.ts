import { Range, Uri, ViewColumn, window, workspace } from 'vscode';
import { findSource, importFolders, SourceError } from '../server/sourceFile';
import type { LifelineServer } from './server';

/** Opens the lines that tracebacks name, of files of the workspace and of what the app's interpreter imports from. */
export class SourceFiles {
  readonly #server: LifelineServer;
  #asked: { readonly python: string; readonly folders: Promise<readonly string[]> } | undefined;

  constructor(server: LifelineServer) {
    this.#server = server;
  }

  /** @throws where there is nothing to open */
  async open(file: string, line: number): Promise<void> {
    const own = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const folder = this.#server.options?.app.folder ?? own[0];
    if (folder === undefined) throw new SourceError('Not opened: no folder is open.');
    const folders = [...own, folder, ...(await this.#imported())];
    const document = await workspace.openTextDocument(Uri.file(await findSource(file, { folder, folders })));
    const at = Math.max(0, Math.min(line, document.lineCount) - 1);
    const { range } = document.lineAt(at);
    const start = range.start.with({ character: document.lineAt(at).firstNonWhitespaceCharacterIndex });
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, selection: new Range(start, start) });
  }

  /** The interpreter is asked once, when a traceback is first followed. */
  async #imported(): Promise<readonly string[]> {
    const options = this.#server.options;
    if (!options) return [];
    const { python, env } = options;
    if (this.#asked?.python !== python) {
      this.#asked = { python, folders: importFolders(python, env) };
    }
    return this.#asked.folders;
  }
}
