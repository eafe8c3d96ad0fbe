import { relative, sep } from 'node:path';
import {
  FileSystemError,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
  type CancellationToken,
  type QuickPickItem,
  type WorkspaceFolder,
} from 'vscode';
import { parseAppSpec } from '../core/wsgi/appSpec';
import { findApps, type FoundApp } from '../core/wsgi/findApps';
import { pythonFiles } from './pythonFiles';

/** What the user chose: an app, and the folder that it belongs to. */
export interface Choice {
  readonly folder: WorkspaceFolder;
  readonly spec: string;
}

interface AppItem extends QuickPickItem {
  readonly choose?: () => Promise<Choice | undefined> | Choice;
}

const longestFile = 1_000_000;

/** Offers the apps that the text of the workspace's Python files shows; the list fills while the files are read. */
export async function pickApp(current: string): Promise<Choice | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const quickPick = window.createQuickPick<AppItem>();
  quickPick.title = 'Set App File';
  quickPick.placeholder = 'Which app should the server run?';
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.busy = true;
  const others: AppItem[] = [
    { label: 'Somewhere else', kind: QuickPickItemKind.Separator },
    { label: '$(folder-opened) Browse…', alwaysShow: true, choose: () => browse(folders) },
    { label: '$(edit) Type module:callable…', alwaysShow: true, choose: () => typeSpec(folders, current) },
  ];
  // First stands what does nothing: a hasty Enter must not open "Browse…".
  quickPick.items = [{ label: '$(loading~spin) Looking for WSGI apps…', alwaysShow: true }, ...others];
  quickPick.show();

  const found: AppItem[] = [];
  const closed = new AbortController();
  const search = (async () => {
    for await (const choice of searchApps(folders, closed.signal)) {
      found.push(choice);
      quickPick.items = [...found, ...others];
    }
    if (closed.signal.aborted) return;
    if (found.length === 0)
      quickPick.items = [{ label: 'No WSGI app was found in this workspace', alwaysShow: true }, ...others];
    quickPick.busy = false;
  })();

  try {
    const picked = await new Promise<AppItem | undefined>((resolve) => {
      quickPick.onDidAccept(() => {
        const [item] = quickPick.selectedItems;
        if (item?.choose) resolve(item);
      });
      quickPick.onDidHide(() => resolve(undefined));
    });
    closed.abort();
    quickPick.hide();
    return await picked?.choose?.();
  } finally {
    closed.abort();
    await search;
    quickPick.dispose();
  }
}

/** For a file that the user pointed at. Asks only where the file offers several apps. */
export async function pickAppOfFile(file: Uri): Promise<Choice | undefined> {
  const folder = workspace.getWorkspaceFolder(file);
  if (!folder) {
    void window.showErrorMessage(`${file.fsPath} is outside the workspace. Open its folder, then set the app file.`);
    return undefined;
  }
  const place = pathIn(folder, file);
  const apps = await appsOf(file);
  // With none in sight the file alone is a good answer too: the worker looks for `application` and `app` in it.
  if (apps.length < 2) return { folder, spec: apps[0] ? `${place}:${apps[0].callable}` : place };
  const picked = await window.showQuickPick(
    apps.map((app) => ({ label: app.callable, description: app.what, detail: `line ${app.line}` })),
    { title: 'Set App File', placeHolder: `Which app of ${place}?` },
  );
  return picked && { folder, spec: `${place}:${picked.label}` };
}

async function* searchApps(folders: readonly WorkspaceFolder[], signal: AbortSignal): AsyncGenerator<AppItem> {
  for (const folder of folders) {
    for await (const file of pythonFiles(folder.uri, signal)) {
      const place = pathIn(folder, file);
      for (const { callable, what, line } of await appsOf(file)) {
        const spec = `${place}:${callable}`;
        const where = folders.length > 1 ? `${folder.name} · line ${line}` : `line ${line}`;
        yield { label: spec, description: `${what} · ${where}`, choose: () => ({ folder, spec }) };
      }
    }
  }
}

async function appsOf(file: Uri): Promise<FoundApp[]> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open) return findApps(open.getText());
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > longestFile) return [];
    return findApps(new TextDecoder().decode(await workspace.fs.readFile(file)));
  } catch (error) {
    if (error instanceof FileSystemError) return []; // gone meanwhile, or not ours to read
    throw error;
  }
}

async function browse(folders: readonly WorkspaceFolder[]): Promise<Choice | undefined> {
  const [file] =
    (await window.showOpenDialog({
      title: 'Set App File',
      openLabel: 'Set as App File',
      filters: { Python: ['py'] },
      ...(folders[0] && { defaultUri: folders[0].uri }),
    })) ?? [];
  return file && pickAppOfFile(file);
}

async function typeSpec(folders: readonly WorkspaceFolder[], current: string): Promise<Choice | undefined> {
  const folder = folders.length > 1 ? await window.showWorkspaceFolderPick() : folders[0];
  if (!folder) return undefined;
  const spec = await window.showInputBox({
    title: 'Set App File',
    prompt: 'The app as module:callable or file.py:callable; a factory as create_app()',
    placeHolder: 'hello.py:app',
    value: current,
    validateInput: (value, token?: CancellationToken) => checkSpec(folder, value, token),
  });
  return spec === undefined ? undefined : { folder, spec: spec.trim() };
}

async function checkSpec(
  folder: WorkspaceFolder,
  text: string,
  token?: CancellationToken,
): Promise<string | undefined> {
  const spec = parseAppSpec(text);
  if (typeof spec === 'string') return spec;
  if (!spec.isFile || token?.isCancellationRequested) return undefined;
  const file = /^(?:\/|[A-Za-z]:)/.test(spec.place) ? Uri.file(spec.place) : Uri.joinPath(folder.uri, spec.place);
  return workspace.fs.stat(file).then(
    () => undefined,
    () => `There is no file ${spec.place} in ${folder.name}.`,
  );
}

/** As settings and `sys.path` want it: from the folder on, with `/` on every system. */
function pathIn(folder: WorkspaceFolder, file: Uri): string {
  return relative(folder.uri.fsPath, file.fsPath).split(sep).join('/');
}
