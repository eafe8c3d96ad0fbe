import { concurrencyName, slotsOf, type ConcurrencyModel } from '../core/trace/concurrency';
import type { Limits } from '../core/http/limits';
import type { Problem } from '../core/trace/detail';
import type { AppWorker } from './appWorker';
import type { Call } from './call';
import type { Clock } from './clock';
import type { AppTarget, ServerLog, WorkerState } from './protocol';
import { WorkerSeat, type SeatOwner } from './workerSeat';

export interface AppHostOptions {
  readonly app: AppTarget;
  readonly python: string;
  readonly env: Readonly<Record<string, string>>;
  readonly concurrency: ConcurrencyModel;
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
 * Keeps the app workers of the concurrency model running and gives them calls: one worker with all slots, or, where
 * the model is processes, as many with a slot each.
 *
 * Calls that a busy worker could not start soon wait here, where a crash of the worker does not reach them, and one of
 * several processes gets no call before it is free: none waits behind a long call while another process idles. Workers
 * whose app cannot be imported are started again when the next request comes: mend the file, reload the page.
 */
export class AppHost {
  readonly #options: AppHostOptions;
  readonly #now: Clock;
  readonly #events: AppHostEvents;
  readonly #queue: Call[] = [];
  readonly #owner: SeatOwner;
  #model: ConcurrencyModel;
  /** Of each worker. */
  #slots = 0;
  /** Command line of a worker after the interpreter. */
  #args: readonly string[] = [];
  #seats: readonly WorkerSeat[];
  /** Workers that were replaced and end their calls. */
  readonly #leaving = new Set<AppWorker>();
  #stopped = true;
  /** How many seats are given up. */
  #failed = 0;
  /** The failure that was told last: when all processes fail in the same way, it is told once. */
  #told = '';
  #lastNumber = 0;

  constructor(options: AppHostOptions, now: Clock, events: AppHostEvents) {
    this.#options = options;
    this.#now = now;
    this.#events = events;
    this.#owner = {
      nextNumber: () => this.#nextNumber(),
      restarts: () => this.#logStart(1),
      changed: () => this.#changed(),
      roomier: () => this.#dispatch(),
      failed: (problem) => this.#seatFailed(problem),
      returned: (call) => this.#returned(call),
      replaced: (worker) => void this.#drain(worker, drainMs),
      log: (level, source, text) => events.log(level, source, text),
      note: (level, name, text) => events.note(level, name, text),
    };
    this.#model = options.concurrency;
    this.#seats = this.#makeSeats(options.slots);
  }

  start(): void {
    this.#stopped = false;
    this.#startAll('starting');
  }

  /** Most calls that run at a time. */
  get slots(): number {
    return this.#slots * this.#seats.length;
  }

  /** Takes a call. Returns its place among those that wait for a slot, from 1 on; 0 where one is free. */
  submit(call: Call): number {
    if (this.#failed > 0) this.#retry();
    const seat = this.#queue.length === 0 ? this.#seatWithRoom() : undefined;
    if (seat) {
      const position = Math.max(0, seat.outstanding - this.#slots + 1);
      seat.send(call);
      return position;
    }
    let ahead = 0;
    for (const each of this.#seats) ahead += Math.max(0, each.outstanding - this.#slots);
    return ahead + this.#queue.push(call);
  }

  /** Takes back a call that was submitted and not dispatched. */
  withdraw(call: Call): void {
    const index = this.#queue.indexOf(call);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  /** New processes with the code as it is now. Calls in progress have a while to end in the old ones. */
  restart(): void {
    this.#told = '';
    this.#logStart(this.#seats.length);
    for (const seat of this.#seats) seat.renew();
    this.#changed();
  }

  /** New processes for another model. Calls in progress end in the old ones; those that wait go to the new ones. */
  setConcurrency(model: ConcurrencyModel, slots: number): void {
    const old = this.#seats;
    this.#model = model;
    this.#seats = this.#makeSeats(slots);
    this.#events.log('info', 'server', `Concurrency: ${concurrencyName(model, slots)}`);
    this.#startAll('restarting');
    for (const seat of old) {
      const worker = seat.retire();
      if (worker) void this.#drain(worker, longDrainMs);
    }
  }

  /** Ends every worker; calls still in progress are lost. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    const seated = this.#seats.flatMap((seat) => seat.retire() ?? []);
    const workers = [...this.#leaving, ...seated];
    this.#changed();
    this.#refuse(serverStopped);
    await Promise.all(workers.map((worker) => worker.end(graceMs)));
  }

  #makeSeats(wanted: number): readonly WorkerSeat[] {
    const { bridge, app, ...others } = this.#options;
    const many = this.#model === 'processes';
    const processes = many ? wanted : 1;
    const slots = many ? 1 : slotsOf(this.#model, wanted);
    this.#slots = slots;
    const numbers = ['--slots', String(slots), '--processes', String(processes)];
    this.#args = [bridge, '--app', app.spec, '--folder', app.folder, ...numbers];
    const options = { ...others, app, args: this.#args, slots, ahead: many ? 0 : aheadOfThreads };
    return Array.from({ length: processes }, () => new WorkerSeat(options, this.#now, this.#owner));
  }

  #startAll(status: 'starting' | 'restarting'): void {
    this.#told = '';
    this.#logStart(this.#seats.length);
    for (const seat of this.#seats) seat.start(status);
    this.#changed();
  }

  #logStart(count: number): void {
    const what = count === 1 ? 'the app worker' : `${count} app workers`;
    this.#events.log('info', 'server', `Starting ${what}: ${[this.#options.python, ...this.#args].join(' ')}`);
  }

  #seatWithRoom(): WorkerSeat | undefined {
    for (const seat of this.#seats) if (seat.hasRoom) return seat;
    return undefined;
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const seat = this.#seatWithRoom();
      const call = seat && this.#queue.shift();
      if (!call) return;
      seat.send(call);
    }
  }

  /** Requests start workers again that have failed, but not one after another where they have kept crashing. */
  #retry(): void {
    const due = this.#seats.filter((seat) => seat.mayRetry(this.#failed < this.#seats.length));
    if (due.length > 0) {
      this.#told = '';
      this.#logStart(due.length);
      for (const seat of due) seat.start('restarting');
      this.#changed();
    } else if (this.#failed === this.#seats.length) setImmediate(() => this.#refuseWhereFailed());
  }

  /** Whoever submits a call right now must have it in the queue first. */
  #refuseWhereFailed(): void {
    const problem = this.#seats[0]?.problem;
    if (problem && this.#failed === this.#seats.length) this.#refuse(problem);
  }

  #seatFailed(problem: Problem): void {
    const { code, message, traceback } = problem;
    const failure = `${code} ${message}`;
    if (failure !== this.#told) {
      this.#told = failure;
      this.#events.note('error', code, message);
      this.#events.log('error', 'server', traceback ? `${message}\n${traceback}` : message);
    }
    this.#changed();
    this.#refuseWhereFailed();
  }

  /** A worker that was replaced has given a call back. */
  #returned(call: Call): void {
    if (!call.returned()) return;
    const problem = this.#failed === this.#seats.length ? this.#seats[0]?.problem : undefined;
    if (problem || this.#stopped) {
      call.lost(problem ?? serverStopped);
      return;
    }
    this.#queue.unshift(call);
    this.#dispatch();
  }

  /** Lets the calls of a worker that was replaced end, then ends it. */
  async #drain(worker: AppWorker, ms: number): Promise<void> {
    this.#leaving.add(worker);
    worker.recall();
    let until = performance.now() + ms;
    while (worker.outstanding > 0 && performance.now() < until) {
      // Calls that were given up may still close what they have opened.
      if (worker.hopeless) until = Math.min(until, performance.now() + farewellMs);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await worker.end(killMs);
    this.#leaving.delete(worker);
  }

  #refuse(problem: Problem): void {
    for (const call of this.#queue.splice(0)) call.lost(problem);
  }

  /** The trace stores it in a byte. */
  #nextNumber(): number {
    const taken = this.#seats.map((seat) => seat.number);
    do this.#lastNumber = (this.#lastNumber % mostWorkerNumber) + 1;
    while (taken.length < mostWorkerNumber && taken.includes(this.#lastNumber));
    return this.#lastNumber;
  }

  /** One account of all workers: as long as one is ready, the app is. */
  #changed(): void {
    this.#failed = this.#seats.filter((seat) => seat.status === 'failed').length;
    this.#events.state(this.#stopped ? { status: 'stopped' } : this.#state());
  }

  #state(): WorkerState {
    const ready = this.#seats.flatMap(({ number, info }) => (info ? [{ number, ...info }] : []));
    const [first] = ready;
    if (first) {
      const { pid, python, app } = first;
      const workers = ready.map((each) => ({ number: each.number, pid: each.pid, clockError: each.clockError }));
      const clockError = Math.max(...workers.map((each) => each.clockError));
      return { status: 'ready', pid, python, app, clockError, workers };
    }
    const seat = this.#seats.find(({ status }) => status !== 'failed') ?? this.#seats[0];
    if (!seat || seat.status === 'retired') return { status: 'stopped' };
    return { status: seat.status, ...(seat.problem && { problem: seat.problem }) };
  }
}

const serverStopped: Problem = { fault: 'server', code: 'server-stopped', message: 'The server was stopped.' };

/** Calls that a worker with all slots may hold beyond them. */
const aheadOfThreads = 64;
const drainMs = 10_000;
/** Another model is no other code: nothing is wrong with what the calls do. */
const longDrainMs = 60_000;
const farewellMs = 500;
const killMs = 1000;
const mostWorkerNumber = 255;
