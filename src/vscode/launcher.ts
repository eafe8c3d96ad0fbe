import { commands, env, Uri, window, workspace } from 'vscode';
import type { Problem } from '../core/trace/detail';
import type { StartProblem } from '../server/protocol';
import { InterpreterError } from '../server/interpreter';
import { pickApp, pickAppOfFile, type Choice } from './appPicker';
import { editorCommands } from './ids';
import type { Log } from './log';
import { describe, localUrl, restrictedMessage, type Overview } from './overview';
import type { Project, Projects } from './projects';
import type { Python } from './python';
import type { LifelineServer, StartOptions } from './server';
import { needRestart, readProjectSettings, readServerSettings, section, type ServerSettings } from './settings';

interface Action {
  readonly label: string;
  readonly run: () => unknown;
}

/**
 * What happens around the server as the user meets it: the questions before a start (which app? is this address meant?)
 * and, where something failed, a message that says what to do and offers to do it. Messages never hold a command up:
 * the command is over when the server has started or failed, whether or not somebody has answered.
 */
export class Launcher {
  readonly #server: LifelineServer;
  readonly #overview: Overview;
  readonly #projects: Projects;
  readonly #python: Python;
  readonly #log: Log;
  readonly #showTimeline: () => void;
  /** Taken instead of the setting's until the window closes: the user agreed to another port. */
  #otherPort: { readonly instead: number; readonly use: number } | undefined;
  #confirmedHost = '';
  #lastFailure = '';
  #ownChanges = 0;

  constructor(
    server: LifelineServer,
    overview: Overview,
    projects: Projects,
    python: Python,
    log: Log,
    showTimeline: () => void,
  ) {
    this.#server = server;
    this.#overview = overview;
    this.#projects = projects;
    this.#python = python;
    this.#log = log;
    this.#showTimeline = showTimeline;
  }

  async start(): Promise<void> {
    if (!workspace.isTrusted) {
      this.sayRestricted();
      return;
    }
    if (this.#server.listening) return this.#server.status === 'failed' ? this.restart() : undefined;
    const project = await this.#projectToServe();
    if (!project) return;
    const settings = readServerSettings();
    if (!(await this.#mayListenOn(settings.host))) return;
    try {
      await this.#server.start(() => this.#prepare(project, settings));
      this.#logListening();
    } catch (error) {
      this.#startFailed(error, settings.port);
    }
  }

  async stop(): Promise<void> {
    await this.#server.stop(readServerSettings().stopTimeoutMs);
  }

  async restart(): Promise<void> {
    if (!workspace.isTrusted) {
      this.sayRestricted();
      return;
    }
    await this.stop();
    await this.start();
  }

  /** @param file the file that the user pointed at; without it, the user picks */
  async setAppFile(file?: Uri): Promise<void> {
    if (!(workspace.workspaceFolders ?? []).length) {
      this.#sayNoFolder();
      return;
    }
    const choice = file ? await pickAppOfFile(file) : await pickApp(this.#projects.current?.app ?? '');
    if (!choice) return;
    await this.#projects.setApp(choice.folder, choice.spec);
    this.#overview.refresh();
    if (!this.#server.listening) this.#offer('info', `The server will run ${choice.spec}.`, [this.#startAction]);
  }

  async openInBrowser(): Promise<void> {
    const { listening } = this.#server;
    if (!listening) {
      this.#offer('info', 'The server is not running.', [this.#startAction]);
      return;
    }
    // The local address: openExternal itself forwards the port where the browser sits elsewhere.
    await env.openExternal(Uri.parse(localUrl(listening)));
  }

  /** Something of `lifeline.*` changed. A running server keeps what it was started with until a restart. */
  settingsChanged(affects: (setting: string) => boolean): void {
    if (!this.#server.listening || this.#ownChanges > 0) return;
    if (!needRestart.some((name) => affects(`${section}.${name}`))) return;
    const app = this.#projects.current?.app ?? '';
    const text = affects(`${section}.appFile`)
      ? `The server still runs ${this.#server.options?.app.spec ?? 'another app'}. Restart it to run ${app}.`
      : 'The settings changed. Restart the server to apply them.';
    this.#offer('info', text, [this.#restartAction]);
  }

  interpreterChanged(): void {
    if (!this.#server.listening) return;
    this.#offer('info', 'Another Python was chosen. Restart the server to use it.', [this.#restartAction]);
  }

  workerFailed(problem: Problem): void {
    // Each save restarts the app: the same error again would only bury the editor in messages.
    const failure = `${problem.code} ${problem.message}`;
    if (failure === this.#lastFailure) return;
    this.#lastFailure = failure;
    this.#run(this.#offerRepair(problem));
  }

  workerReady(): void {
    this.#lastFailure = '';
  }

  readonly #startAction: Action = { label: 'Start Server', run: () => this.start() };
  readonly #restartAction: Action = { label: 'Restart Server', run: () => this.restart() };
  readonly #logAction: Action = { label: 'Show Log', run: () => this.#log.show() };
  readonly #setAppAction: Action = { label: 'Set App File…', run: () => this.setAppFile() };
  readonly #timelineAction: Action = { label: 'Show Timeline', run: () => this.#showTimeline() };

  async #projectToServe(): Promise<Project | undefined> {
    const { current } = this.#projects;
    if (!current) {
      this.#sayNoFolder();
      return undefined;
    }
    if (current.app !== '') return current;
    const choice: Choice | undefined = await pickApp('');
    if (!choice) return undefined;
    await this.#projects.setApp(choice.folder, choice.spec);
    return { folder: choice.folder, app: choice.spec };
  }

  /** What a server of the project is started with; undefined where the user has not said which app. */
  async options(): Promise<StartOptions | undefined> {
    const project = await this.#projectToServe();
    return project && this.#prepare(project, readServerSettings());
  }

  async #prepare(project: Project, settings: ServerSettings): Promise<StartOptions> {
    const interpreter = await this.#python.find(project);
    this.#overview.interpreter = interpreter;
    this.#log.info(`Serving ${project.app} of ${project.folder.uri.fsPath} with ${describe(interpreter)}`);
    const { host, port, scriptName, concurrency, slots, backlog, limits, maxExchanges } = settings;
    return {
      host,
      port: this.#otherPort?.instead === port ? this.#otherPort.use : port,
      scriptName,
      backlog,
      concurrency,
      slots,
      app: { spec: project.app, folder: project.folder.uri.fsPath },
      python: interpreter.path,
      env: readProjectSettings(project.folder).env,
      limits,
      maxExchanges,
    };
  }

  /** Asks once for each address that other machines can reach; a restart needs no second answer. */
  async #mayListenOn(host: string): Promise<boolean> {
    if (/^(?:127(?:\.\d+){3}|localhost|::1)$/.test(host) || host === this.#confirmedHost) return true;
    const start = 'Start Server';
    const answer = await window.showWarningMessage(
      `Let other machines reach the server at ${host}?`,
      {
        modal: true,
        detail:
          'Everybody on your network could send requests to the app while it runs. To keep it to this machine, set lifeline.host to 127.0.0.1.',
      },
      start,
    );
    if (answer !== start) return false;
    this.#confirmedHost = host;
    return true;
  }

  #logListening(): void {
    const { listening } = this.#server;
    if (listening) this.#log.info(`Listening on ${localUrl(listening)}`);
  }

  #startFailed(error: unknown, wantedPort: number): void {
    const message = error instanceof Error ? error.message : String(error);
    const problem = startProblemOf(error);
    if (problem) {
      this.#log.error(problem.message);
      const change = settingAction('Change Setting', problem.code === 'port-taken' ? 'lifeline.port' : 'lifeline.host');
      const { freePort } = problem;
      if (freePort === undefined) {
        this.#offer('error', problem.message, [change]);
        return;
      }
      const useFree: Action = {
        label: `Use Port ${freePort}`,
        run: () => {
          this.#otherPort = { instead: wantedPort, use: freePort };
          return this.start();
        },
      };
      this.#offer('error', problem.message, [useFree, change]);
      return;
    }
    if (error instanceof InterpreterError) {
      this.#log.error(message);
      this.#offer('error', message, [settingAction('Choose Python', 'lifeline.pythonPath'), this.#logAction]);
      return;
    }
    this.#log.failure(error);
    this.#offer('error', `The server could not start: ${message}`, [this.#logAction]);
  }

  async #offerRepair(problem: Problem): Promise<void> {
    const missing = missingModuleOf(problem);
    const project = this.#projects.current;
    const current = this.#overview.interpreter?.path ?? '';
    const other =
      missing !== undefined && project ? await this.#python.findWithModule(project, missing, current) : undefined;
    if (!other || !project) {
      const actions = [this.#logAction, this.#timelineAction, this.#setAppAction];
      this.#offer('error', problem.message, actions);
      return;
    }
    const use: Action = {
      label: `Use Python ${other.version}`,
      run: async () => {
        await this.#changeOwn(() => this.#projects.setPython(project.folder, other.path));
        await this.restart();
      },
    };
    this.#offer('error', `${problem.message} Python ${other.version}, ${other.reason}, has it.`, [
      use,
      this.#logAction,
    ]);
  }

  sayRestricted(): void {
    this.#offer('warning', restrictedMessage, [
      { label: 'Manage Trust', run: async () => commands.executeCommand(editorCommands.manageTrust) },
    ]);
  }

  #sayNoFolder(): void {
    this.#offer('warning', 'Open the folder of your app first: the server runs an app of the workspace.', [
      { label: 'Open Folder…', run: async () => commands.executeCommand(editorCommands.openFolder) },
    ]);
  }

  /** A change of settings that is followed by a restart anyway needs no question about one. */
  async #changeOwn(change: () => Promise<void>): Promise<void> {
    this.#ownChanges++;
    try {
      await change();
    } finally {
      this.#ownChanges--;
    }
  }

  #offer(level: 'info' | 'warning' | 'error', text: string, actions: readonly Action[]): void {
    const show = {
      info: window.showInformationMessage,
      warning: window.showWarningMessage,
      error: window.showErrorMessage,
    };
    const answer = show[level]<string>(text, ...actions.map((action) => action.label));
    this.#run(
      (async () => {
        const label = await answer;
        await actions.find((action) => action.label === label)?.run();
      })(),
    );
  }

  #run(work: Promise<void>): void {
    work.catch((error: unknown) => this.#log.failure(error));
  }
}

function settingAction(label: string, setting: string): Action {
  return { label, run: async () => commands.executeCommand(editorCommands.openSettings, `@id:${setting}`) };
}

function startProblemOf(error: unknown): StartProblem | undefined {
  if (!(error instanceof Error) || !('data' in error)) return undefined;
  const { data } = error;
  return isStartProblem(data) ? data : undefined;
}

function isStartProblem(data: unknown): data is StartProblem {
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data;
}

/** The module that the app could not import, where that was the trouble. */
function missingModuleOf({ message, traceback }: Problem): string | undefined {
  return /ModuleNotFoundError: No module named '([\w.]+)'/.exec(`${message}\n${traceback ?? ''}`)?.[1];
}
