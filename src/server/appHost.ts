import type { Limits } from '../core/http/limits';
import type { LogLine, Problem } from '../core/trace/detail';
import { AppWorker, type ReadyInfo } from './appWorker';
import type { Call } from './call';
import type { Clock } from './clock';
import type { AppTarget, ServerLog, WorkerState } from './protocol';

export interface AppHostOptions {
  readonly app: AppTarget;
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  readonly slots: number;
  readonly limits: Pick<Limits, 'appMs'>;
  /** The folder `lifeline_bridge`. */
  readonly bridge: string;
}

export interface AppHostEvents {
  state(state: WorkerState): void;
  log(level: ServerLog['level'], source: ServerLog['source'], text: string): void;
  note(level: ServerLog['level'], name: string, text: string): void;
}

/**
 * Keeps an app worker running and gives it calls.
 *
 * Calls that a busy worker could not start soon wait here, where a crash of the worker does not reach them. A worker
 * that crashes is started again, after a pause that grows while it keeps crashing. One whose app cannot be imported is
 * started again when the next request comes: mend the file, reload the page.
 */
export class AppHost {
  readonly #options: AppHostOptions;
  readonly #now: Clock;
  readonly #events: AppHostEvents;
  readonly #queue: Call[] = [];
  #worker: AppWorker | undefined;
  /** Those that were replaced and end their calls. */
  readonly #leaving = new Set<AppWorker>();
  #state: WorkerState = { status: 'stopped' };
  #count = 0;
  #crashes = 0;
  #startedAt = 0;
  /** Infinity while the worker starts. */
  #readyAt = Infinity;
  #restart: NodeJS.Timeout | undefined;
  #lastErrors = '';
  /** When requests may have it started again after it was given up. */
  #retryAt = 0;

  constructor(options: AppHostOptions, now: Clock, events: AppHostEvents) {
    this.#options = options;
    this.#now = now;
    this.#events = events;
  }

  start(): void {
    this.#spawn('starting');
  }

  /** Takes a call. Returns its place among those that wait for a slot, from 1 on; 0 where one is free. */
  submit(call: Call): number {
    if (this.#state.status === 'failed') this.#retry(this.#state.problem);
    const worker = this.#state.status === 'ready' ? this.#worker : undefined;
    if (worker && this.#queue.length === 0 && worker.outstanding < this.#room(worker)) {
      const position = Math.max(0, worker.outstanding - this.#options.slots + 1);
      worker.send(call);
      return position;
    }
    const ahead = Math.max(0, (worker?.outstanding ?? 0) - this.#options.slots);
    return ahead + this.#queue.push(call);
  }

  /** Requests start a worker again that has failed, but not one after another where it has kept crashing. */
  #retry(problem: Problem | undefined): void {
    if (problem === undefined || this.#now() >= this.#retryAt) this.#spawn('restarting');
    // Whoever submits a call right now must have it in the queue first.
    else
      setImmediate(() => {
        if (this.#state.status === 'failed') this.#refuse(problem);
      });
  }

  /** Takes back a call that was submitted and not dispatched. */
  withdraw(call: Call): void {
    const index = this.#queue.indexOf(call);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  /** A new process with the code as it is now. Calls in progress have a while to end in the old one. */
  restart(): void {
    this.#crashes = 0;
    this.#retryAt = 0;
    this.#replace();
  }

  /** Ends every worker; calls still in progress are lost. */
  async stop(graceMs: number): Promise<void> {
    clearTimeout(this.#restart);
    const worker = this.#worker;
    this.#worker = undefined;
    this.#set({ status: 'stopped' });
    for (const call of this.#queue.splice(0)) call.lost(serverStopped);
    await Promise.all([...this.#leaving, ...(worker ? [worker] : [])].map((each) => each.end(graceMs)));
  }

  #replace(): void {
    const old = this.#worker;
    this.#spawn('restarting');
    if (old) void this.#drain(old);
  }

  /** A thread of Python cannot be ended: only a new process gives the slot back. */
  #overdue(worker: AppWorker, call: Call): void {
    call.timedOut();
    if (this.#worker === worker) this.#replace();
  }

  /** A worker that is replaced has given a call back. */
  #returned(call: Call): void {
    if (!call.returned()) return;
    const { status, problem = serverStopped } = this.#state;
    if (status === 'failed' || status === 'stopped') {
      call.lost(problem);
      return;
    }
    this.#queue.unshift(call);
    this.#dispatch();
  }

  /** Lets the calls of a worker that was replaced end, then ends it. */
  async #drain(worker: AppWorker): Promise<void> {
    this.#leaving.add(worker);
    worker.recall();
    let until = performance.now() + drainMs;
    while (worker.outstanding > 0 && performance.now() < until) {
      // Calls that were given up may still close what they have opened.
      if (worker.hopeless) until = Math.min(until, performance.now() + farewellMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await worker.end(killMs);
    this.#leaving.delete(worker);
  }

  #spawn(status: 'starting' | 'restarting'): void {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    const { app, python, slots, env, bridge, limits } = this.#options;
    const number = (this.#count % mostWorkerNumber) + 1;
    this.#count++;
    this.#startedAt = this.#now();
    this.#lastErrors = '';
    this.#readyAt = Infinity;
    const args = [bridge, '--app', app.spec, '--folder', app.folder, '--slots', String(slots)];
    const state: WorkerState = { status };
    this.#set(state);
    this.#events.log('info', 'server', `Starting the app worker: ${[python, ...args].join(' ')}`);
    this.#worker = undefined;
    try {
      const worker: AppWorker = new AppWorker(
        {
          number,
          command: python,
          args,
          folder: app.folder,
          env: { ...process.env, ...env },
          slots,
          appMs: limits.appMs,
        },
        this.#now,
        {
          ready: (info) => {
            if (this.#worker === worker) this.#ready(info);
          },
          failed: (problem) => {
            if (this.#worker === worker) this.#fail(problem);
          },
          roomier: () => {
            if (this.#worker === worker) this.#dispatch();
          },
          overdue: (call) => this.#overdue(worker, call),
          returned: (call) => this.#returned(call),
          clockKnown: (clockError) => {
            if (this.#worker === worker && this.#state.clockError !== clockError)
              this.#set({ ...this.#state, clockError });
          },
          output: (line) => this.#output(line),
          exited: (how, lost) => this.#exited(worker, how, lost),
        },
      );
      this.#worker = worker;
    } catch (error) {
      // Node tells of a missing interpreter later, by an event, and throws for what is rarer (ENOTDIR, E2BIG). Later here
      // too: whoever submits a call right now must have it in the queue first.
      const problem = this.#lostProblem({ code: null, signal: null, error: error as Error });
      setImmediate(() => {
        if (this.#state === state) this.#fail(problem);
      });
    }
  }

  #ready(info: ReadyInfo): void {
    this.#readyAt = this.#now();
    const took = Math.round(this.#readyAt - this.#startedAt);
    this.#events.note(
      'info',
      'app ready',
      `${info.app} in Python ${info.python}, process ${info.pid}, after ${took} ms`,
    );
    this.#set({ status: 'ready', ...info });
    this.#dispatch();
  }

  /** How many calls a worker may hold: some ahead of its slots, so that it never waits for us, unless it is stuck. */
  #room(worker: AppWorker): number {
    return worker.stuck ? this.#options.slots : this.#options.slots + ahead;
  }

  #dispatch(): void {
    const worker = this.#worker;
    if (!worker || this.#state.status !== 'ready') return;
    while (this.#queue.length > 0 && worker.outstanding < this.#room(worker)) {
      const call = this.#queue.shift();
      if (call) worker.send(call);
    }
  }

  #output(line: LogLine): void {
    if (line.stream === 'stderr') this.#lastErrors = (this.#lastErrors + line.text).slice(-mostLastErrors);
    this.#events.log('info', line.stream, line.text);
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
    if (this.#state.status === 'failed') return; // it has said why
    if (how.error) {
      this.#fail(problem);
      return;
    }
    this.#crashes = this.#now() - this.#readyAt > healthyMs ? 1 : this.#crashes + 1;
    const pause = this.#crashes === 1 ? 0 : Math.min(250 * 2 ** (this.#crashes - 2), longestPauseMs);
    if (this.#crashes >= mostCrashes) {
      this.#retryAt = this.#now() + pause;
      const message = `${problem.message} It did so ${this.#crashes} times in a row: mend the app, and reload this page after ${pause / 1000} s.`;
      this.#fail({ ...problem, code: 'worker-keeps-crashing', message });
      return;
    }
    this.#events.note('error', 'worker lost', problem.message);
    this.#events.log('error', 'server', `${problem.message} Starting it again${pause ? ` in ${pause / 1000} s` : ''}.`);
    this.#set({ status: 'restarting', problem });
    this.#restart = setTimeout(() => this.#spawn('restarting'), pause);
  }

  #fail(problem: Problem): void {
    this.#events.note('error', problem.code, problem.message);
    this.#events.log(
      'error',
      'server',
      problem.traceback ? `${problem.message}\n${problem.traceback}` : problem.message,
    );
    this.#set({ status: 'failed', problem });
    this.#refuse(problem);
  }

  #refuse(problem: Problem): void {
    for (const call of this.#queue.splice(0)) call.lost(problem);
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

  #set(state: WorkerState): void {
    this.#state = state;
    this.#events.state(state);
  }
}

/** What calls are told that a worker did not end before it had to leave. */
const replacedWorker: Problem = {
  fault: 'server',
  code: 'worker-lost',
  message: 'The app was started anew, or stopped, while this request was in progress.',
};

const serverStopped: Problem = { fault: 'server', code: 'server-stopped', message: 'The server was stopped.' };

const ahead = 64;
/** So long a worker must have served before its crash counts as the first one. */
const healthyMs = 3000;
const drainMs = 10_000;
const farewellMs = 500;
const killMs = 1000;
/** The trace stores worker numbers in a byte. */
const mostWorkerNumber = 255;
/** Crashes in a row after which requests are answered instead of kept waiting. */
const mostCrashes = 5;
/** Between a crash and the next start. */
const longestPauseMs = 4000;
/** Characters of what it wrote last: they stand in the page of each request that was lost. */
const mostLastErrors = 10_000;
