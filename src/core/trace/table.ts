import { makeColumns, type Columns, type RowSchema } from './columns';
import { packedIds, unpackColumn, type PackedRows } from './packedRows';

/**
 * Rows with dense ids in typed columns: a ring that doubles until it reaches its capacity and then forgets the oldest.
 *
 * The row of an id is found without a search. Ids may arrive out of order and more than once; the latest wins.
 */
export class Table<S extends RowSchema> {
  readonly #schema: S;
  readonly #names: readonly (keyof S & string)[];
  readonly #capacity: number;
  #columns: Columns<S>;
  #size: number;
  #first = 0;
  #last = -1;
  #forgotten = 0;

  /** @param capacity most rows to keep, at least 1 */
  constructor(schema: S, capacity: number) {
    this.#schema = schema;
    this.#names = Object.keys(schema);
    this.#capacity = Math.max(1, capacity);
    this.#size = Math.min(1024, this.#capacity);
    this.#columns = makeColumns(schema, this.#size);
  }

  /** The columns as stored: read row `rowOf(id)`. They are replaced when the table grows: never keep them. */
  get columns(): Columns<S> {
    return this.#columns;
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
    return this.#columns.id[row] === id ? row : -1;
  }

  /** Takes every row, in its order, each under the id that stands in it. */
  put(packed: PackedRows): void {
    const ids = packedIds(this.#schema, packed);
    for (const id of ids) this.#makeRoom(id);
    // Only now do rows stay where they are. Column by column, because that is how the memory lies.
    const rows = new Int32Array(ids.length);
    for (let index = 0; index < rows.length; index++) {
      const id = ids[index] ?? 0;
      rows[index] = id < this.#first ? -1 : id % this.#size;
    }
    this.#names.forEach((name, field) => {
      unpackColumn(packed, this.#names.length, field, this.#columns[name], rows);
    });
  }

  /** Every row that is kept, in the order of the ids. */
  pack(): PackedRows {
    const rows: number[] = [];
    for (let id = this.#first; id <= this.#last; id++) {
      const row = this.rowOf(id);
      if (row >= 0) rows.push(row);
    }
    const width = this.#names.length;
    const packed = new Float64Array(rows.length * width);
    this.#names.forEach((name, field) => {
      const column: Record<number, number> = this.#columns[name];
      rows.forEach((row, index) => (packed[index * width + field] = column[row] ?? NaN));
    });
    return packed;
  }

  clear(): void {
    this.#columns = makeColumns(this.#schema, this.#size);
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
    this.#last = id;
    while (this.length > this.#size && this.#size < this.#capacity) this.#grow();
    const surplus = this.length - this.#size;
    if (surplus > 0) {
      this.#first += surplus;
      this.#forgotten += surplus;
    }
  }

  #grow(): void {
    const [old, before] = [this.#columns, this.#size];
    this.#size = Math.min(before * 2, this.#capacity);
    this.#columns = makeColumns(this.#schema, this.#size);
    // Stretches of ids that lie side by side in both rings.
    for (let id = this.#first; id <= this.#last;) {
      const [from, to] = [id % before, id % this.#size];
      const count = Math.min(before - from, this.#size - to, this.#last - id + 1);
      for (const name of this.#names) this.#columns[name].set(old[name].subarray(from, from + count), to);
      id += count;
    }
  }
}
