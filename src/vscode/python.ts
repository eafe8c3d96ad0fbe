import { PVSC_EXTENSION_ID, PythonExtension } from '@vscode/python-extension';
import { EventEmitter, extensions, type Disposable } from 'vscode';
import {
  findInterpreter,
  hasModule,
  listInterpreters,
  type Interpreter,
  type InterpreterSearch,
} from '../server/interpreter';
import { readProjectSettings } from './settings';
import type { Project } from './projects';

/**
 * The interpreter for a project: the setting, else the choice in the Python extension where that is installed, else
 * what the machine offers. The Python extension is asked at a start of the server and not before: it is slow to wake.
 */
export class Python implements Disposable {
  /** Another interpreter was chosen in the Python extension. */
  readonly onDidChangeChoice = (listener: () => void): Disposable => this.#changed.event(listener);
  readonly #changed = new EventEmitter<void>();
  #subscription: Disposable | undefined;

  /** @throws {InterpreterError} where none can run the app */
  async find(project: Project): Promise<Interpreter> {
    return findInterpreter(await this.#search(project));
  }

  /** Every interpreter that the project could use. */
  async list(project: Project): Promise<Interpreter[]> {
    return listInterpreters(await this.#search(project));
  }

  /** The first other interpreter that has the module which `current` lacks. */
  async findWithModule(project: Project, module: string, current: string): Promise<Interpreter | undefined> {
    for (const interpreter of await this.list(project)) {
      if (interpreter.path !== current && (await hasModule(interpreter.path, module))) return interpreter;
    }
    return undefined;
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
  }

  async #search(project: Project): Promise<InterpreterSearch> {
    return {
      folder: project.folder.uri.fsPath,
      setting: readProjectSettings(project.folder).pythonPath,
      editorChoice: await this.#editorChoice(project),
      env: process.env,
    };
  }

  async #editorChoice(project: Project): Promise<string | undefined> {
    if (!extensions.getExtension(PVSC_EXTENSION_ID)) return undefined;
    const { environments } = await PythonExtension.api();
    this.#subscription ??= environments.onDidChangeActiveEnvironmentPath(() => this.#changed.fire());
    const chosen = environments.getActiveEnvironmentPath(project.folder.uri);
    const environment = await environments.resolveEnvironment(chosen);
    return environment?.executable.uri?.fsPath;
  }
}
