import type { Batch } from '../../../src/core/trace/batch';
import {
  connectionSchema,
  exchangeFlags,
  exchangeSchema,
  type ConnectionRow,
  type ExchangeRow,
} from '../../../src/core/trace/columns';
import { packedIds } from '../../../src/core/trace/packedRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { Clients } from './clients';
import type { Filter } from './filterText';
import { Lanes } from './lanes';
import { Matches } from './matches';
import { ShownLanes } from './shownLanes';
import { SlotLanes, type SlotFields } from './slotLanes';
import { Steps, type Change } from './steps';

/**
 * The trace with what the picture needs to be found at once: the lanes, the exchanges in progress and the counts over
 * time. All of it follows from the rows; `append` brings it up to date by comparing each new row with the old one, so
 * a repeated batch changes nothing.
 */
export class Trace {
  readonly store: TraceStore;
  readonly lanes = new Lanes();
  readonly slotLanes = new SlotLanes();
  readonly clients = new Clients();
  readonly shown = new ShownLanes(this);
  /** Which exchanges match the filter. */
  readonly matches: Matches;
  /** App calls running; the same plus those that wait for a slot; connections open. */
  readonly running: Steps;
  readonly demand: Steps;
  readonly waiting: Steps;
  readonly connections: Steps;
  /** App calls running in each worker, by its number. */
  readonly workers = new Map<number, Steps>();
  /** Exchanges in progress. */
  readonly open = new Set<number>();
  /** Connections that wait until the server serves them. */
  readonly inLine = new Set<number>();
  #first = NaN;
  #newest = NaN;
  #latestDuration = NaN;
  #forgottenSeen = 0;
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.store = new TraceStore(capacity);
    this.matches = new Matches(this.store, capacity);
    this.running = new Steps(capacity * 4);
    this.demand = new Steps(capacity * 4);
    this.waiting = new Steps(capacity * 4);
    this.connections = new Steps(capacity * 4);
  }

  /** The earliest instant of any row; NaN while there is none. */
  get first(): number {
    return this.#first;
  }

  /** The latest thing that happened; NaN while nothing did. */
  get newest(): number {
    return this.#newest;
  }

  /** How long the exchange that ended last took; NaN while none has. */
  get latestDuration(): number {
    return this.#latestDuration;
  }

  append(batch: Batch): void {
    const before = new Map(
      packedIds(exchangeSchema, batch.exchanges).map((id) => [id, fieldsOf(this.store, id)] as const),
    );
    const closedBefore = new Map<number, { accepted: boolean; closed: boolean; remote: number }>();
    for (const id of packedIds(connectionSchema, batch.connections)) {
      const old = this.connection(id);
      const closed = old !== undefined && !Number.isNaN(old.closed);
      closedBefore.set(id, { accepted: old !== undefined, closed, remote: old?.remote ?? 0 });
    }
    this.store.append(batch);
    this.matches.forget();

    const running: Change[] = [];
    const waiting: Change[] = [];
    const demand: Change[] = [];
    const byWorker = new Map<number, Change[]>();
    for (const [id, old] of before) {
      const row = fieldsOf(this.store, id);
      if (!row) continue;
      this.lanes.addExchange(row.connection, id, row.start);
      this.slotLanes.put(id, row, old);
      this.matches.put(id, this.store.now);
      const was = old ? momentsOf(old) : nothingYet;
      const is = momentsOf(row);
      mark(running, was.runStart, is.runStart, 1);
      mark(running, was.runEnd, is.runEnd, -1);
      if (row.worker > 0) {
        const changes = byWorker.get(row.worker) ?? [];
        byWorker.set(row.worker, changes);
        // Which worker it is may become known only after the call has begun.
        const known = old?.worker === row.worker;
        mark(changes, known ? was.runStart : NaN, is.runStart, 1);
        mark(changes, known ? was.runEnd : NaN, is.runEnd, -1);
      }
      mark(waiting, was.waitStart, is.waitStart, 1);
      mark(waiting, was.waitEnd, is.waitEnd, -1);
      mark(demand, was.demandStart, is.demandStart, 1);
      mark(demand, was.demandEnd, is.demandEnd, -1);
      this.#noteExchange(id, row);
    }
    this.running.add(running);
    for (const [worker, changes] of byWorker) this.#stepsOf(worker).add(changes);
    this.waiting.add(waiting);
    this.demand.add(demand);

    const connections: Change[] = [];
    for (const [id, was] of closedBefore) {
      const row = this.connection(id);
      if (!row) continue;
      this.lanes.addConnection(id);
      this.clients.addConnection(id, this.store.text(row.remote));
      if (row.remote !== was.remote) this.#rematch(this.lanes.exchangesOf(id), this.store.now);
      if (!was.accepted && !Number.isNaN(row.accepted)) connections.push({ time: row.accepted, by: 1 });
      if (!was.closed && !Number.isNaN(row.closed)) connections.push({ time: row.closed, by: -1 });
      if (Number.isNaN(row.turn) && Number.isNaN(row.closed)) this.inLine.add(id);
      else this.inLine.delete(id);
      this.#reach(row.accepted);
      this.#reach(row.closed);
    }
    this.connections.add(connections);
    this.#forget();
  }

  /** Asks every exchange anew where it is another filter. */
  filterBy(filter: Filter, hiding: boolean): void {
    const { version } = this.matches;
    this.matches.use(filter, hiding);
    // Summaries of lanes count matches.
    if (this.matches.version === version) return;
    this.lanes.summarizeAnew();
    this.slotLanes.summarizeAnew();
  }

  /** What goes on may match by now. @returns whether anything changed */
  matchAt(now: number): boolean {
    return this.matches.refresh(this.open, now);
  }

  exchange(id: number): ExchangeRow | undefined {
    return this.store.exchange(id);
  }

  connection(id: number): ConnectionRow | undefined {
    return this.store.connection(id);
  }

  /** Whether it is the newest exchange of its connection. */
  isLast(exchange: ExchangeRow): boolean {
    const list = this.lanes.exchangesOf(exchange.connection);
    return list[list.length - 1] === exchange.id;
  }

  /** Their connection is known better. */
  #rematch(ids: readonly number[], now: number): void {
    if (!this.matches.active) return;
    let changed = false;
    for (const id of ids) changed = this.matches.put(id, now) || changed;
    if (!changed) return;
    this.lanes.summarizeAnew();
    this.slotLanes.summarizeAnew();
  }

  #stepsOf(worker: number): Steps {
    const known = this.workers.get(worker);
    if (known) return known;
    const steps = new Steps(this.#capacity * 4);
    this.workers.set(worker, steps);
    return steps;
  }

  #noteExchange(id: number, row: Fields): void {
    this.#reach(row.start);
    if (Number.isNaN(row.end)) {
      this.open.add(id);
    } else {
      this.open.delete(id);
      this.#reach(row.start + row.end);
      this.#latestDuration = row.end;
    }
  }

  #reach(time: number): void {
    if (Number.isNaN(time)) return;
    if (!(this.#first <= time)) this.#first = time;
    if (!(this.#newest >= time)) this.#newest = time;
  }

  /** Forgetting walks all lanes, so it is done once per sixteenth of the capacity. */
  #forget(): void {
    const forgotten = this.store.exchanges.forgotten + this.store.connections.forgotten;
    if (forgotten - this.#forgottenSeen < this.#capacity / 16) return;
    this.#forgottenSeen = forgotten;
    this.lanes.forget(this.store.exchanges.first, this.store.connections.first);
    this.slotLanes.forget(this.store.exchanges.first);
    this.clients.forget((connection) => this.lanes.listOf(connection) !== undefined);
    for (const id of this.open) if (id < this.store.exchanges.first) this.open.delete(id);
    for (const id of this.inLine) if (id < this.store.connections.first) this.inLine.delete(id);
  }
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
function momentsOf(row: Fields): Moments {
  const queued = (row.flags & exchangeFlags.queued) !== 0;
  const runStart = row.start + row.appStart;
  const runEnd = Number.isNaN(runStart) ? NaN : row.start + orElse(row.appEnd, row.end);
  const waitStart = queued ? row.start + row.ready : NaN;
  const waitEnd = Number.isNaN(waitStart) ? NaN : orElse(runStart, row.start + row.end);
  const demandStart = orElse(waitStart, runStart);
  const demandEnd = Number.isNaN(demandStart) ? NaN : orElse(runEnd, row.start + row.end);
  return { runStart, runEnd, waitStart, waitEnd, demandStart, demandEnd };
}

/** What is derived needs of a row: read without copying the whole of it. */
type Fields = SlotFields & Pick<ExchangeRow, 'connection' | 'appEnd'>;

function fieldsOf(store: TraceStore, id: number): Fields | undefined {
  const row = store.exchanges.rowOf(id);
  if (row < 0) return undefined;
  const { connection, worker, slot, flags, start, ready, appStart, appEnd, end } = store.exchanges.columns;
  return {
    connection: connection[row] ?? 0,
    worker: worker[row] ?? 0,
    slot: slot[row] ?? 0,
    flags: flags[row] ?? 0,
    start: start[row] ?? NaN,
    ready: ready[row] ?? NaN,
    appStart: appStart[row] ?? NaN,
    appEnd: appEnd[row] ?? NaN,
    end: end[row] ?? NaN,
  };
}

/** The rows that the batch is about to replace, by id. */
function mark(changes: Change[], was: number, is: number, by: 1 | -1): void {
  if (Number.isNaN(was) && !Number.isNaN(is)) changes.push({ time: is, by });
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
