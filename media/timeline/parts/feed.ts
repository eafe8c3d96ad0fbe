import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Batch } from '../../../src/core/trace/batch';
import { exchangeSchema } from '../../../src/core/trace/columns';
import type { TracePart } from '../../../src/core/trace/handover';
import type { KernelView } from '../../../src/core/trace/kernelView';
import type {
  HostFunctions,
  NamedFilter,
  RevealTarget,
  ServerState,
  ToWebview,
} from '../../../src/core/trace/messages';
import { packedIds } from '../../../src/core/trace/packedRows';
import { HostLink } from '../hostLink';
import { DetailReader } from '../model/detailReader';
import { LiveTrace } from '../model/liveTrace';
import type { Trace } from '../model/trace';
import type { VscodeApi } from '../vscodeApi';

/** What the page does about some of it. */
export interface FeedEvents {
  /** A trace has taken the place of the one before. */
  replaced(trace: Trace): void;
  /** Somebody who is not on the page wants to see this. */
  reveal(target: RevealTarget): void;
  /** To go on from what a page in another place of the window kept. */
  restore(state: unknown): void;
}

/**
 * What the extension host tells the page: the trace as it grows, the state of the server, the details of the exchange
 * that is wanted. The page is rendered again when something came.
 */
export class Feed implements ReactiveController {
  readonly live = new LiveTrace();
  readonly details: DetailReader;
  readonly #page: ReactiveControllerHost;
  readonly #link: HostLink;
  readonly #events: FeedEvents;
  #server: ServerState | undefined;
  #filters: readonly NamedFilter[] = [];
  #workers: readonly number[] | undefined;
  #version = 0;
  #listed = 0;
  /** All of the trace is here. */
  #begun = false;
  #wanted: RevealTarget | undefined;
  #kernelWanted = false;
  #kernelShown = false;
  #listTimer: number | undefined;

  constructor(page: ReactiveControllerHost, api: VscodeApi, events: FeedEvents) {
    this.#page = page;
    this.#events = events;
    this.#link = new HostLink((message) => api.postMessage(message), {
      snapshot: (batch, capacity, parts) => this.#snapshot(batch, capacity, parts),
      part: (part) => this.#part(part),
      batch: (batch) => this.#batch(batch),
      state: (server) => {
        this.#server = server;
        this.#workers = server.clocks?.map(({ worker }) => worker) ?? this.#workers;
        this.live.running = server.status === 'running' || server.status === 'stopping';
        page.requestUpdate();
      },
      kernel: (view) => this.#kernel(view),
      filters: (filters) => {
        this.#filters = filters;
        page.requestUpdate();
      },
      reveal: (target) => this.#reveal(target),
      restore: (state) => events.restore(state),
    });
    this.details = new DetailReader(
      (exchange) => this.host.detail(exchange),
      () => page.requestUpdate(),
    );
    page.addController(this);
  }

  get host(): HostFunctions {
    return this.#link.host;
  }

  get server(): ServerState | undefined {
    return this.#server;
  }

  /** Those that are kept under names. */
  get filters(): readonly NamedFilter[] {
    return this.#filters;
  }

  /** Numbers of the workers that there are: while they are started anew, those that there were. */
  get workers(): readonly number[] | undefined {
    return this.#workers;
  }

  get trace(): Trace {
    return this.live.trace;
  }

  /** Changes when the trace has. */
  get version(): number {
    return this.#version;
  }

  /** The same, but seldom: for what is read and not looked at, which need not keep up with every batch. */
  get listed(): number {
    return this.#listed;
  }

  /** Batches that never arrived. */
  get missed(): number {
    return this.#link.missed;
  }

  /** Has the kernel's tables read while somebody looks at what they tell, and not while the picture stands still. */
  wantKernel(wanted: boolean): void {
    this.#kernelWanted = wanted;
    const shown = wanted && this.#begun && !this.live.paused;
    if (shown === this.#kernelShown) return;
    this.#kernelShown = shown;
    this.#link.showKernel(shown);
  }

  /** The clock reading of the picture. */
  readonly clock = (): number => this.live.now(performance.now());

  hostConnected(): void {
    window.addEventListener('message', this.#onMessage);
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#link.ready();
  }

  hostDisconnected(): void {
    window.removeEventListener('message', this.#onMessage);
    document.removeEventListener('visibilitychange', this.#onVisible);
    window.clearTimeout(this.#listTimer);
  }

  /** Has the host keep it for a page in another place of the window. */
  keep(state: unknown): void {
    this.#link.keep(state);
  }

  pause(paused: boolean): void {
    if (paused) this.live.pause(performance.now());
    else if (!this.live.resume(performance.now())) this.#link.ready();
    this.wantKernel(this.#kernelWanted);
    this.#version++;
    this.#page.requestUpdate();
  }

  readonly #onMessage = (event: MessageEvent<ToWebview>): void => this.#link.receive(event.data);

  /** What came while the page was hidden may be lost, and nothing may come that tells so. */
  readonly #onVisible = (): void => {
    if (!document.hidden) this.#link.ready();
  };

  /** What is older than the newest end may be still to come. */
  #reveal(target: RevealTarget): void {
    this.#wanted = target;
    if (this.#begun) this.#sayWanted();
  }

  #sayWanted(): void {
    const target = this.#wanted;
    this.#wanted = undefined;
    if (target) this.#events.reveal(target);
  }

  #snapshot(batch: Batch, capacity: number, parts: number): void {
    this.#begun = false;
    this.live.replace(batch, capacity, performance.now(), parts);
    if (parts === 0) this.#complete();
    else this.#grown();
  }

  #part(part: TracePart): void {
    if (this.live.take(part, performance.now())) this.#complete();
    else this.#page.requestUpdate();
  }

  /** All of the trace is here. */
  #complete(): void {
    // What the kernel told before was in the trace that was here before.
    this.#begun = true;
    this.#kernelShown = false;
    this.wantKernel(this.#kernelWanted);
    this.#grown();
    this.#events.replaced(this.trace);
    this.#sayWanted();
  }

  #kernel(view: KernelView): void {
    if (!this.#kernelShown) return;
    const { kernel } = this.trace.store;
    const changes = kernel.depths.length;
    this.trace.store.look(view);
    // The picture shows of it TIME_WAIT, who waits to be accepted, and that the server is busy.
    const busy = view.pulse?.answered === false;
    if (view.pairs.length > 0 || kernel.depths.length > changes || busy) this.#version++;
    this.#page.requestUpdate();
  }

  #batch(batch: Batch): void {
    const { wanted } = this.details;
    const touches = wanted !== undefined && packedIds(exchangeSchema, batch.exchanges).includes(wanted);
    this.live.append(batch, performance.now());
    this.#grown();
    if (touches && !this.live.overflowed) this.details.changed();
  }

  #grown(): void {
    this.#version++;
    this.#page.requestUpdate();
    this.#listTimer ??= window.setTimeout(() => {
      this.#listTimer = undefined;
      this.#listed++;
      this.#page.requestUpdate();
    }, 400);
  }
}
