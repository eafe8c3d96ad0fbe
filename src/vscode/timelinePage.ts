import { createBirpc } from 'birpc';
import { commands, env, EventEmitter, type Disposable, type Uri } from 'vscode';
import type { Batch } from '../core/trace/batch';
import type { ExchangeDetail, ReplayOrigin } from '../core/trace/detail';
import { Handover } from '../core/trace/handover';
import type { FromWebview, HostFunctions, RevealTarget, TimelineCommand, ToWebview } from '../core/trace/messages';
import { assertNever } from '../core/assertNever';
import { commandIds, editorCommands } from './ids';
import { KeptParts } from './keptParts';
import type { KernelFeed } from './kernelFeed';
import type { Overview } from './overview';
import type { RequestActions } from './requestActions';
import type { SavedFilters } from './savedFilters';
import type { LifelineServer } from './server';
import { SourceFiles } from './sourceFiles';
import { timelineTitle, type TimelinePlace } from './timelinePlace';
import { fillWebview } from './webviewPage';

/** What the timeline asks for, beside the trace. */
export interface TimelineParts {
  readonly actions: RequestActions;
  readonly filters: SavedFilters;
}

/** What a page of the timeline keeps for the next one, in whichever place or window that is. */
export interface KeptState {
  /** As a page told it last; undefined where none did. */
  state: unknown;
}

/**
 * Feeds one webview. Nothing is sent before the webview has said `ready`, nor while it is hidden (the editor unloads it
 * then, and messages would be lost); when it is shown again it says `ready` and gets the whole trace as one batch.
 */
export class TimelinePage implements Disposable {
  readonly place: TimelinePlace;
  readonly #server: LifelineServer;
  readonly #overview: Overview;
  readonly #kernel: KernelFeed;
  readonly #parts: TimelineParts;
  readonly #subscriptions: { dispose(): unknown }[];
  #live = false;
  #disposed = false;
  #number = 0;
  #handover: Handover | undefined;
  #chosen: readonly number[] = [];
  /** To be revealed as soon as the page is there. */
  #wanted: RevealTarget | undefined;
  readonly #kept: KeptState;
  /** It has not yet been told what a page before it kept. */
  #fresh = true;
  #early: unknown;
  #visible: boolean;

  constructor(
    place: TimelinePlace,
    extensionUri: Uri,
    server: LifelineServer,
    overview: Overview,
    kernel: KernelFeed,
    parts: TimelineParts,
    kept: KeptState,
  ) {
    this.place = place;
    this.#parts = parts;
    this.#kept = kept;
    this.#visible = place.visible;
    this.#server = server;
    this.#overview = overview;
    this.#kernel = kernel;
    const { webview } = place;
    const fromWebview = new EventEmitter<unknown>();
    this.#subscriptions = [
      fromWebview,
      webview.onDidReceiveMessage((message: FromWebview) => {
        switch (message.type) {
          case 'ready':
            void this.#begin();
            return;
          case 'kernel':
            this.#showKernel(message.shown);
            return;
          case 'saved':
            if (this.#live) kept.state = message.state;
            else this.#early = message.state;
            return;
          case 'rpc':
            fromWebview.fire(message.data);
            return;
          default:
            assertNever(message);
        }
      }),
      place.onDidChangeVisibility(() => {
        this.#visible = place.visible;
        if (!this.#visible) this.#end();
      }),
      kernel.onDidLook((view) => {
        if (this.#live) this.#post({ type: 'kernel', view });
      }),
      server.onDidAppend((batch) => this.#append(batch)),
      server.onDidClear(() => {
        if (this.#live) this.#sendSnapshot();
      }),
      parts.filters.onDidChange(() => {
        if (this.#live) this.#sendFilters();
      }),
      overview.onDidChange((state) => {
        if (this.#live) this.#post({ type: 'state', state });
      }),
    ];
    createBirpc<Record<string, never>, HostFunctions>(this.#functions(), {
      post: (data: unknown) => {
        this.#post({ type: 'rpc', data });
      },
      serialize: withPlainError,
      on: (listener) => this.#subscriptions.push(fromWebview.event(listener)),
    });
    fillWebview(webview, extensionUri, timelineTitle, 'lifeline-timeline');
  }

  get chosen(): readonly number[] {
    return this.#chosen;
  }

  /** Whether it was seen when last anything was told of that. */
  get wasVisible(): boolean {
    return this.#visible;
  }

  reveal(target: RevealTarget): void {
    this.#wanted = target;
    if (this.#live) this.#sendWanted();
  }

  dispose(): void {
    this.#disposed = true;
    this.#end();
    for (const each of this.#subscriptions) each.dispose();
  }

  async #begin(): Promise<void> {
    await this.#server.restored;
    if (this.#disposed) return;
    this.#live = true;
    if (this.#fresh && this.#kept.state !== undefined) this.#post({ type: 'restore', state: this.#kept.state });
    else this.#kept.state = this.#early ?? this.#kept.state;
    this.#fresh = false;
    this.#post({ type: 'state', state: this.#overview.state });
    this.#sendFilters();
    this.#sendSnapshot();
    this.#sendWanted();
  }

  #sendFilters(): void {
    this.#post({ type: 'filters', filters: this.#parts.filters.all });
  }

  /** Nobody looks. */
  #end(): void {
    this.#live = false;
    this.#kernel.show(false);
  }

  #showKernel(shown: boolean): void {
    this.#kernel.show(shown && this.place.visible);
    const view = shown ? this.#server.trace.kernel.snapshot() : undefined;
    if (view) this.#post({ type: 'kernel', view });
  }

  #sendSnapshot(): void {
    this.#number = 0;
    const { trace, capacity, now } = this.#server;
    const handover = new Handover(trace);
    this.#handover = handover;
    // A long call may have made no batch for a while: what goes on is drawn up to now.
    const batch = { ...handover.batch, now };
    this.#post({ type: 'snapshot', number: this.#number, batch, capacity, parts: handover.parts });
    void this.#sendParts(handover);
  }

  /** One after the other has arrived, so that nothing of the editor stands still; not if the webview asks anew meanwhile. */
  async #sendParts(handover: Handover): Promise<void> {
    for (let index = 0; index < handover.parts; index++) {
      if (!this.#live || handover !== this.#handover) return;
      const message: ToWebview = { type: 'part', index, part: handover.part(index) };
      await this.place.webview.postMessage(message);
    }
  }

  #sendWanted(): void {
    if (this.#wanted) this.#post({ type: 'reveal', target: this.#wanted });
    this.#wanted = undefined;
  }

  #append(batch: Batch): void {
    if (this.#live) this.#post({ type: 'batch', number: ++this.#number, batch });
  }

  /** A message that does not arrive needs no answer: the webview misses its number and says `ready`. */
  #post(message: ToWebview): void {
    void this.place.webview.postMessage(message);
  }

  #functions(): HostFunctions {
    const { actions, filters } = this.#parts;
    const parts = new KeptParts(this.#server);
    const sources = new SourceFiles(this.#server);
    return {
      detail: async (exchange) =>
        withOrigin(withoutBody(await this.#server.detail(exchange)), actions.replays.originOf(exchange)),
      body: (exchange, message) => parts.body(exchange, message),
      raw: (exchange) => parts.raw(exchange),
      environ: (exchange) => parts.environ(exchange),
      run: async (command) => {
        await commands.executeCommand(commandOf[command]);
      },
      copy: async (text) => env.clipboard.writeText(text),
      clear: () => {
        this.#server.clear();
        return Promise.resolve();
      },
      choose: (exchanges) => {
        this.#chosen = exchanges;
        return Promise.resolve();
      },
      runAgain: async (exchanges) => {
        await commands.executeCommand(commandIds.runAgain, { exchanges });
      },
      copyAs: (exchange, form, revealed) => actions.copyAs(exchange, form, revealed),
      open: (exchange, part, revealed) => actions.open(exchange, part, revealed),
      saveBody: (exchange, message) => actions.saveBody(exchange, message),
      openSource: (file, line) => sources.open(file, line),
      replay: (exchange) => actions.replays.replay(exchange),
      draft: (exchange) => actions.replays.draft(exchange),
      sendDraft: (exchange, draft) => actions.replays.sendDraft(exchange, draft),
      editFilters: (change, text) => filters.edit(change, text),
    };
  }
}

/** Messages to a webview travel as JSON, which leaves nothing of an Error: its message goes instead. */
function withPlainError(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('e' in data) || !(data.e instanceof Error)) return data;
  return { ...data, e: { name: data.e.name, message: data.e.message } };
}

/** Bodies go to the page when somebody wants to see them, and not before. */
function withoutBody(detail: ExchangeDetail | undefined): ExchangeDetail | undefined {
  if (!detail) return undefined;
  const { requestBody, ...rest } = detail;
  return rest;
}

function withOrigin(
  detail: ExchangeDetail | undefined,
  replayOf: ReplayOrigin | undefined,
): ExchangeDetail | undefined {
  return detail && replayOf ? { ...detail, replayOf } : detail;
}

const commandOf: Readonly<Record<TimelineCommand, string>> = {
  start: commandIds.startServer,
  stop: commandIds.stopServer,
  restart: commandIds.restartServer,
  setAppFile: commandIds.setAppFile,
  setConcurrency: commandIds.setConcurrency,
  openInBrowser: commandIds.openInBrowser,
  showLog: commandIds.showLog,
  manageTrust: editorCommands.manageTrust,
};
