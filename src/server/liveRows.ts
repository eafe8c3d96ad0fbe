import type { Schema } from '../core/trace/columns';
import type { PackedRows } from '../core/trace/packedRows';

/** A row that is still being written: to read or write a field is to read or write the block of numbers it stands in. */
export type LiveRow<S extends Schema> = Record<keyof S, number> & RowPlace;

/**
 * The rows that are still being written, in blocks of numbers, as they are copied at each batch.
 *
 * Ordinary objects would do the same, but each of their fractional fields is an allocation of its own, which a batch
 * keeps alive just long enough to be copied by the garbage collector: a tenth of the server's throughput.
 */
export class LiveRows<S extends Schema> {
  readonly #width: number;
  readonly #fresh: Float64Array;
  readonly #stride: number;
  readonly #Row: RowClass<S>;
  readonly #rows: LiveRow<S>[] = [];
  readonly #free: LiveRow<S>[] = [];
  #changed: LiveRow<S>[] = [];

  /** @param room how many numbers beside its fields a row has room for */
  constructor(schema: S, room = 0) {
    const names = Object.keys(schema);
    this.#width = names.length;
    this.#stride = this.#width + room;
    // Offsets are NaN until they happen; see `columns.ts`.
    this.#fresh = Float64Array.from(names, (name) => (schema[name] === Float32Array ? NaN : 0));
    this.#Row = rowClass(schema);
  }

  /** A row of zeros, its offsets NaN. */
  add(): LiveRow<S> {
    if (this.#free.length === 0) this.#grow();
    const row = this.#free.pop() as LiveRow<S>;
    row.fields.set(this.#fresh);
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
  take(): PackedRows {
    const rows = this.#changed;
    this.#changed = [];
    const packed = new Float64Array(rows.length * this.#width);
    let at = 0;
    for (const { fields } of rows) {
      packed.set(fields, at);
      at += this.#width;
    }
    for (const row of rows) {
      row.changed = false;
      if (row.state === 'released') this.#reuse(row);
    }
    return packed;
  }

  /** The rows that are not free. */
  inUse(): LiveRow<S>[] {
    return this.#rows.filter((row) => row.state !== 'free');
  }

  #reuse(row: LiveRow<S>): void {
    row.state = 'free';
    this.#free.push(row);
  }

  /** A block of free rows. */
  #grow(): void {
    const block = new Float64Array(rowsPerBlock * this.#stride);
    const rows = Array.from({ length: rowsPerBlock }, (_, index) => {
      const begin = index * this.#stride;
      const end = begin + this.#width;
      return new this.#Row(block.subarray(begin, end), block.subarray(end, begin + this.#stride));
    });
    this.#rows.push(...rows);
    this.#free.push(...rows);
  }
}

class RowPlace {
  changed = false;
  state: 'free' | 'kept' | 'released' = 'free';
  constructor(
    readonly fields: PackedRows,
    /** For what its writer likes to keep as long as the row; it does not travel, and begins with what an earlier row left. */
    readonly room: Float64Array,
  ) {}
}

type RowClass<S extends Schema> = new (fields: Float64Array, room: Float64Array) => LiveRow<S>;

/** A class with an accessor for each column: fields of a row look like any other object's. */
function rowClass<S extends Schema>(schema: S): RowClass<S> {
  class Row extends RowPlace {}
  Object.keys(schema).forEach((name, position) => {
    Object.defineProperty(Row.prototype, name, {
      get(this: RowPlace) {
        return this.fields[position];
      },
      set(this: RowPlace, value: number) {
        this.fields[position] = value;
      },
    });
  });
  return Row as RowClass<S>;
}

const rowsPerBlock = 64;
