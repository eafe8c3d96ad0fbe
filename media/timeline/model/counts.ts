import { exchangeFlags, type ExchangeRow } from '../../../src/core/trace/columns';
import { Steps } from './steps';

/**
 * How many there were of what, over time. Rows are told as they were and as they are; what has happened in between is
 * counted when all rows of a batch have been told.
 */
export class Counts {
  /** App calls running; those that wait for a slot; both together; connections open. */
  readonly running: Steps;
  readonly waiting: Steps;
  readonly demand: Steps;
  readonly connections: Steps;
  /** App calls running in each worker, by its number. */
  readonly workers = new Map<number, Steps>();
  readonly #capacity: number;
  readonly #counted: Counted[];
  readonly #byWorker = new Map<number, Counted>();

  /** @param capacity most changes to keep of each count */
  constructor(capacity: number) {
    this.#capacity = capacity;
    const counted = (): Counted => ({ steps: new Steps(capacity), ups: [], downs: [] });
    const [running, waiting, demand, connections] = [counted(), counted(), counted(), counted()];
    this.#counted = [running, waiting, demand, connections];
    this.running = running.steps;
    this.waiting = waiting.steps;
    this.demand = demand.steps;
    this.connections = connections.steps;
  }

  /** An exchange is new, or has changed. */
  exchange(row: CountedExchange, old: CountedExchange | undefined): void {
    const was = old ? momentsOf(old) : nothingYet;
    const is = momentsOf(row);
    const [running, waiting, demand] = this.#counted;
    mark(running, was.runStart, is.runStart, was.runEnd, is.runEnd);
    mark(waiting, was.waitStart, is.waitStart, was.waitEnd, is.waitEnd);
    mark(demand, was.demandStart, is.demandStart, was.demandEnd, is.demandEnd);
    if (row.worker === 0) return;
    // Which worker it is may become known only after the call has begun.
    const known = old?.worker === row.worker ? was : nothingYet;
    mark(this.#worker(row.worker), known.runStart, is.runStart, known.runEnd, is.runEnd);
  }

  connection(row: CountedConnection, old: CountedConnection | undefined): void {
    mark(this.#counted[3], old?.accepted ?? NaN, row.accepted, old?.closed ?? NaN, row.closed);
  }

  /** All that has changed has been told. */
  flush(): void {
    for (const each of this.#counted) count(each);
    for (const each of this.#byWorker.values()) count(each);
  }

  #worker(worker: number): Counted {
    const known = this.#byWorker.get(worker);
    if (known) return known;
    const steps = new Steps(this.#capacity);
    const counted = { steps, ups: [], downs: [] };
    this.workers.set(worker, steps);
    this.#byWorker.set(worker, counted);
    return counted;
  }
}

interface Counted {
  readonly steps: Steps;
  ups: number[];
  downs: number[];
}

export type CountedExchange = Pick<ExchangeRow, 'worker' | 'flags' | 'start' | 'ready' | 'appStart' | 'appEnd' | 'end'>;

export interface CountedConnection {
  readonly accepted: number;
  readonly closed: number;
}

interface Moments {
  readonly runStart: number;
  readonly runEnd: number;
  readonly waitStart: number;
  readonly waitEnd: number;
  readonly demandStart: number;
  readonly demandEnd: number;
}

const nothingYet: Moments = {
  runStart: NaN,
  runEnd: NaN,
  waitStart: NaN,
  waitEnd: NaN,
  demandStart: NaN,
  demandEnd: NaN,
};

/** When the exchange began and stopped to run and to wait; what never ended of itself ends with the exchange. */
function momentsOf(row: CountedExchange): Moments {
  const queued = (row.flags & exchangeFlags.queued) !== 0;
  const runStart = row.start + row.appStart;
  const runEnd = Number.isNaN(runStart) ? NaN : row.start + orElse(row.appEnd, row.end);
  const waitStart = queued ? row.start + row.ready : NaN;
  const waitEnd = Number.isNaN(waitStart) ? NaN : orElse(runStart, row.start + row.end);
  const demandStart = orElse(waitStart, runStart);
  const demandEnd = Number.isNaN(demandStart) ? NaN : orElse(runEnd, row.start + row.end);
  return { runStart, runEnd, waitStart, waitEnd, demandStart, demandEnd };
}

/** Notes what has begun, and what has ended, since the row was told before. */
function mark(counted: Counted | undefined, began: number, begins: number, ended: number, ends: number): void {
  if (Number.isNaN(began) && !Number.isNaN(begins)) counted?.ups.push(begins);
  if (Number.isNaN(ended) && !Number.isNaN(ends)) counted?.downs.push(ends);
}

function count(counted: Counted): void {
  const { steps, ups, downs } = counted;
  if (ups.length === 0 && downs.length === 0) return;
  steps.add(ups, downs);
  counted.ups = [];
  counted.downs = [];
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
