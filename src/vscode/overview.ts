import { commands, env, EventEmitter, Uri, workspace, type Disposable } from 'vscode';
import { concurrencyName, slotsOf } from '../core/trace/concurrency';
import type { ServerState } from '../core/trace/messages';
import type { Interpreter } from '../server/interpreter';
import type { Started } from '../server/protocol';
import { contextKeys } from './ids';
import type { Projects } from './projects';
import type { LifelineServer } from './server';
import { readServerSettings } from './settings';

/**
 * The one account of the server that everything shows: status bar, timeline, menus and context keys. It joins what the
 * server knows with the project, the trust of the workspace and the address as a browser needs it.
 */
export class Overview implements Disposable {
  readonly onDidChange = (listener: (state: ServerState) => void): Disposable => this.#changed.event(listener);
  readonly #changed = new EventEmitter<ServerState>();
  readonly #server: LifelineServer;
  readonly #projects: Projects;
  readonly #subscriptions: Disposable[];
  #interpreter: Interpreter | undefined;
  /** What a browser opens for the local address. */
  #url: { readonly local: string; readonly url: string } | undefined;

  constructor(server: LifelineServer, projects: Projects) {
    this.#server = server;
    this.#projects = projects;
    this.#subscriptions = [
      server.onDidChange(() => this.refresh()),
      workspace.onDidGrantWorkspaceTrust(() => this.refresh()),
      workspace.onDidChangeWorkspaceFolders(() => this.refresh()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('lifeline')) this.refresh();
      }),
    ];
    this.refresh();
  }

  /** The interpreter that the last start chose. */
  set interpreter(interpreter: Interpreter | undefined) {
    this.#interpreter = interpreter;
    this.refresh();
  }

  get interpreter(): Interpreter | undefined {
    return this.#interpreter;
  }

  get state(): ServerState {
    const { status, listening, options, worker, problem, clockOriginUnixMs } = this.#server;
    const { slots, concurrency } = options ?? readServerSettings();
    return {
      status,
      restricted: !workspace.isTrusted,
      app: options?.app.spec ?? this.#projects.current?.app ?? '',
      ...(listening && this.#where(listening)),
      concurrency: concurrencyName(concurrency, slots),
      slots: slotsOf(concurrency, slots),
      ...(this.#interpreter && { python: describe(this.#interpreter) }),
      ...(worker?.clockError !== undefined && { clockError: worker.clockError }),
      ...(worker?.workers && {
        clocks: worker.workers.map(({ number, clockError }) => ({ worker: number, error: clockError })),
      }),
      ...(problem !== undefined && { problem }),
      clockOriginUnixMs,
    };
  }

  refresh(): void {
    const { state } = this;
    void commands.executeCommand('setContext', contextKeys.status, state.status);
    void commands.executeCommand('setContext', contextKeys.listening, state.address !== undefined);
    this.#changed.fire(state);
    const { listening } = this.#server;
    if (listening && localUrl(listening) !== this.#url?.local) this.#resolveUrl(localUrl(listening));
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  #where(listening: Started): { readonly address: string; readonly url: string } {
    const local = localUrl(listening);
    return { address: hostAndPort(listening), url: this.#url?.local === local ? this.#url.url : local };
  }

  /** In a remote window the browser sits elsewhere: the editor forwards the port and tells the address to use. */
  #resolveUrl(local: string): void {
    this.#url = { local, url: local };
    env.asExternalUri(Uri.parse(local)).then(
      (external) => {
        if (this.#url?.local !== local) return;
        this.#url = { local, url: external.toString(true) };
        this.refresh();
      },
      () => undefined, // the local address stands
    );
  }
}

export const restrictedMessage =
  'Restricted Mode: starting the server would run code of this workspace. Trust the workspace to start it.';

export function describe({ path, version, reason }: Interpreter): string {
  return `Python ${version}, ${reason} (${path})`;
}

function hostAndPort({ host, port }: Pick<Started, 'host' | 'port'>): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where the app is, for a browser on this machine. */
export function localUrl(listening: Started): string {
  return `http://${hostAndPort({ host: reachableHost(listening), port: listening.port })}${listening.path}`;
}

/** How clients on this machine reach it: an address that means "every interface" is no address to go to. */
export function reachableHost({ host }: Pick<Started, 'host'>): string {
  return { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
}
