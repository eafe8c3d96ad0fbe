import { Uri, window, workspace, type ExtensionContext } from 'vscode';
import type { ServerState } from './core/trace/messages';
import type { TraceStore } from './core/trace/traceStore';
import { ServerHandle } from './server/serverHandle';
import { registerCommands } from './vscode/commands';
import { showComparison } from './vscode/comparisonPanel';
import { Concurrency } from './vscode/concurrency';
import { timelineViewType } from './vscode/ids';
import { KernelFeed } from './vscode/kernelFeed';
import { Launcher } from './vscode/launcher';
import { Log } from './vscode/log';
import { Overview } from './vscode/overview';
import { Projects } from './vscode/projects';
import { Python } from './vscode/python';
import { Replays } from './vscode/replays';
import { RequestActions } from './vscode/requestActions';
import { RunAgainCommand } from './vscode/runAgainCommand';
import { SavedFilters } from './vscode/savedFilters';
import { SaveWatcher } from './vscode/saveWatcher';
import { LifelineServer } from './vscode/server';
import { readServerSettings } from './vscode/settings';
import { ServerStatusBarItem } from './vscode/statusBarItem';
import { Timeline } from './vscode/timelinePanel';

/** What other extensions, and the tests, may look at. */
export interface LifelineApi {
  readonly state: ServerState;
  readonly trace: TraceStore;
}

let ends: readonly (() => Promise<void>)[] = [];

/** The wiring diagram: who is made, and who knows whom. Nothing is started here. */
export function activate(context: ExtensionContext): LifelineApi {
  const log = new Log();
  const projects = new Projects(context.workspaceState);
  const python = new Python();
  const bundle = (name: string): string => Uri.joinPath(context.extensionUri, 'dist', name).fsPath;
  const serverThread = bundle('serverThread.js');
  const lifeline = new LifelineServer(
    (owner) => ServerHandle.spawn(serverThread, owner),
    (line) => log.line(line),
    readServerSettings().maxExchanges,
  );
  const overview = new Overview(lifeline, projects);
  const kernel = new KernelFeed(lifeline);
  const replayThread = bundle('replayThread.js');
  const replays = new Replays(lifeline, replayThread);
  const filters = new SavedFilters();
  const timeline = new Timeline(context.extensionUri, lifeline, overview, kernel, {
    actions: new RequestActions(lifeline, replays),
    filters,
  });
  const launcher = new Launcher(lifeline, overview, projects, python, log, () => timeline.show());
  const runAgain = new RunAgainCommand(
    lifeline,
    launcher,
    log,
    { serverThread, replayThread },
    () => timeline.chosen,
    (comparison) => showComparison(context.extensionUri, comparison),
  );
  ends = [() => runAgain.end(), () => replays.end(), () => lifeline.end()];

  const concurrency = new Concurrency(lifeline, (error) => log.failure(error));

  context.subscriptions.push(
    log,
    python,
    lifeline,
    overview,
    kernel,
    replays,
    filters,
    timeline,
    concurrency,
    runAgain,
    new ServerStatusBarItem(overview, lifeline),
    new SaveWatcher(lifeline, projects, (error) => log.failure(error)),
    lifeline.onDidFail((problem) => launcher.workerFailed(problem)),
    lifeline.onDidChange(() => {
      if (lifeline.worker?.status === 'ready') launcher.workerReady();
    }),
    python.onDidChangeChoice(() => launcher.interpreterChanged()),
    workspace.onDidChangeConfiguration((event) => launcher.settingsChanged((name) => event.affectsConfiguration(name))),
    window.registerWebviewPanelSerializer(timelineViewType, timeline),
    ...registerCommands(launcher, concurrency, timeline, overview, log, runAgain),
  );

  return {
    get state() {
      return overview.state;
    },
    get trace() {
      return lifeline.trace;
    },
  };
}

/** Nothing may outlive the editor: requests are cut, the thread and its app worker end. */
export async function deactivate(): Promise<void> {
  await Promise.all(ends.map((end) => end()));
}
