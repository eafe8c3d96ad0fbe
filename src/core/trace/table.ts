import type { ColumnArray, Columns, RowSchema } from './columns';
import { packedIds, unpackColumn, type PackedRows } from './packedRows';

/** Rows whose ids lie side by side, as a table keeps them: a tenth of the time, and half of the bytes, of packed rows. */
export interface RowBlock<S extends RowSchema> {
  /** The lowest id. */
  readonly first: number;
  /** For each id from there on, 1 where there is a row. */
  readonly present: Uint8Array;
  readonly columns: Columns<S>;
}

type ColumnsByName = Readonly<Record<string, ColumnArray>>;

/**
 * Rows with dense ids in typed columns: a ring that doubles until it reaches its capacity and then forgets the oldest.
 *
 * The row of an id is found without a search, and the id of a row need not be kept: only whether it has come. Ids may
 * arrive out of order and more than once; the latest wins.
 */
export class Table<S extends RowSchema> {
  readonly #schema: S;
  /** Of all fields, in the order in which they travel. */
  readonly #fields: readonly string[];
  readonly #names: readonly string[];
  readonly #blank: Readonly<Record<string, number>>;
  readonly #capacity: number;
  #columns: ColumnsByName;
  /** 1 where the row of an id has come. */
  #present: Uint8Array;
  #size: number;
  #first = 0;
  #last = -1;
  #forgotten = 0;

  /** @param capacity most rows to keep, at least 1 */
  constructor(schema: S, capacity: number) {
    this.#schema = schema;
    this.#fields = Object.keys(schema);
    this.#names = this.#fields.filter((name) => name !== 'id');
    this.#blank = Object.fromEntries(this.#fields.map((name) => [name, NaN]));
    this.#capacity = Math.max(1, capacity);
    this.#size = Math.min(1024, this.#capacity);
    this.#columns = this.#makeColumns(this.#size);
    this.#present = new Uint8Array(this.#size);
  }

  /** The columns as stored: read row `rowOf(id)`. They are replaced when the table grows: never keep them. */
  get columns(): Columns<S> {
    return this.#columns as Columns<S>;
  }

  get schema(): S {
    return this.#schema;
  }

  /** The oldest id kept; above `last` while the table is empty. */
  get first(): number {
    return this.#first;
  }

  /** The newest id kept. */
  get last(): number {
    return this.#last;
  }

  get length(): number {
    return this.#last - this.#first + 1;
  }

  /** Rows forgotten because the capacity was reached. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The row of an id in `columns`, or -1 where it is unknown or forgotten. */
  rowOf(id: number): number {
    if (id < this.#first || id > this.#last) return -1;
    const row = id % this.#size;
    return this.#present[row] === 1 ? row : -1;
  }

  /** A copy of a row; undefined where it is unknown or forgotten. */
  read(id: number): Record<keyof S, number> | undefined {
    const row = this.rowOf(id);
    if (row < 0) return undefined;
    // All rows are copies of one object, so that they share its shape.
    const copy: Record<string, number> = { ...this.#blank, id };
    for (const name of this.#names) copy[name] = this.#columns[name]?.[row] ?? NaN;
    return copy as Record<keyof S, number>;
  }

  /** Takes every row, in its order, each under the id that stands in it. */
  put(packed: PackedRows): void {
    const ids = packedIds(this.#schema, packed);
    for (const id of ids) this.#makeRoom(id);
    // Only now do rows stay where they are. Column by column, because that is how the memory lies.
    const rows = new Int32Array(ids.length);
    for (let index = 0; index < rows.length; index++) {
      const id = ids[index] ?? 0;
      const row = id < this.#first ? -1 : id % this.#size;
      rows[index] = row;
      if (row >= 0) this.#present[row] = 1;
    }
    this.#fields.forEach((name, field) => {
      const column = this.#columns[name];
      if (column) unpackColumn(packed, this.#fields.length, field, column, rows);
    });
  }

  /** Every row that is kept, in the order of the ids. */
  pack(): PackedRows {
    return this.packOf(this.#first);
  }

  /** The rows from an id on, in the order of the ids. */
  packOf(first: number): PackedRows {
    const ids: number[] = [];
    for (let id = Math.max(first, this.#first); id <= this.#last; id++) if (this.rowOf(id) >= 0) ids.push(id);
    const width = this.#fields.length;
    const packed = new Float64Array(ids.length * width);
    this.#fields.forEach((name, field) => {
      const column = this.#columns[name];
      ids.forEach((id, index) => (packed[index * width + field] = column ? (column[id % this.#size] ?? NaN) : id));
    });
    return packed;
  }

  /** A copy of the rows of an id and those after it, as far as they are kept. */
  block(first: number, count: number): RowBlock<S> {
    const from = Math.max(first, this.#first);
    const length = Math.max(0, Math.min(first + count, this.#last + 1) - from);
    const present = new Uint8Array(length);
    const columns = this.#makeColumns(length);
    this.#stretches(from, length, (row, at, rows) => {
      present.set(this.#present.subarray(row, row + rows), at);
      for (const name of this.#names) columns[name]?.set(this.#columns[name]?.subarray(row, row + rows) ?? [], at);
    });
    return { first: from, present, columns: columns as Columns<S> };
  }

  /** Takes the rows of a block. */
  putBlock({ first, present, columns }: RowBlock<S>): void {
    if (present.length === 0) return;
    const last = first + present.length - 1;
    this.#makeRoom(last);
    this.#makeRoom(Math.max(first, this.#last - this.#capacity + 1));
    const from = Math.max(first, this.#first);
    const given: ColumnsByName = columns;
    this.#stretches(from, last - from + 1, (row, offset, rows) => {
      const at = offset + from - first;
      const whole = !present.subarray(at, at + rows).includes(0);
      // Where some are missing, what is known of them stays.
      for (let index = 0; index < rows; index += whole ? rows : 1) {
        if (present[at + index] === 0) continue;
        const [to, begin, end] = [row + index, at + index, at + (whole ? rows : index + 1)];
        this.#present.fill(1, to, to + end - begin);
        for (const name of this.#names) this.#columns[name]?.set(given[name]?.subarray(begin, end) ?? [], to);
      }
    });
  }

  clear(): void {
    this.#columns = this.#makeColumns(this.#size);
    this.#present = new Uint8Array(this.#size);
    this.#first = 0;
    this.#last = -1;
    this.#forgotten = 0;
  }

  #makeRoom(id: number): void {
    if (this.#last < this.#first) {
      this.#first = id;
      this.#last = id;
    } else if (id < this.#first) {
      if (this.#forgotten > 0 || this.#last - id >= this.#capacity) return; // forgotten already
      this.#first = id; // rows come in order of their last change, so an older one may come later
      while (this.length > this.#size) this.#grow();
    }
    if (id <= this.#last) return;
    const before = this.#last;
    this.#last = id;
    while (this.length > this.#size && this.#size < this.#capacity) this.#grow();
    const surplus = this.length - this.#size;
    if (surplus > 0) {
      this.#first += surplus;
      this.#forgotten += surplus;
    }
    // What stood in these places is forgotten, and what belongs there has not come.
    for (let next = Math.max(before + 1, this.#first); next <= id; next++) this.#present[next % this.#size] = 0;
  }

  #grow(): void {
    const [columns, present, before] = [this.#columns, this.#present, this.#size];
    this.#size = Math.min(before * 2, this.#capacity);
    this.#columns = this.#makeColumns(this.#size);
    this.#present = new Uint8Array(this.#size);
    // Stretches of ids that lie side by side in both rings.
    for (let id = this.#first; id <= this.#last;) {
      const [from, to] = [id % before, id % this.#size];
      const count = Math.min(before - from, this.#size - to, this.#last - id + 1);
      for (const name of this.#names) {
        this.#columns[name]?.set(columns[name]?.subarray(from, from + count) ?? [], to);
      }
      this.#present.set(present.subarray(from, from + count), to);
      id += count;
    }
  }

  /** The places of ids that lie side by side, in stretches. @param each is told a row, how many ids stand before, and how many rows */
  #stretches(first: number, count: number, each: (row: number, offset: number, rows: number) => void): void {
    for (let offset = 0; offset < count;) {
      const row = (first + offset) % this.#size;
      const rows = Math.min(count - offset, this.#size - row);
      each(row, offset, rows);
      offset += rows;
    }
  }

  #makeColumns(rows: number): Record<string, ColumnArray> {
    const columns: Record<string, ColumnArray> = {};
    for (const name of this.#names) {
      const type = this.#schema[name];
      if (type) columns[name] = new type(rows);
    }
    return columns;
  }
}
