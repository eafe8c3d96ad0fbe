import type { Batch } from '../core/trace/batch';
import { connectionSchema } from '../core/trace/columns';
import type { AcceptQueue, KernelView, PairView, Pulse } from '../core/trace/kernelView';
import { packedIds } from '../core/trace/packedRows';
import type { TraceStore } from '../core/trace/traceStore';
import type { Clock } from './clock';
import { KernelPairs } from './kernelPairs';
import { mostBacklog, readKernelTable } from './kernelReader';
import { kernelListener, type KernelRow } from './kernelTable';

/** The server that is looked at. */
export interface Watched {
  /** "127.0.0.1:8888", an IPv6 address in brackets. */
  readonly address: string;
  /** The listen backlog. */
  readonly backlog: number;
  /** Which connections there are, and what was seen of them before. */
  readonly trace: () => TraceStore;
  /** Reads the trace's clock. */
  readonly now: Clock;
  /** Answered by the server's thread with its reading of that clock. */
  readonly pulse: () => Promise<number>;
  /** Nobody watches it live: while there is no connection to tell of, nothing is read, and no timer wakes the process. */
  readonly rests?: boolean;
}

/**
 * Looks at the kernel's tables now and then, on the thread of the server's owner: the server's own is busy exactly when
 * connections wait to be accepted. With each look it asks that thread for an answer, so that it can say for how long
 * it has been busy, while it is.
 *
 * The longer the table is, the longer a reading takes: the pause after it is five times as long, within bounds. Most of a
 * reading is waiting, so it costs some hundredths of a processor.
 */
export class KernelWatch {
  readonly #watched: Watched;
  readonly #tell: (view: KernelView) => void;
  readonly #listener: string;
  readonly #pairs: KernelPairs;
  #limit = NaN;
  #pauseMs = shortestPauseMs;
  #timer: NodeJS.Timeout | undefined;
  #resting = false;
  #stopped = false;
  #askedAt: number | undefined;
  #answer: Pulse | undefined;

  /** It begins at once, and goes on until `stop`. */
  constructor(watched: Watched, tell: (view: KernelView) => void) {
    this.#watched = watched;
    this.#tell = tell;
    this.#listener = kernelListener(watched.address);
    this.#pairs = new KernelPairs(watched.trace());
    void this.#look();
  }

  /** The trace has grown by this. */
  append(batch: Batch): void {
    const connections = packedIds(connectionSchema, batch.connections);
    this.#pairs.add(connections);
    if (this.#stopped || !this.#resting || connections.length === 0) return;
    this.#resting = false;
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const at = this.#watched.now();
    try {
      const view = await this.#read(at);
      if (this.#stopped) return;
      this.#tell(view);
      this.#resting = this.#watched.rests === true && this.#pairs.empty && !view.acceptQueue?.depth;
      if (this.#resting) return;
    } catch (error) {
      if (this.#stopped) return;
      const absent = absentReason(error);
      this.#tell({ absent, at, pauseMs: Infinity, pairs: [], acceptQueue: undefined, pulse: undefined });
      return;
    }
    this.#timer = setTimeout(() => void this.#look(), this.#pauseMs);
  }

  /** @throws {Error} where this system has no such tables */
  async #read(at: number): Promise<KernelView> {
    if (Number.isNaN(this.#limit)) this.#limit = Math.min(this.#watched.backlog, await mostBacklog());
    this.#ask(at);
    const trace = this.#watched.trace();
    this.#pairs.update(trace);
    const rows = new Map<number, KernelRow>();
    let acceptQueue: AcceptQueue | undefined;
    await readKernelTable(this.#watched.address, (row) => {
      if (row.state === 'LISTEN') {
        if (row.pair === this.#listener) acceptQueue = { depth: row.unread, limit: this.#limit };
        return;
      }
      const connection = this.#pairs.connectionOf(row.pair);
      if (connection !== undefined) rows.set(connection, row);
    });
    const pairs: PairView[] = this.#pairs.compare(trace, rows, at);
    this.#pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, 5 * (this.#watched.now() - at)));
    return { absent: '', at, pauseMs: this.#pauseMs, pairs, acceptQueue, pulse: this.#pulse() };
  }

  #ask(at: number): void {
    if (this.#askedAt !== undefined) return;
    this.#askedAt = at;
    this.#watched.pulse().then(
      (read) => {
        this.#answer = { at, lag: Math.max(0, read - at), answered: true };
        this.#askedAt = undefined;
      },
      () => (this.#askedAt = undefined), // the thread has gone, and its owner knows
    );
  }

  /** The newest answer, unless it has been waited for the next one for longer than a reading takes. */
  #pulse(): Pulse | undefined {
    if (this.#askedAt === undefined) return this.#answer;
    const lag = this.#watched.now() - this.#askedAt;
    return lag < notableLagMs ? this.#answer : { at: this.#askedAt, lag, answered: false };
  }
}

function absentReason(error: unknown): string {
  const names: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS', win32: 'Windows' };
  const name = names[process.platform] ?? process.platform;
  if (process.platform !== 'linux') {
    return `Not observable here: Linux tells in /proc/net/tcp what becomes of each connection; ${name} has no such table.`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `Not observable here: the table /proc/net/tcp cannot be read (${reason}).`;
}

const shortestPauseMs = 200;
const longestPauseMs = 1000;
const notableLagMs = 50;
