import type { Limits } from '../core/http/limits';
import type { LogLine, Problem } from '../core/trace/detail';
import { AppWorker, type ReadyInfo } from './appWorker';
import type { Call } from './call';
import type { Clock } from './clock';
import type { AppTarget, ServerLog } from './protocol';

export interface SeatOptions {
  readonly app: AppTarget;
  readonly python: string;
  /** Command line of the worker after the interpreter. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Most calls that the worker runs at a time. */
  readonly slots: number;
  /** Calls that it may hold beyond those, so that it never waits for us. */
  readonly ahead: number;
  readonly limits: Pick<Limits, 'appMs'>;
}

/** What a seat needs, and whom it tells. */
export interface SeatOwner {
  /** A number for a new worker, which no other one has. */
  nextNumber(): number;
  /** It starts a worker of its own accord. */
  restarts(): void;
  /** Its status changed, or what is known of its worker. */
  changed(): void;
  /** It may take calls now, or more of them. */
  roomier(): void;
  /** It is given up until somebody starts it again. */
  failed(problem: Problem): void;
  /** A worker that was replaced has given a call back. */
  returned(call: Call): void;
  /** The worker was replaced: its calls may end. */
  replaced(worker: AppWorker): void;
  log(level: ServerLog['level'], source: ServerLog['source'], text: string): void;
  note(level: ServerLog['level'], name: string, text: string): void;
}

/**
 * A place that is to have a running app worker: one that crashes is started again, after a pause that grows while it
 * keeps crashing. One whose app cannot be imported, or that has crashed too often, is given up until its owner asks.
 */
export class WorkerSeat {
  readonly #options: SeatOptions;
  readonly #now: Clock;
  readonly #owner: SeatOwner;
  #worker: AppWorker | undefined;
  #number = 0;
  #status: 'starting' | 'restarting' | 'ready' | 'failed' | 'retired' = 'starting';
  #info: ReadyInfo | undefined;
  #problem: Problem | undefined;
  /** Counts the workers that it has had. */
  #starts = 0;
  #crashes = 0;
  #startedAt = 0;
  /** Infinity while the worker starts. */
  #readyAt = Infinity;
  #failedAt = 0;
  #restart: NodeJS.Timeout | undefined;
  #lastErrors = '';
  /** When it may be started again after it was given up. */
  #retryAt = 0;

  constructor(options: SeatOptions, now: Clock, owner: SeatOwner) {
    this.#options = options;
    this.#now = now;
    this.#owner = owner;
  }

  get status(): 'starting' | 'restarting' | 'ready' | 'failed' | 'retired' {
    return this.#status;
  }

  /** Its worker's number; that of the last one where it has none. */
  get number(): number {
    return this.#number;
  }

  /** What is known of its worker, once that is ready. */
  get info(): ReadyInfo | undefined {
    return this.#info;
  }

  /** Why it has no worker. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Calls that its worker has. */
  get outstanding(): number {
    return this.#worker?.outstanding ?? 0;
  }

  /** It can take a call. One that is stuck gets none ahead: they had better wait outside. */
  get hasRoom(): boolean {
    const worker = this.#worker;
    if (!worker || this.#status !== 'ready') return false;
    const { slots, ahead } = this.#options;
    return worker.outstanding < (worker.stuck ? slots : slots + ahead);
  }

  send(call: Call): void {
    this.#worker?.send(call);
  }

  /** @param patient others are there to serve: it need not be tried again at each request */
  mayRetry(patient: boolean): boolean {
    const at = patient ? Math.max(this.#retryAt, this.#failedAt + longestPauseMs) : this.#retryAt;
    return this.#status === 'failed' && this.#now() >= at;
  }

  /** Has a new worker started, where it has none. */
  start(status: 'starting' | 'restarting'): void {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    this.#number = this.#owner.nextNumber();
    this.#startedAt = this.#now();
    this.#lastErrors = '';
    this.#readyAt = Infinity;
    this.#status = status;
    this.#info = undefined;
    this.#problem = undefined;
    this.#worker = undefined;
    this.#spawn(++this.#starts);
  }

  /** A new process with the code as it is now. Calls in progress have a while to end in the old one. */
  replace(): void {
    const old = this.#worker;
    this.start('restarting');
    if (old) this.#owner.replaced(old);
  }

  /** As `replace`, and what was before does not count. */
  renew(): void {
    this.#crashes = 0;
    this.#retryAt = 0;
    this.replace();
  }

  /** Lets go of its worker, and has none ever again. */
  retire(): AppWorker | undefined {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#status = 'retired';
    return worker;
  }

  #spawn(start: number): void {
    const { app, python, args, slots, env, limits } = this.#options;
    const options = {
      number: this.#number,
      command: python,
      args,
      folder: app.folder,
      env: { ...process.env, ...env },
      slots,
      appMs: limits.appMs,
    };
    try {
      const worker: AppWorker = new AppWorker(options, this.#now, {
        ready: (info) => {
          if (this.#worker === worker) this.#ready(info);
        },
        failed: (problem) => {
          if (this.#worker === worker) this.#fail(problem);
        },
        roomier: () => {
          if (this.#worker === worker) this.#owner.roomier();
        },
        overdue: (call) => this.#overdue(worker, call),
        returned: (call) => this.#owner.returned(call),
        clockKnown: (clockError) => {
          if (this.#worker === worker) this.#clockKnown(clockError);
        },
        output: (line) => this.#output(line),
        exited: (how, lost) => this.#exited(worker, how, lost),
      });
      this.#worker = worker;
    } catch (error) {
      // Node tells of a missing interpreter later, by an event, and throws for what is rarer (ENOTDIR, E2BIG). Later here
      // too: whoever submits a call right now must have it in the queue first.
      const problem = this.#lostProblem({ code: null, signal: null, error: error as Error });
      setImmediate(() => {
        if (this.#starts === start && this.#status !== 'retired') this.#fail(problem);
      });
    }
  }

  #ready(info: ReadyInfo): void {
    this.#readyAt = this.#now();
    const took = Math.round(this.#readyAt - this.#startedAt);
    this.#owner.note(
      'info',
      'app ready',
      `${info.app} in Python ${info.python}, process ${info.pid}, after ${took} ms`,
    );
    this.#status = 'ready';
    this.#info = info;
    this.#owner.changed();
    this.#owner.roomier();
  }

  #clockKnown(clockError: number): void {
    if (!this.#info || this.#info.clockError === clockError) return;
    this.#info = { ...this.#info, clockError };
    this.#owner.changed();
  }

  /** A thread of Python cannot be ended: only a new process gives the slot back. */
  #overdue(worker: AppWorker, call: Call): void {
    call.timedOut();
    if (this.#worker !== worker) return;
    this.#owner.restarts();
    this.replace();
    this.#owner.changed();
  }

  #output(line: LogLine): void {
    if (line.stream === 'stderr') this.#lastErrors = (this.#lastErrors + line.text).slice(-mostLastErrors);
    this.#owner.log('info', line.stream, line.text);
  }

  #exited(
    worker: AppWorker,
    how: { code: number | null; signal: NodeJS.Signals | null; error?: Error },
    lost: readonly Call[],
  ): void {
    const current = this.#worker === worker;
    const problem = current ? this.#lostProblem(how) : replacedWorker;
    for (const call of lost) call.lost(problem);
    if (!current) return;
    this.#worker = undefined;
    if (this.#status === 'failed') return; // it has said why
    if (how.error) {
      this.#fail(problem);
      return;
    }
    // Who answers between its crashes keeps nobody waiting in vain.
    const healthy = worker.ended > 0 || this.#now() - this.#readyAt > healthyMs;
    this.#crashes = healthy ? 1 : this.#crashes + 1;
    const pause = this.#crashes === 1 ? 0 : Math.min(250 * 2 ** (this.#crashes - 2), longestPauseMs);
    if (this.#crashes >= mostCrashes) {
      this.#retryAt = this.#now() + pause;
      const message = `${problem.message} It did so ${this.#crashes} times in a row: mend the app, and reload this page after ${pause / 1000} s.`;
      this.#fail({ ...problem, code: 'worker-keeps-crashing', message });
      return;
    }
    this.#owner.note('error', 'worker lost', problem.message);
    this.#owner.log('error', 'server', `${problem.message} Starting it again${pause ? ` in ${pause / 1000} s` : ''}.`);
    this.#status = 'restarting';
    this.#info = undefined;
    this.#problem = problem;
    this.#owner.changed();
    this.#restart = setTimeout(() => {
      this.#owner.restarts();
      this.start('restarting');
      this.#owner.changed();
    }, pause);
  }

  #fail(problem: Problem): void {
    this.#status = 'failed';
    this.#info = undefined;
    this.#problem = problem;
    this.#failedAt = this.#now();
    this.#owner.failed(problem);
  }

  #lostProblem(how: { code: number | null; signal: NodeJS.Signals | null; error?: Error }): Problem {
    if (how.error) {
      return {
        fault: 'server',
        code: 'interpreter-missing',
        message: `Python could not be started as “${this.#options.python}”: ${how.error.message}. Set lifeline.pythonPath to an interpreter.`,
      };
    }
    const end = how.signal ? `was ended by ${how.signal}` : `left with exit code ${how.code}`;
    const said = this.#lastErrors.trim();
    return {
      fault: 'server',
      code: 'worker-lost',
      message: `The app worker ${end} unexpectedly.`,
      ...(said && { traceback: said }),
    };
  }
}

/** What calls are told that a worker did not end before it had to leave. */
const replacedWorker: Problem = {
  fault: 'server',
  code: 'worker-lost',
  message: 'The app was started anew, or stopped, while this request was in progress.',
};

/** After so long the crash of a worker that nobody has asked for anything counts as the first one. */
const healthyMs = 3000;
/** Crashes in a row after which requests are answered instead of kept waiting. */
const mostCrashes = 5;
/** Between a crash and the next start. */
const longestPauseMs = 4000;
/** Characters of what it wrote last: they stand in the page of each request that was lost. */
const mostLastErrors = 10_000;
