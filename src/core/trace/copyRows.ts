import type { ColumnArray } from './columns';

/**
 * Copies value `index` of one column to row `rows[index]` of another column of its type; -1 leaves a value out.
 *
 * The loops are alike, and one for all types would do the same, ten times as slowly: the engine compiles an access to
 * an array's elements for the kinds of array that it has met at that place, and gives up at five.
 */
export function copyRows(from: ColumnArray, to: ColumnArray, rows: Int32Array): void {
  if (from instanceof Float32Array && to instanceof Float32Array) copyFloat32(from, to, rows);
  else if (from instanceof Float64Array && to instanceof Float64Array) copyFloat64(from, to, rows);
  else if (from instanceof Uint32Array && to instanceof Uint32Array) copyUint32(from, to, rows);
  else if (from instanceof Uint16Array && to instanceof Uint16Array) copyUint16(from, to, rows);
  else if (from instanceof Uint8Array && to instanceof Uint8Array) copyUint8(from, to, rows);
  else throw new TypeError('the columns are of different types');
}

function copyFloat32(from: Float32Array, to: Float32Array, rows: Int32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    if (row >= 0) to[row] = from[index] ?? 0;
  }
}

function copyFloat64(from: Float64Array, to: Float64Array, rows: Int32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    if (row >= 0) to[row] = from[index] ?? 0;
  }
}

function copyUint32(from: Uint32Array, to: Uint32Array, rows: Int32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    if (row >= 0) to[row] = from[index] ?? 0;
  }
}

function copyUint16(from: Uint16Array, to: Uint16Array, rows: Int32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    if (row >= 0) to[row] = from[index] ?? 0;
  }
}

function copyUint8(from: Uint8Array, to: Uint8Array, rows: Int32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    if (row >= 0) to[row] = from[index] ?? 0;
  }
}
