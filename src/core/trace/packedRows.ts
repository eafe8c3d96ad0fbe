import type { ColumnArray, RowSchema, Schema } from './columns';

/**
 * Rows as they travel between threads: the fields of a row side by side in the schema's order, row after row, each as
 * a float64. Who writes a row has its fields at hand together, so packing is a copy of memory; who keeps many turns
 * them into columns.
 */
export type PackedRows = Float64Array<ArrayBuffer>;

export function packRows<S extends Schema>(schema: S, rows: readonly Record<keyof S, number>[]): PackedRows {
  const names = Object.keys(schema);
  return Float64Array.from(rows.flatMap((row) => names.map((name) => row[name] ?? NaN)));
}

/** The ids of the rows, in their order. */
export function packedIds(schema: RowSchema, packed: PackedRows): number[] {
  const names = Object.keys(schema);
  const ids: number[] = [];
  for (let at = names.indexOf('id'); at < packed.length; at += names.length) ids.push(packed[at] ?? 0);
  return ids;
}

export function unpackRows<S extends Schema>(schema: S, packed: PackedRows): Record<keyof S, number>[] {
  const names = Object.keys(schema);
  const rows: Record<string, number>[] = [];
  for (let base = 0; base < packed.length; base += names.length) {
    rows.push(Object.fromEntries(names.map((name, position) => [name, packed[base + position] ?? NaN])));
  }
  return rows as Record<keyof S, number>[];
}

/**
 * Copies one field of each packed row into a column: that of row `index` to place `places[index]`; -1 leaves it out.
 *
 * The loops are alike, and one for all types would do the same, ten times as slowly: the engine compiles an access to
 * an array's elements for the kinds of array that it has met at that place, and gives up at five.
 *
 * @param field position of the field in the first row
 */
export function unpackColumn(
  packed: PackedRows,
  width: number,
  field: number,
  column: ColumnArray,
  places: Int32Array,
): void {
  if (column instanceof Float32Array) unpackFloat32(packed, width, field, column, places);
  else if (column instanceof Float64Array) unpackFloat64(packed, width, field, column, places);
  else if (column instanceof Uint32Array) unpackUint32(packed, width, field, column, places);
  else if (column instanceof Uint16Array) unpackUint16(packed, width, field, column, places);
  else unpackUint8(packed, width, field, column, places);
}

function unpackFloat32(
  packed: PackedRows,
  width: number,
  field: number,
  column: Float32Array,
  places: Int32Array,
): void {
  for (let index = 0, at = field; index < places.length; index++, at += width) {
    const place = places[index] ?? -1;
    if (place >= 0) column[place] = packed[at] ?? 0;
  }
}

function unpackFloat64(
  packed: PackedRows,
  width: number,
  field: number,
  column: Float64Array,
  places: Int32Array,
): void {
  for (let index = 0, at = field; index < places.length; index++, at += width) {
    const place = places[index] ?? -1;
    if (place >= 0) column[place] = packed[at] ?? 0;
  }
}

function unpackUint32(packed: PackedRows, width: number, field: number, column: Uint32Array, places: Int32Array): void {
  const most = 2 ** 32 - 1;
  for (let index = 0, at = field; index < places.length; index++, at += width) {
    const place = places[index] ?? -1;
    if (place >= 0) column[place] = Math.min(packed[at] ?? 0, most); // else a count would begin anew
  }
}

function unpackUint16(packed: PackedRows, width: number, field: number, column: Uint16Array, places: Int32Array): void {
  for (let index = 0, at = field; index < places.length; index++, at += width) {
    const place = places[index] ?? -1;
    if (place >= 0) column[place] = packed[at] ?? 0;
  }
}

function unpackUint8(packed: PackedRows, width: number, field: number, column: Uint8Array, places: Int32Array): void {
  for (let index = 0, at = field; index < places.length; index++, at += width) {
    const place = places[index] ?? -1;
    if (place >= 0) column[place] = packed[at] ?? 0;
  }
}
