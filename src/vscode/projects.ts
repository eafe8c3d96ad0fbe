import { ConfigurationTarget, window, workspace, type Memento, type Uri, type WorkspaceFolder } from 'vscode';
import { readProjectSettings, section } from './settings';

/** What is served: a workspace folder, and the app in it as the user named it; empty where none is set. */
export interface Project {
  readonly folder: WorkspaceFolder;
  readonly app: string;
}

const chosenFolder = 'lifeline.folder';

/** With one folder there is nothing to choose. With several, the folder whose app was set last is the project. */
export class Projects {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Undefined where no folder is open. */
  get current(): Project | undefined {
    const folders = workspace.workspaceFolders ?? [];
    const folder =
      folders.find((each) => each.uri.toString() === this.#memory.get<string>(chosenFolder)) ??
      folders.find((each) => readProjectSettings(each).app !== '') ??
      this.#folderOfEditor() ??
      folders[0];
    return folder && { folder, app: readProjectSettings(folder).app };
  }

  contains(uri: Uri): boolean {
    const folder = workspace.getWorkspaceFolder(uri);
    return folder !== undefined && folder.uri.toString() === this.current?.folder.uri.toString();
  }

  async setApp(folder: WorkspaceFolder, app: string): Promise<void> {
    await this.#memory.update(chosenFolder, folder.uri.toString());
    await this.#set(folder, 'appFile', app);
  }

  async setPython(folder: WorkspaceFolder, path: string): Promise<void> {
    await this.#set(folder, 'pythonPath', path);
  }

  async #set(folder: WorkspaceFolder, name: string, value: string): Promise<void> {
    const several = (workspace.workspaceFolders ?? []).length > 1;
    const target = several ? ConfigurationTarget.WorkspaceFolder : ConfigurationTarget.Workspace;
    await workspace.getConfiguration(section, folder).update(name, value, target);
  }

  #folderOfEditor(): WorkspaceFolder | undefined {
    const document = window.activeTextEditor?.document;
    return document && workspace.getWorkspaceFolder(document.uri);
  }
}
