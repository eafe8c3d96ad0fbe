import type { Batch, Forgotten, ServerNote } from './batch';
import { connectionSchema, exchangeSchema, type ConnectionRow, type ExchangeRow } from './columns';
import { Callers } from './callers';
import type { ModelChange } from './concurrency';
import type { TracePart } from './handover';
import { KernelHistory } from './kernelHistory';
import type { KernelView } from './kernelView';
import { MediaTypes } from './mediaTypes';
import { Series } from './series';
import { StringTable } from './stringTable';
import { Table } from './table';

/**
 * The whole trace, in the extension host and in the webview alike. `append`, `take`, `look` and `clear` are its only mutators;
 * everything that is shown is derived from it. It is bounded: the oldest rows are forgotten and counted.
 */
export class TraceStore {
  readonly exchanges: Table<typeof exchangeSchema>;
  readonly connections: Table<typeof connectionSchema>;
  readonly notes: ServerNote[] = [];
  /** The concurrency models in the order of time. */
  readonly models: ModelChange[] = [];
  /** For how long the server thread did not get to what was due, in ms, by the instant at which it was due. */
  readonly lags = new Series(mostLags);
  readonly kernel = new KernelHistory();
  /** Of responses. */
  readonly mediaTypes = new MediaTypes();
  readonly #callers = new Callers();
  readonly #strings = new StringTable();
  readonly #text: ((id: number) => string) | undefined;
  #now = 0;
  /** What a store before this one had forgotten, and of the notes all. */
  #forgotten: Forgotten = nothingForgotten;
  #version = 0;

  /**
   * @param capacity most exchanges, and most connections, to keep
   * @param text reads interned strings where somebody else keeps them
   */
  constructor(capacity: number, text?: (id: number) => string) {
    this.#text = text;
    this.exchanges = new Table(exchangeSchema, capacity);
    this.connections = new Table(connectionSchema, capacity);
  }

  /** Clock reading of the newest batch, in ms. */
  get now(): number {
    return this.#now;
  }

  /** Changes with every mutation: derived values may be kept as long as it stays the same. */
  get version(): number {
    return this.#version;
  }

  /** What is no longer here because there was too much of it. */
  get forgotten(): Forgotten {
    const { exchanges, connections, notes } = this.#forgotten;
    return {
      exchanges: exchanges + this.exchanges.forgotten,
      connections: connections + this.connections.forgotten,
      notes,
    };
  }

  append(batch: Batch): void {
    if (!this.#text) this.#strings.put(batch.firstString, batch.strings);
    if (batch.mediaTypes) this.mediaTypes.put(batch.mediaTypes);
    this.exchanges.put(batch.exchanges);
    this.connections.put(batch.connections);
    this.#callers.put(batch.connections, this.connections.first);
    // The first batch of a viewer brings the strings of all rows, and most of those rows come later, in parts.
    if (batch.lags) this.#strings.settle();
    else if (this.#strings.crowded) this.#strings.forgetBefore(this.#oldestString());
    this.notes.push(...batch.notes);
    if (batch.forgotten) this.#forgotten = batch.forgotten;
    if (this.notes.length > mostNotes) {
      const { length } = this.notes.splice(0, this.notes.length - mostNotes);
      this.#forgotten = { ...this.#forgotten, notes: this.#forgotten.notes + length };
    }
    this.#addModels(batch.models);
    if (batch.lags) this.lags.unpack(batch.lags);
    if (batch.lag > 0) this.lags.add(batch.now - batch.lag, batch.lag);
    this.#now = Math.max(this.#now, batch.now);
    this.#version++;
  }

  /** Takes a stretch of another trace. */
  take({ exchanges, connections }: TracePart): void {
    this.exchanges.putBlock(exchanges);
    this.connections.putBlock(connections);
    this.#callers.putBlock(connections, this.connections.first);
    this.#version++;
  }

  /** Takes what the kernel said. */
  look(view: KernelView): void {
    this.kernel.append(view);
    if (view.pulse) {
      const { at, lag, answered } = view.pulse;
      this.lags.add(at, lag);
      // A thread that is busy ships nothing, and yet time goes on.
      if (!answered) this.#now = Math.max(this.#now, at + lag);
    }
    this.#version++;
  }

  /** Forgets every row. Strings and media types stay, as rows still to come may refer to them; notes too: the server lives on. */
  clear(): void {
    this.exchanges.clear();
    this.connections.clear();
    this.#callers.clear();
    this.lags.clear();
    this.kernel.clear();
    this.#forgotten = { ...nothingForgotten, notes: this.#forgotten.notes };
    this.#version++;
  }

  /** A copy of an exchange's row; undefined where it is unknown or forgotten. */
  exchange(id: number): ExchangeRow | undefined {
    return this.exchanges.read(id);
  }

  /** A copy of a connection's row; undefined where it is unknown or forgotten. */
  connection(id: number): ConnectionRow | undefined {
    return this.connections.read(id);
  }

  /** The connections that the app call of an exchange has opened to this very server, in order of their ids. */
  askedBy(exchange: number): readonly number[] {
    return this.#callers.connectionsOf(exchange);
  }

  /** The interned string of an id; empty where it never arrived. */
  text(id: number): string {
    return this.#text ? this.#text(id) : this.#strings.text(id);
  }

  /** The concurrency model at an instant; undefined before there was a server. */
  modelAt(at: number): ModelChange | undefined {
    const later = this.models.findIndex((change) => change.at > at);
    return this.models[later < 0 ? this.models.length - 1 : Math.max(0, later - 1)];
  }

  /** Everything as one batch, for a viewer that has nothing yet. */
  snapshot(): Batch {
    return { ...this.snapshotWithoutRows(), exchanges: this.exchanges.pack(), connections: this.connections.pack() };
  }

  snapshotWithoutRows(): Omit<Batch, 'exchanges' | 'connections'> {
    return {
      firstString: this.#strings.first,
      strings: this.#strings.all(),
      mediaTypes: this.mediaTypes.all(),
      notes: [...this.notes],
      models: [...this.models],
      lag: 0,
      lags: this.lags.pack(),
      forgotten: this.forgotten,
      now: this.#now,
    };
  }

  /** A repeated batch does no harm. */
  #addModels(changes: readonly ModelChange[]): void {
    for (const change of changes) {
      const last = this.models.at(-1);
      if (last === undefined || change.at > last.at) this.models.push(change);
    }
    if (this.models.length > mostModels) this.models.splice(0, this.models.length - mostModels);
  }

  /** The lowest id that a row refers to. */
  #oldestString(): number {
    const { method, target } = this.exchanges.columns;
    const { local, remote } = this.connections.columns;
    let oldest = Infinity;
    for (const column of [method, target, local, remote]) {
      for (const id of column) if (id > 0 && id < oldest) oldest = id;
    }
    return oldest;
  }
}

const nothingForgotten: Forgotten = { exchanges: 0, connections: 0, notes: 0 };
const mostNotes = 1000;
const mostModels = 1000;
const mostLags = 8192;
