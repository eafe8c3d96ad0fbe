import type { Batch, ServerNote } from '../core/trace/batch';
import type { ConcurrencyModel, ModelChange } from '../core/trace/concurrency';
import { connectionSchema, exchangeSchema, type Schema } from '../core/trace/columns';
import type { Clock } from './clock';
import { usualMarks } from './coldData';
import { LiveRows, type LiveRow } from './liveRows';
import { ResponseTypes } from './responseTypes';

export type LiveExchange = LiveRow<typeof exchangeSchema>;
export type LiveConnection = LiveRow<typeof connectionSchema>;

/** What the server tells of itself while it works. */
export interface TraceRecorder {
  /** Somebody listens. Without a listener nothing is stamped or kept. */
  readonly enabled: boolean;
  /** ms on the trace's clock; 0 while nobody listens. */
  readonly now: Clock;
  readonly exchanges: RowWriter<typeof exchangeSchema>;
  readonly connections: RowWriter<typeof connectionSchema>;
  note(level: ServerNote['level'], name: string, text: string): void;
  /** The app is called in this way from now on. */
  concurrency(model: ConcurrencyModel, slots: number): void;
  /** The id by which rows refer to a string. */
  intern(text: string): number;
  /** The number by which rows refer to the media type of a response. @param fields header lines, each ended by CRLF */
  mediaType(fields: string): number;
}

/** Where rows are written. */
export type RowWriter<S extends Schema> = Pick<LiveRows<S>, 'add' | 'changed' | 'release'>;

/** For a server that nobody watches. */
export const noRecorder: TraceRecorder = {
  enabled: false,
  now: () => 0,
  exchanges: unwatched(exchangeSchema),
  connections: unwatched(connectionSchema),
  note: () => undefined,
  concurrency: () => undefined,
  intern: () => 0,
  mediaType: () => 0,
};

function unwatched<S extends Schema>(schema: S): RowWriter<S> {
  const rows = new LiveRows(schema);
  return { add: () => rows.add(), changed: () => undefined, release: (row) => rows.release(row) };
}

/**
 * Gathers what changed and ships it as one batch, at most once per 16 ms, or 48 ms where much
 * changes: to wake its readers costs more than to carry the rows. Without a change no timer runs.
 *
 * Rows are copied into columns when a batch is made, so an exchange that begins and ends between two batches is copied
 * once.
 */
export class Recorder implements TraceRecorder {
  readonly enabled = true;
  readonly now: Clock;
  readonly #ship: (batch: Batch) => void;
  readonly exchanges: RowWriter<typeof exchangeSchema>;
  readonly connections: RowWriter<typeof connectionSchema>;
  readonly #exchanges = new LiveRows(exchangeSchema, usualMarks);
  readonly #connections = new LiveRows(connectionSchema);
  #strings: string[] = [];
  #interned = new Map<string, number>([['', 0]]);
  /** Those that rows in use refer to, and the latest ones. */
  #texts = new Map<number, string>();
  /** With so many texts it is worth a look which are in use. */
  #manyTexts = mostUnused;
  #nextString = 1;
  readonly #mediaTypes = new ResponseTypes();
  #notes: ServerNote[] = [];
  #models: ModelChange[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = shortPauseMs;
  #dueAt = Infinity;
  readonly #tick = (): void => {
    this.#timer = undefined;
    this.flush();
  };

  constructor(now: Clock, ship: (batch: Batch) => void) {
    this.now = now;
    this.#ship = ship;
    this.exchanges = this.#waking(this.#exchanges);
    this.connections = this.#waking(this.#connections);
  }

  note(level: ServerNote['level'], name: string, text: string): void {
    this.#notes.push({ at: this.now(), name, text, level });
    this.#wake();
  }

  concurrency(model: ConcurrencyModel, slots: number): void {
    this.#models.push({ at: this.now(), model, slots });
    this.#wake();
  }

  /** Where a flood of different ones comes (a scanner's paths), the old ones get new ids. */
  intern(text: string): number {
    let id = this.#interned.get(text);
    if (id === undefined) {
      if (this.#texts.size >= this.#manyTexts) this.#forgetTexts();
      id = this.#nextString++;
      this.#interned.set(text, id);
      this.#texts.set(id, text);
      this.#strings.push(text);
    }
    return id;
  }

  mediaType(fields: string): number {
    return this.#mediaTypes.numberIn(fields);
  }

  /** The string of an id that a row in use refers to. */
  text(id: number): string {
    return this.#texts.get(id) ?? '';
  }

  /** Ships what is pending, at once. */
  flush(): void {
    const strings = this.#strings;
    const notes = this.#notes;
    const models = this.#models;
    this.#strings = [];
    this.#notes = [];
    this.#models = [];
    const mediaTypes = this.#mediaTypes.take();
    const now = this.now();
    const exchanges = this.#exchanges.take();
    this.#pauseMs = exchanges.length < much ? shortPauseMs : longPauseMs;
    this.#ship({
      exchanges,
      connections: this.#connections.take(),
      firstString: this.#nextString - strings.length,
      strings,
      ...(mediaTypes && { mediaTypes }),
      notes,
      models,
      lag: Math.max(0, now - this.#dueAt),
      now,
    });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dueAt = Infinity;
    this.flush();
  }

  #waking<S extends Schema>(rows: LiveRows<S>): RowWriter<S> {
    return {
      add: () => rows.add(),
      changed: (row) => {
        rows.changed(row);
        this.#wake();
      },
      release: (row) => rows.release(row),
    };
  }

  /** All but what rows in use refer to. */
  #forgetTexts(): void {
    const exchanges = this.#exchanges.inUse().flatMap(({ method, target }) => [method, target]);
    const connections = this.#connections.inUse().flatMap(({ local, remote }) => [local, remote]);
    this.#texts = new Map([...exchanges, ...connections].map((id) => [id, this.text(id)]));
    this.#interned = new Map([['', 0]]);
    this.#manyTexts = this.#texts.size + mostUnused;
  }

  #wake(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(this.#tick, this.#pauseMs);
    this.#dueAt = this.now() + this.#pauseMs;
  }
}

const shortPauseMs = 16;
const longPauseMs = 48;
/** So many numbers in a batch are much: 50 exchanges. */
const much = 50 * Object.keys(exchangeSchema).length;
const mostUnused = 10_000;
