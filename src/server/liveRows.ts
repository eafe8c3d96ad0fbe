import { makeColumns, type Columns, type Schema } from '../core/trace/columns';

/** A row that is still being written: its fields read and write the block of numbers that it stands in. */
export type LiveRow<S extends Schema> = Record<keyof S, number> & RowPlace;

/**
 * The rows that are still being written, in blocks of numbers, as they are copied into columns at each batch.
 *
 * Ordinary objects would do the same, but each of their fractional fields is an allocation of its own, which a batch
 * keeps alive just long enough to be copied by the garbage collector: a tenth of the server's throughput.
 */
export class LiveRows<S extends Schema> {
  readonly #schema: S;
  readonly #names: readonly (keyof S & string)[];
  readonly #fresh: Float64Array;
  readonly #Row: new (values: Float64Array, base: number) => LiveRow<S>;
  readonly #free: LiveRow<S>[] = [];
  #changed: LiveRow<S>[] = [];
  #gathered = new Float64Array(64);

  constructor(schema: S) {
    this.#schema = schema;
    this.#names = Object.keys(schema);
    // Offsets are NaN until they happen; see `columns.ts`.
    this.#fresh = Float64Array.from(this.#names, (name) => (schema[name] === Float32Array ? NaN : 0));
    this.#Row = rowClass(schema);
  }

  /** A row of zeros, its offsets NaN. */
  add(): LiveRow<S> {
    const row = this.#free.pop() ?? this.#grow();
    row.values.set(this.#fresh, row.base);
    row.state = 'kept';
    return row;
  }

  /** The row stands in the next batch. */
  changed(row: LiveRow<S>): void {
    if (row.changed) return;
    row.changed = true;
    this.#changed.push(row);
  }

  /** Nobody writes or reads the row any more. It is still in the next batch if it changed. */
  release(row: LiveRow<S>): void {
    if (row.state !== 'kept') return;
    row.state = 'released';
    if (!row.changed) this.#reuse(row);
  }

  /** The rows that changed since the last call, in order of their first change. */
  take(): Columns<S> {
    const rows = this.#changed;
    this.#changed = [];
    if (rows.length > this.#gathered.length) this.#gathered = new Float64Array(2 * rows.length);
    const gathered = this.#gathered;
    const columns = makeColumns(this.#schema, rows.length);
    this.#names.forEach((name, position) => {
      // Gathered as they are first, and converted to the column's type by the engine: a loop over columns of all types
      // would be slow.
      let index = 0;
      for (const { values, base } of rows) gathered[index++] = values[base + position] ?? NaN;
      columns[name].set(gathered.subarray(0, rows.length));
    });
    for (const row of rows) {
      row.changed = false;
      if (row.state === 'released') this.#reuse(row);
    }
    return columns;
  }

  #reuse(row: LiveRow<S>): void {
    row.state = 'free';
    this.#free.push(row);
  }

  #grow(): LiveRow<S> {
    const values = new Float64Array(rowsPerBlock * this.#names.length);
    for (let index = 1; index < rowsPerBlock; index++) {
      this.#free.push(new this.#Row(values, index * this.#names.length));
    }
    return new this.#Row(values, 0);
  }
}

class RowPlace {
  changed = false;
  state: 'free' | 'kept' | 'released' = 'free';
  constructor(
    readonly values: Float64Array,
    /** Where in `values` the row begins. */
    readonly base: number,
  ) {}
}

/** A class with an accessor for each column: fields of a row look like any other object's. */
function rowClass<S extends Schema>(schema: S): new (values: Float64Array, base: number) => LiveRow<S> {
  class Row extends RowPlace {}
  Object.keys(schema).forEach((name, position) => {
    Object.defineProperty(Row.prototype, name, {
      get(this: RowPlace) {
        return this.values[this.base + position];
      },
      set(this: RowPlace, value: number) {
        this.values[this.base + position] = value;
      },
    });
  });
  return Row as new (values: Float64Array, base: number) => LiveRow<S>;
}

const rowsPerBlock = 64;
