import { commands, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { ServerState } from '../core/trace/messages';
import { commandIds, editorCommands, type CommandId } from './ids';
import { restrictedMessage } from './overview';

interface MenuItem extends QuickPickItem {
  readonly command?: CommandId | typeof editorCommands.manageTrust | typeof editorCommands.openSettings;
  readonly argument?: string;
}

/** What makes sense now, in the order in which it is likely to be wanted. */
export async function showMenu(state: ServerState): Promise<void> {
  const picked = await window.showQuickPick(menuItems(state), {
    title: 'Request Lifeline',
    placeHolder: state.problem ?? (state.restricted ? restrictedMessage : (state.url ?? 'The server is not running')),
  });
  if (picked?.command === undefined) return;
  await commands.executeCommand(picked.command, ...(picked.argument === undefined ? [] : [picked.argument]));
}

function menuItems(state: ServerState): MenuItem[] {
  const listens = state.address !== undefined;
  const start: MenuItem = { label: '$(play) Start Server', command: commandIds.startServer };
  const stop: MenuItem = { label: '$(debug-stop) Stop Server', command: commandIds.stopServer };
  const restart: MenuItem = { label: '$(debug-restart) Restart Server', command: commandIds.restartServer };
  const open: MenuItem = {
    label: '$(link-external) Open in Browser',
    command: commandIds.openInBrowser,
    ...(state.url !== undefined && { description: state.url }),
  };
  const trust: MenuItem = { label: '$(shield) Manage Workspace Trust', command: editorCommands.manageTrust };
  const timeline: MenuItem = { label: '$(pulse) Show Timeline', command: commandIds.showTimeline };
  const again: MenuItem = { label: '$(run-all) Run Again Under Another Model…', command: commandIds.runAgain };
  const running = listens ? [...(state.status === 'running' ? [open] : []), restart, stop] : [start];
  return [
    ...(state.restricted ? [trust] : running),
    timeline,
    ...(state.restricted ? [] : [again]),
    { label: '$(output) Show Log', command: commandIds.showLog },
    { label: '', kind: QuickPickItemKind.Separator },
    {
      label: '$(file-code) Set App File…',
      description: state.app === '' ? 'not set' : state.app,
      command: commandIds.setAppFile,
    },
    {
      label: '$(list-flat) Set Concurrency Model…',
      description: state.concurrency,
      command: commandIds.setConcurrency,
    },
    {
      label: '$(gear) Settings',
      description: state.python ?? '',
      command: editorCommands.openSettings,
      argument: 'lifeline.',
    },
  ];
}
