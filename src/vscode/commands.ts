import { commands, Uri, type Disposable } from 'vscode';
import type { Concurrency } from './concurrency';
import type { ConnectionsView } from './connectionsView';
import { commandIds, type CommandId } from './ids';
import type { Launcher } from './launcher';
import type { Log } from './log';
import { showMenu } from './menu';
import type { Overview } from './overview';
import type { RunAgainCommand } from './runAgainCommand';
import type { Timeline } from './timeline';

/** Every command of `package.json`, and nothing else. */
export function registerCommands(
  launcher: Launcher,
  concurrency: Concurrency,
  timeline: Timeline,
  overview: Overview,
  log: Log,
  runAgain: RunAgainCommand,
  connections: ConnectionsView,
): Disposable[] {
  const handlers: Readonly<Record<CommandId, (argument: unknown) => unknown>> = {
    [commandIds.startServer]: () => launcher.start(),
    [commandIds.stopServer]: () => launcher.stop(),
    [commandIds.restartServer]: () => launcher.restart(),
    [commandIds.showTimeline]: () => timeline.show(),
    [commandIds.setAppFile]: (file) => launcher.setAppFile(file instanceof Uri ? file : undefined),
    [commandIds.setAsAppFile]: (file) => launcher.setAppFile(file instanceof Uri ? file : undefined),
    [commandIds.setConcurrency]: (wanted) => concurrency.choose(wanted),
    [commandIds.openInBrowser]: () => launcher.openInBrowser(),
    [commandIds.showLog]: () => log.show(),
    [commandIds.showMenu]: () => showMenu(overview.state),
    [commandIds.runAgain]: (settled) => runAgain.run(settled),
    [commandIds.revealOnTimeline]: (element) => connections.reveal(element),
    [commandIds.closeConnection]: (element) => connections.close(element),
  };
  return Object.entries(handlers).map(([id, handler]) => commands.registerCommand(id, handler));
}
