import type { Batch } from '../../../src/core/trace/batch';
import {
  connectionSchema,
  exchangeSchema,
  type ConnectionRow,
  type ExchangeRow,
} from '../../../src/core/trace/columns';
import type { TracePart } from '../../../src/core/trace/handover';
import { packedIds } from '../../../src/core/trace/packedRows';
import { TraceStore } from '../../../src/core/trace/traceStore';
import { Clients } from './clients';
import { Counts } from './counts';
import type { Filter } from './filterText';
import { connectionFields, exchangeFields, type ConnectionFields, type ExchangeFields } from './fields';
import type { LaneRef } from './grouping';
import { LaneItems } from './laneItems';
import type { LaneList } from './laneList';
import { Lanes } from './lanes';
import { Matches } from './matches';
import { Overview } from './overview';
import { ShownLanes } from './shownLanes';
import { SlotLanes } from './slotLanes';
import type { Steps } from './steps';

/**
 * The trace with what the picture needs to be found at once: the lanes, the exchanges in progress and the counts over
 * time. All of it follows from the rows; `append` and `take` bring it up to date by comparing each new row with the old
 * one, so a repeated batch changes nothing.
 */
export class Trace {
  readonly store: TraceStore;
  readonly lanes = new Lanes();
  readonly slotLanes = new SlotLanes();
  readonly clients = new Clients();
  readonly shown = new ShownLanes(this);
  /** Which exchanges match the filter. */
  readonly matches: Matches;
  /** The whole of it in a few numbers. */
  readonly overview = new Overview();
  readonly #counts: Counts;
  /** Exchanges in progress. */
  readonly open = new Set<number>();
  /** Connections that wait until the server serves them. */
  readonly inLine = new Set<number>();
  /** Is told the id of every exchange that is new or has changed, or matches and did not, or the other way round. */
  changed: ((id: number) => void) | undefined;
  #first = NaN;
  #newest = NaN;
  #latestDuration = NaN;
  #forgottenSeen = 0;
  #lanesForgotten = 0;
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.store = new TraceStore(capacity);
    this.matches = new Matches(this.store, capacity);
    this.#counts = new Counts(capacity * 4);
  }

  /** App calls running. */
  get running(): Steps {
    return this.#counts.running;
  }

  /** Exchanges that wait for a slot. */
  get waiting(): Steps {
    return this.#counts.waiting;
  }

  /** Both together. */
  get demand(): Steps {
    return this.#counts.demand;
  }

  /** Connections that are open. */
  get connections(): Steps {
    return this.#counts.connections;
  }

  /** App calls running in each worker, by its number. */
  get workers(): ReadonlyMap<number, Steps> {
    return this.#counts.workers;
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
    const exchanges = [...new Set(packedIds(exchangeSchema, batch.exchanges))];
    const connections = [...new Set(packedIds(connectionSchema, batch.connections))];
    this.#change(exchanges, connections, () => this.store.append(batch));
  }

  /** Takes a stretch of another trace: many rows at once. */
  take(part: TracePart): void {
    this.#change(idsOf(part.exchanges), idsOf(part.connections), () => this.store.take(part));
  }

  /** Asks every exchange anew where it is another filter; of very many, some at a time (`matches.goOn`). */
  filterBy(filter: Filter, hiding: boolean): void {
    this.matches.use(filter, hiding);
  }

  /** What goes on may match by now. @returns whether anything changed */
  matchAt(now: number): boolean {
    const changed = this.matches.refresh(this.open, now);
    for (const id of changed) this.changed?.(id);
    return changed.length > 0;
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

  /** @param put changes these rows in the store */
  #change(exchanges: readonly number[], connections: readonly number[], put: () => void): void {
    const oldExchanges = exchanges.map((id) => exchangeFields(this.store, id));
    const oldConnections = connections.map((id) => connectionFields(this.store, id));
    this.#uncount(connections);
    put();
    this.matches.forget();
    exchanges.forEach((id, index) => {
      const row = exchangeFields(this.store, id);
      if (row) this.#exchangeChanged(id, row, oldExchanges[index]);
    });
    connections.forEach((id, index) => {
      const row = connectionFields(this.store, id);
      if (row) this.#connectionChanged(id, row, oldConnections[index]);
    });
    this.#counts.flush();
    this.#forget();
  }

  #exchangeChanged(id: number, row: ExchangeFields, old: ExchangeFields | undefined): void {
    this.lanes.addExchange(row.connection, id, row.start);
    this.slotLanes.put(id, row, old);
    this.matches.put(id, this.store.now);
    this.changed?.(id);
    this.#keepUp('connection', this.lanes.listOf(row.connection));
    this.#keepUp('slot', this.slotLanes.listOf(row));
    this.#counts.exchange(row, old);
    this.overview.put(row, old);
    this.#reach(row.start);
    if (Number.isNaN(row.end)) {
      this.open.add(id);
    } else {
      this.open.delete(id);
      this.#reach(row.start + row.end);
      this.#latestDuration = row.end;
    }
  }

  /** A lane that nobody looks at is summed up now and then, so that it is soon drawn when somebody does. */
  #keepUp(kind: LaneRef['kind'], list: LaneList | undefined): void {
    if (list && list.length - list.summed >= keptUpAtOnce) new LaneItems(this, kind, list);
  }

  #connectionChanged(id: number, row: ConnectionFields, old: ConnectionFields | undefined): void {
    this.lanes.addConnection(id);
    this.clients.put(id, this.store.text(row.remote), row, old);
    if (row.remote !== old?.remote) this.#rematch(id);
    this.#counts.connection(row, old);
    if (Number.isNaN(row.turn) && Number.isNaN(row.closed)) this.inLine.add(id);
    else this.inLine.delete(id);
    this.#reach(row.accepted);
    this.#reach(row.closed);
  }

  /** The connection is known better, and so whether its exchanges match; summaries of lanes count that. */
  #rematch(connection: number): void {
    for (const id of this.lanes.exchangesOf(connection)) {
      this.changed?.(id);
      if (!this.matches.put(id, this.store.now)) continue;
      const row = exchangeFields(this.store, id);
      if (!row) continue;
      this.lanes.addExchange(connection, id, row.start);
      this.slotLanes.put(id, row, row);
    }
  }

  #reach(time: number): void {
    if (Number.isNaN(time)) return;
    if (!(this.#first <= time)) this.#first = time;
    if (!(this.#newest >= time)) this.#newest = time;
  }

  /** Connections are new: the oldest will make room for them. */
  #uncount(connections: readonly number[]): void {
    const known = this.store.connections;
    const newest = connections.reduce((last, id) => Math.max(last, id), known.last);
    const first = Math.min(newest - this.#capacity, known.last);
    for (let id = known.first; id <= first; id++) {
      const row = connectionFields(this.store, id);
      if (row) this.clients.uncount(id, row);
    }
  }

  /**
   * Follows the store in what it has forgotten, a sixteenth of the capacity behind at most. There may be as many lanes as
   * exchanges, so some are looked at each time; the rest is little, and done at once.
   */
  #forget(): void {
    const forgotten = this.store.exchanges.forgotten + this.store.connections.forgotten;
    const step = this.#capacity / 16;
    const { first } = this.store.exchanges;
    const share = Math.min(1, (forgotten - this.#lanesForgotten) / step);
    if (share > 0) {
      const most = Math.ceil(this.lanes.length * share);
      this.clients.remove(this.lanes.forget(first, this.store.connections.first, most));
      this.#lanesForgotten = forgotten;
    }
    if (forgotten - this.#forgottenSeen < step) return;
    this.#forgottenSeen = forgotten;
    this.slotLanes.forget(first);
    for (const id of this.open) if (id < this.store.exchanges.first) this.open.delete(id);
    for (const id of this.inLine) if (id < this.store.connections.first) this.inLine.delete(id);
    this.#begin();
  }

  /** What is forgotten is no longer part of the recording. */
  #begin(): void {
    const start = exchangeFields(this.store, this.store.exchanges.first)?.start ?? NaN;
    if (!(start > this.#first)) return;
    this.#first = start;
    this.overview.forgetBefore(start);
  }
}

const keptUpAtOnce = 8192;

function idsOf({ first, present }: { readonly first: number; readonly present: Uint8Array }): number[] {
  const ids: number[] = [];
  present.forEach((known, index) => {
    if (known === 1) ids.push(first + index);
  });
  return ids;
}
