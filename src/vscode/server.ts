import { EventEmitter, type Disposable } from 'vscode';
import type { Batch } from '../core/trace/batch';
import { serverName } from '../core/http/responseHead';
import type { ConcurrencyModel } from '../core/trace/concurrency';
import type { ExchangeDetail, Problem, WireBytes } from '../core/trace/detail';
import type { ServerStatus } from '../core/trace/messages';
import { movedTo } from '../core/trace/handover';
import { TraceStore } from '../core/trace/traceStore';
import { parseScriptName } from '../core/wsgi/scriptName';
import type { ServerHandle } from '../server/serverHandle';
import type { OwnerFunctions, ServerLog, ServerOptions, Started, WorkerState } from '../server/protocol';
import type { EarlierTrace } from './keptTrace';

/** What a start needs; the rest the server knows by itself. */
export interface StartOptions extends Omit<ServerOptions, 'trace' | 'clockOriginUnixMs' | 'record'> {
  /** Most exchanges that the trace keeps. */
  readonly maxExchanges: number;
}

export type Spawn = (owner: OwnerFunctions) => ServerHandle;

/** One server of a trace, as the environ of its requests tells of it. */
export interface Serving {
  /** ms on the trace's clock */
  readonly from: number;
  readonly name: string;
  readonly port: number;
  readonly software: string;
  readonly scriptName: string;
}

/** How long a stop may overrun the time that it gives to requests, before the thread is ended by force. */
const overrunMs = 3000;

/**
 * The server as the extension host sees it: a state, the trace, and a thread that does the work. The thread is spawned
 * by the first start and kept for later ones. Start, stop and restart come one after the other, whoever asks.
 */
export class LifelineServer implements Disposable {
  /** Status, address, problem or app worker changed. */
  readonly onDidChange = (listener: () => void): Disposable => this.#changed.event(listener);
  readonly onDidAppend = (listener: (batch: Batch) => void): Disposable => this.#appended.event(listener);
  /** The trace was emptied: what was shown of it is out of date. */
  readonly onDidClear = (listener: () => void): Disposable => this.#cleared.event(listener);
  /** The app could not be started, or its worker failed. */
  readonly onDidFail = (listener: (problem: Problem) => void): Disposable => this.#failed.event(listener);

  readonly #changed = new EventEmitter<void>();
  readonly #appended = new EventEmitter<Batch>();
  readonly #cleared = new EventEmitter<void>();
  readonly #failed = new EventEmitter<Problem>();
  readonly #spawn: Spawn;
  readonly #log: (line: ServerLog) => void;
  #handle: ServerHandle | undefined;
  #trace: TraceStore;
  #capacity: number;
  #status: ServerStatus = 'stopped';
  #started: Started | undefined;
  #options: StartOptions | undefined;
  /** The servers of the trace, the newest last. */
  #servings: Serving[] = [];
  #worker: WorkerState | undefined;
  #problem: string | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #clockOrigin = wallClock();
  /** The trace is of a window before this one. */
  #earlier = false;
  #restored: Promise<void> = Promise.resolve();

  /** @param capacity most exchanges that the trace keeps, until a start says otherwise */
  constructor(spawn: Spawn, log: (line: ServerLog) => void, capacity: number) {
    this.#spawn = spawn;
    this.#log = log;
    this.#capacity = capacity;
    this.#trace = new TraceStore(capacity);
  }

  get trace(): TraceStore {
    return this.#trace;
  }

  /** Wall-clock time of the trace's zero, in ms since 1970. */
  get clockOriginUnixMs(): number {
    return this.#clockOrigin;
  }

  /** Reading of the trace's clock, in ms; in the trace of an earlier window nothing goes on. */
  get now(): number {
    return this.#earlier ? this.#trace.now : wallClock() - this.#clockOrigin;
  }

  /** The trace of an earlier window is there, if there is one. */
  get restored(): Promise<void> {
    return this.#restored;
  }

  get capacity(): number {
    return this.#capacity;
  }

  get status(): ServerStatus {
    return this.#status;
  }

  /** Where it listens; undefined while it does not. It also listens while the app has failed. */
  get listening(): Started | undefined {
    return this.#started;
  }

  /** What the server that listens was started with. */
  get options(): StartOptions | undefined {
    return this.#options;
  }

  get worker(): WorkerState | undefined {
    return this.#worker;
  }

  /** The server that ran at an instant of the trace. */
  servingAt(at: number): Serving | undefined {
    return this.#servings.filter(({ from }) => from <= at).at(-1);
  }

  /** What failed and what to do, where something did. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Takes the trace of an earlier window, until a server starts. A start in the meantime waits for it, and so does who
   * would show the trace.
   */
  restore(read: () => Promise<EarlierTrace | undefined>): void {
    this.#restored = this.#next(async () => {
      const earlier = await read().catch((error: unknown) => {
        this.#log({
          level: 'warning',
          source: 'server',
          text: `The trace of the window before is lost: ${String(error)}`,
        });
        return undefined;
      });
      if (!earlier) return;
      this.#clockOrigin = earlier.clockOriginUnixMs;
      this.#earlier = true;
      // Rows first: strings that no row refers to may be forgotten.
      this.#trace.take(earlier.rows);
      this.#trace.append(earlier.rest);
      this.#changed.fire();
    });
  }

  /**
   * @param prepare finds out what to start; the state is `starting` meanwhile
   * @throws whatever `prepare` or `ServerFunctions.start` throws; the state is then `failed`
   */
  start(prepare: () => Promise<StartOptions>): Promise<void> {
    return this.#next(async () => {
      if (this.#started) return;
      this.#become('starting');
      try {
        const options = await prepare();
        const { maxExchanges, ...server } = options;
        this.#resize(maxExchanges);
        this.#options = options;
        this.#worker = undefined;
        const from = this.now;
        this.#started = await this.#thread().functions.start({
          ...server,
          trace: true,
          clockOriginUnixMs: this.clockOriginUnixMs,
        });
        this.#servings = [...this.#servings.slice(-mostServings), servingOf(from, this.#started, server.scriptName)];
        this.#becomeListening();
      } catch (error) {
        this.#options = undefined;
        this.#become('failed', error instanceof Error ? error.message : String(error));
        throw error;
      }
    });
  }

  /** Lets requests in progress end within `graceMs`. Where the thread does not answer, it is ended by force. */
  stop(graceMs: number): Promise<void> {
    return this.#next(async () => {
      const handle = this.#handle;
      if (!handle || !this.#started) {
        this.#become('stopped');
        return;
      }
      this.#become('stopping');
      const stopped = await inTime(handle.functions.stop(graceMs), graceMs + overrunMs);
      if (!stopped) {
        this.#log({
          level: 'warning',
          source: 'server',
          text: 'The server did not stop in time: its thread was ended.',
        });
        this.#handle = undefined;
        await handle.terminate();
      }
      this.#started = undefined;
      this.#options = undefined;
      this.#worker = undefined;
      this.#become('stopped');
    });
  }

  /** Starts the app anew with its code as it is now; the listener stays. */
  restartWorker(): Promise<void> {
    return this.#next(async () => {
      if (this.#handle && this.#started) await this.#handle.functions.restartWorker();
    });
  }

  /** Another way of calling the app from now on, where the server runs. Its listener, connections and trace stay. */
  setConcurrency(concurrency: ConcurrencyModel, slots: number): Promise<void> {
    return this.#next(async () => {
      const options = this.#options;
      if (!this.#handle || !this.#started || !options) return;
      if (options.concurrency === concurrency && options.slots === slots) return;
      await this.#handle.functions.setConcurrency(concurrency, slots);
      this.#options = { ...options, concurrency, slots };
      this.#changed.fire();
    });
  }

  /** One that has gone meanwhile needs nothing. */
  async closeConnection(id: number): Promise<void> {
    await this.#handle?.functions.closeConnection(id);
  }

  detail(exchange: number): Promise<ExchangeDetail | undefined> {
    return this.#handle?.functions.detail(exchange) ?? Promise.resolve(undefined);
  }

  responseBody(exchange: number): Promise<WireBytes | undefined> {
    return this.#handle?.functions.responseBody(exchange) ?? Promise.resolve(undefined);
  }

  /** The trace's clock as the server's thread reads it when it gets to it. */
  pulse(): Promise<number> {
    return this.#handle?.functions.pulse() ?? Promise.reject(new Error('No server runs.'));
  }

  clear(): void {
    this.#trace.clear();
    this.#cleared.fire();
  }

  /** Ends everything at once: the editor is closing. */
  async end(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    if (!handle) return;
    if (this.#started) await inTime(handle.functions.stop(0), overrunMs);
    await handle.terminate();
  }

  dispose(): void {
    for (const emitter of [this.#changed, this.#appended, this.#cleared, this.#failed]) emitter.dispose();
  }

  #thread(): ServerHandle {
    if (this.#handle) return this.#handle;
    if (this.#earlier) this.#forgetEarlier();
    // A new thread counts connections and exchanges from 1 again: rows of an older one would be taken for the same.
    if (this.#trace.exchanges.length > 0 || this.#trace.connections.length > 0) this.clear();
    const handle = this.#spawn({
      batch: (batch) => {
        this.#trace.append(batch);
        this.#appended.fire(batch);
      },
      worker: (state) => this.#workerChanged(state),
      log: (line) => this.#log(line),
    });
    void handle.exited.then(() => this.#threadGone(handle));
    this.#handle = handle;
    return handle;
  }

  /** With its notes, and its clock. */
  #forgetEarlier(): void {
    this.#earlier = false;
    this.#clockOrigin = wallClock();
    this.#trace = new TraceStore(this.#capacity);
    this.#cleared.fire();
  }

  /** Ended by `stop` or `end`, it is no longer ours; still ours, it has died, and nothing listens any more. */
  #threadGone(handle: ServerHandle): void {
    if (this.#handle !== handle) return;
    this.#handle = undefined;
    this.#started = undefined;
    this.#options = undefined;
    this.#worker = undefined;
    this.#become('failed', 'The server’s thread has died. Start the server again; the log says what happened.');
  }

  #workerChanged(state: WorkerState): void {
    const wasReady = this.#worker?.status === 'ready';
    this.#worker = state;
    if (state.status === 'ready' && !wasReady) {
      const { app = 'unknown', python = '?', pid = '?' } = state;
      this.#log({
        level: 'info',
        source: 'server',
        text: `The app is ready: ${app}, Python ${python}, process ${pid}`,
      });
    }
    if (state.status === 'failed') {
      const problem = state.problem ?? unknownProblem;
      this.#become(this.#started ? 'failed' : this.#status, problem.message);
      this.#failed.fire(problem);
    } else if (state.status === 'ready' && this.#status === 'failed' && this.#started) this.#become('running');
    else this.#changed.fire();
  }

  /** The worker may have failed before the listener was announced here. */
  #becomeListening(): void {
    if (this.#worker?.status === 'failed') this.#become('failed', (this.#worker.problem ?? unknownProblem).message);
    else this.#become('running');
  }

  #resize(capacity: number): void {
    if (capacity === this.#capacity) return;
    this.#capacity = capacity;
    this.#trace = movedTo(capacity, this.#trace);
    this.#cleared.fire();
  }

  #become(status: ServerStatus, problem?: string): void {
    this.#status = status;
    this.#problem = problem;
    this.#changed.fire();
  }

  #next(step: () => Promise<void>): Promise<void> {
    const run = this.#last.then(step, step);
    this.#last = run;
    return run;
  }
}

function servingOf(from: number, { host, port }: Started, scriptName = ''): Serving {
  const mount = parseScriptName(scriptName);
  return {
    from,
    name: host,
    port,
    software: serverName,
    scriptName: typeof mount === 'string' ? '' : mount.variable,
  };
}

/** Starts of the server that are remembered. */
const mostServings = 100;

const unknownProblem: Problem = {
  fault: 'server',
  code: 'worker-failed',
  message: 'The app worker ended without a word. The log may say more.',
};

/** In ms since 1970, with fractions, and never backwards. */
function wallClock(): number {
  return performance.timeOrigin + performance.now();
}

/** @returns whether the promise was fulfilled within the time; an error counts as no */
async function inTime(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, ms, false)));
  const done = promise.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
