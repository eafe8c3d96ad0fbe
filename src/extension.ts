import { Uri, window, workspace, type ExtensionContext } from 'vscode';
import type { ServerState } from './core/trace/messages';
import type { TraceStore } from './core/trace/traceStore';
import { ServerHandle } from './server/serverHandle';
import { registerCommands } from './vscode/commands';
import { showComparison } from './vscode/comparisonPanel';
import { Concurrency } from './vscode/concurrency';
import { ConnectionsView } from './vscode/connectionsView';
import { timelineViewId, timelineViewType } from './vscode/ids';
import { KernelFeed } from './vscode/kernelFeed';
import { KeptTrace } from './vscode/keptTrace';
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
import { Timeline } from './vscode/timeline';

/** What other extensions, and the tests, may look at. */
export interface LifelineApi {
  readonly state: ServerState;
  readonly trace: TraceStore;
  readonly connections: ConnectionsView;
}

let end: () => Promise<void> = () => Promise.resolve();

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
  const kept = new KeptTrace(context.storageUri?.fsPath, versionOf(context));
  const overview = new Overview(lifeline, projects);
  const kernel = new KernelFeed(lifeline);
  const replayThread = bundle('replayThread.js');
  const replays = new Replays(lifeline, replayThread);
  const filters = new SavedFilters();
  const timeline = new Timeline(context.extensionUri, lifeline, overview, kernel, {
    actions: new RequestActions(lifeline, replays),
    filters,
  });
  lifeline.restore(async () => {
    const earlier = await kept.take();
    if (earlier) timeline.pageState = earlier.page;
    return earlier;
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
  end = async () => {
    await Promise.all([runAgain.end(), replays.end(), lifeline.end()]);
    await kept.save(lifeline.trace, lifeline.clockOriginUnixMs, timeline.pageState);
  };

  const connections = new ConnectionsView(lifeline, overview, timeline);
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
    connections,
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
    window.registerWebviewViewProvider(timelineViewId, timeline),
    ...registerCommands(launcher, concurrency, timeline, overview, log, runAgain, connections),
  );

  return {
    get state() {
      return overview.state;
    },
    get trace() {
      return lifeline.trace;
    },
    connections,
  };
}

/** Nothing may outlive the editor: requests are cut, the thread and its app worker end. The trace waits for the next window. */
export async function deactivate(): Promise<void> {
  await end();
}

function versionOf({ extension }: ExtensionContext): string {
  const manifest = extension.packageJSON as { readonly version: string };
  return manifest.version;
}
