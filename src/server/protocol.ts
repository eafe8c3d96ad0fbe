import type { Batch } from '../core/trace/batch';
import type { ConcurrencyModel } from '../core/trace/concurrency';
import type { ExchangeDetail, Problem, WireBytes } from '../core/trace/detail';
import type { KernelView } from '../core/trace/kernelView';
import type { Limits } from '../core/http/limits';

/** What the owner of the server thread (the extension host, or the CLI) and the thread ask of each other, by birpc. */
export interface ServerFunctions {
  /**
   * Binds, listens and starts the app worker. Resolves as soon as it listens; the worker goes on starting.
   * @throws {StartError} where it cannot listen
   * @throws {Error} where the recording cannot be written, the script name is no path, or a server runs already
   */
  start(options: ServerOptions): Promise<Started>;
  /** Stops accepting, lets exchanges in progress end within `graceMs`, then cuts them. */
  stop(graceMs: number): Promise<void>;
  /**
   * Starts the app worker anew, with the app's code as it is now. The listener and its connections stay; nothing waits
   * for the calls that the old worker still runs.
   */
  restartWorker(): Promise<void>;
  /**
   * Calls the app in another way from now on. The listener and its connections stay, and no request fails: only the
   * app workers are started anew, and those that run calls have a minute to end them.
   */
  setConcurrency(model: ConcurrencyModel, slots: number): Promise<void>;
  /** Ends a connection with a FIN after what was sent. An exchange in progress on it is cut short. */
  closeConnection(id: number): Promise<void>;
  /** The cold data of an exchange; undefined where it was never kept or is forgotten. */
  detail(exchange: number): Promise<ExchangeDetail | undefined>;
  /** As far as it was sent and is kept; undefined where there was none, or it is forgotten. */
  responseBody(exchange: number): Promise<WireBytes | undefined>;
  /** The trace's clock as the thread reads it when it gets to it: how late tells how busy it is. */
  pulse(): Promise<number>;
  /** What the kernel told, for the recording. */
  kernel(view: KernelView): Promise<void>;
}

/** `ServerFunctions` as they cross the threads, where errors lose all but their message. */
export interface ThreadFunctions extends Omit<ServerFunctions, 'start'> {
  start(options: ServerOptions): Promise<{ readonly started: Started } | { readonly problem: StartProblem }>;
}

export interface OwnerFunctions {
  /** Trace data, at most once per 16 ms. Only where `trace` or `record` is set in the options. */
  batch(batch: Batch): void;
  worker(state: WorkerState): void;
  /** A line for the log: what the server did, or what the app wrote. */
  log(line: ServerLog): void;
}

/** `OwnerFunctions` as the thread calls them. */
export interface ThreadOwnerFunctions extends Omit<OwnerFunctions, 'batch'> {
  /** Answered when the owner has seen all lines that it was sent before. */
  caughtUp(): void;
}

export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The listen backlog, as socketserver's request_queue_size. */
  readonly backlog: number;
  readonly concurrency: ConcurrencyModel;
  /** Most app calls at a time: threads, or processes. Where the model is iterative, it is one. */
  readonly slots: number;
  readonly app: AppTarget;
  /** Path below which the app is: its SCRIPT_NAME. Not set, or empty: it has the whole server. */
  readonly scriptName?: string;
  /** The interpreter's executable. */
  readonly python: string;
  /** Added to the environment of the app worker. */
  readonly env: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** Ship the trace to the owner. */
  readonly trace: boolean;
  /** Wall-clock time of the trace's zero, ms since 1970: the same for all servers of one trace. */
  readonly clockOriginUnixMs: number;
  /** Write a recording (HAR 1.2) to this file. */
  readonly record?: string;
}

export interface AppTarget {
  /** "hello.py", "hello.py:app", "package.module:callable" or "module:create_app()". */
  readonly spec: string;
  /** The project folder, absolute: on `sys.path`, and the working directory. */
  readonly folder: string;
}

export interface Started {
  readonly host: string;
  readonly port: number;
  /** Where the app is, as a browser writes it: "/", or "/app/" where it has a script name. */
  readonly path: string;
}

/** The app workers as one: the app is ready as soon as one of them is. */
export interface WorkerState {
  readonly status: 'starting' | 'ready' | 'failed' | 'restarting' | 'stopped';
  /** Process id of the first worker that is ready. */
  readonly pid?: number;
  /** "3.11.7" */
  readonly python?: string;
  /** What was found: "hello.py:application". */
  readonly app?: string;
  /** Uncertainty of the workers' clocks against the server's, in ms: the largest. */
  readonly clockError?: number;
  /** Those that are ready. */
  readonly workers?: readonly WorkerProcess[];
  readonly problem?: Problem;
}

/** A process that runs the app. */
export interface WorkerProcess {
  /** As in the column `worker`. */
  readonly number: number;
  readonly pid: number;
  readonly clockError: number;
}

export interface ServerLog {
  readonly level: 'info' | 'warning' | 'error';
  /** Who says it: the server, or the app's streams. */
  readonly source: 'server' | 'stdout' | 'stderr' | 'wsgi.errors';
  readonly text: string;
}

/** Why the server could not start. */
export interface StartProblem {
  readonly code: 'port-taken' | 'address-not-available' | 'permission-denied' | 'cannot-listen';
  /** One sentence: what happened, who holds the port where the system tells, and what to do. */
  readonly message: string;
  /** The next free port, where the wanted one is taken. */
  readonly freePort?: number;
}
