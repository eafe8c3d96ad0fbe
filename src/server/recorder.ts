import type { Batch, ServerNote } from '../core/trace/batch';
import {
  connectionSchema,
  exchangeSchema,
  makeColumns,
  sliceColumns,
  type Columns,
  type ConnectionRow,
  type ExchangeRow,
  type Schema,
} from '../core/trace/columns';
import type { Clock } from './clock';

/** What the server tells of itself while it works. */
export interface TraceRecorder {
  /** Somebody listens. Without a listener nothing is stamped or kept. */
  readonly enabled: boolean;
  /** ms on the trace's clock; 0 while nobody listens. */
  readonly now: Clock;
  /** The row changed: it is copied when the next batch is made. */
  exchange(row: ExchangeRow): void;
  connection(row: ConnectionRow): void;
  note(level: ServerNote['level'], name: string, text: string): void;
  /** The id by which rows refer to a string. */
  intern(text: string): number;
}

/** For a server that nobody watches. */
export const noRecorder: TraceRecorder = {
  enabled: false,
  now: () => 0,
  exchange: () => undefined,
  connection: () => undefined,
  note: () => undefined,
  intern: () => 0,
};

/**
 * Gathers what changed and ships it as one batch, at most once per 16 ms; without a change no timer runs.
 *
 * Rows are live objects of their exchanges and connections: they are copied into columns when a batch is made, so an
 * exchange that begins and ends between two batches is written once.
 */
export class Recorder implements TraceRecorder {
  readonly enabled = true;
  readonly now: Clock;
  readonly #ship: (batch: Batch) => void;
  readonly #exchanges: Rows<typeof exchangeSchema>;
  readonly #connections: Rows<typeof connectionSchema>;
  #strings: string[] = [];
  #interned = new Map<string, number>([['', 0]]);
  #texts = new Map<number, string>();
  /** The texts before the last reset: rows that are still in use refer to them. */
  #olderTexts = new Map<number, string>();
  #nextString = 1;
  #notes: ServerNote[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #tick = (): void => {
    this.#timer = undefined;
    this.flush();
  };

  constructor(now: Clock, ship: (batch: Batch) => void) {
    this.now = now;
    this.#ship = ship;
    this.#exchanges = new Rows(exchangeSchema);
    this.#connections = new Rows(connectionSchema);
  }

  exchange(row: ExchangeRow): void {
    this.#exchanges.changed.add(row);
    this.#wake();
  }

  connection(row: ConnectionRow): void {
    this.#connections.changed.add(row);
    this.#wake();
  }

  note(level: ServerNote['level'], name: string, text: string): void {
    this.#notes.push({ at: this.now(), name, text, level });
    this.#wake();
  }

  /** Where a flood of different ones comes (a scanner's paths), the old ones get new ids. */
  intern(text: string): number {
    let id = this.#interned.get(text);
    if (id === undefined) {
      if (this.#interned.size >= mostInterned) {
        this.#interned = new Map([['', 0]]);
        this.#olderTexts = this.#texts;
        this.#texts = new Map();
      }
      id = this.#nextString++;
      this.#interned.set(text, id);
      this.#texts.set(id, text);
      this.#strings.push(text);
    }
    return id;
  }

  /** The string of an id that was given out not too long ago. */
  text(id: number): string {
    return this.#texts.get(id) ?? this.#olderTexts.get(id) ?? '';
  }

  /** Ships what is pending, at once. */
  flush(): void {
    const strings = this.#strings;
    const notes = this.#notes;
    this.#strings = [];
    this.#notes = [];
    this.#ship({
      exchanges: this.#exchanges.take(),
      connections: this.#connections.take(),
      firstString: this.#nextString - strings.length,
      strings,
      notes,
      now: this.now(),
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.flush();
  }

  #wake(): void {
    this.#timer ??= setTimeout(this.#tick, batchMs);
  }
}

/** Rows that changed since the last batch, and the columns that they are copied into. */
class Rows<S extends Schema> {
  readonly changed = new Set<Record<keyof S, number>>();
  readonly #schema: S;
  readonly #names: readonly (keyof S)[];
  #columns: Columns<S>;
  #size = 64;

  constructor(schema: S) {
    this.#schema = schema;
    this.#names = Object.keys(schema);
    this.#columns = makeColumns(schema, this.#size);
  }

  take(): Columns<S> {
    const count = this.changed.size;
    if (count > this.#size) {
      this.#size = 2 * count;
      this.#columns = makeColumns(this.#schema, this.#size);
    }
    for (const name of this.#names) {
      const column: Record<number, number> = this.#columns[name];
      let index = 0;
      for (const row of this.changed) column[index++] = row[name];
    }
    this.changed.clear();
    return sliceColumns(this.#schema, this.#columns, count);
  }
}

const batchMs = 16;
const mostInterned = 100_000;
