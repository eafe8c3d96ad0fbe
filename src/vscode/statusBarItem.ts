import { MarkdownString, StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import { assertNever } from '../core/assertNever';
import type { ServerState } from '../core/trace/messages';
import { commandIds } from './ids';
import { restrictedMessage, type Overview } from './overview';
import type { LifelineServer } from './server';

/** A batch may come every 16 ms; a number that people read need not change as often. */
const refreshMs = 250;

/** State, address and number of requests; a click opens the menu. */
export class ServerStatusBarItem implements Disposable {
  readonly #item: StatusBarItem;
  readonly #overview: Overview;
  readonly #server: LifelineServer;
  readonly #subscriptions: Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(overview: Overview, server: LifelineServer) {
    this.#overview = overview;
    this.#server = server;
    this.#item = window.createStatusBarItem('lifeline.server', StatusBarAlignment.Left);
    this.#item.name = 'Request Lifeline';
    this.#item.command = commandIds.showMenu;
    const soon = (): void => {
      this.#timer ??= setTimeout(() => this.#show(), refreshMs);
    };
    this.#subscriptions = [overview.onDidChange(() => this.#show()), server.onDidAppend(soon), server.onDidClear(soon)];
    this.#show();
    this.#item.show();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
    this.#item.dispose();
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { state } = this.#overview;
    const { exchanges } = this.#server.trace;
    const text = statusText(state, exchanges.length + exchanges.forgotten);
    const failed = state.status === 'failed';
    this.#item.text = text;
    this.#item.tooltip = tooltip(state);
    this.#item.backgroundColor = failed ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#item.accessibilityInformation = {
      label: `Request Lifeline: ${text.replace(/\$\([^)]*\) /, '')}`,
      role: 'button',
    };
  }
}

function statusText(state: ServerState, requests: number): string {
  const { status, address = '' } = state;
  switch (status) {
    case 'stopped':
      return state.restricted ? '$(shield) Lifeline restricted' : '$(pulse) Lifeline stopped';
    case 'starting':
      return '$(loading~spin) Lifeline starting…';
    case 'running':
      return `$(pulse) ${address} · ${requests} ${requests === 1 ? 'request' : 'requests'}`;
    case 'stopping':
      return '$(loading~spin) Lifeline stopping…';
    case 'failed':
      return `$(error) Lifeline failed${address === '' ? '' : ` · ${address}`}`;
    default:
      return assertNever(status);
  }
}

function tooltip(state: ServerState): MarkdownString {
  const text = new MarkdownString('**Request Lifeline**\n\n');
  const row = (label: string, value: string | undefined): void => {
    if (value === undefined || value === '') return;
    text.appendMarkdown(`${label}: `);
    text.appendText(value);
    text.appendMarkdown('\n\n');
  };
  if (state.restricted) text.appendText(`${restrictedMessage}\n\n`);
  if (state.problem !== undefined) text.appendText(`${state.problem}\n\n`);
  row('App', state.app === '' ? 'not set' : state.app);
  row('Interpreter', state.python);
  row('Address', state.url);
  row('Concurrency', state.concurrency);
  text.appendText('Click for the menu');
  return text;
}
