import {
  connectionSchema,
  exchangeSchema,
  type ConnectionRow,
  type ExchangeRow,
  type Schema,
} from '../../../src/core/trace/columns';
import type { Batch } from '../../../src/core/trace/batch';
import type { NewMediaTypes } from '../../../src/core/trace/mediaTypes';
import { packRows } from '../../../src/core/trace/packedRows';

/** An exchange of which nothing is known yet, but for what the test says. */
export function exchangeRow(known: Partial<ExchangeRow>): ExchangeRow {
  return row(exchangeSchema, known);
}

export function connectionRow(known: Partial<ConnectionRow>): ConnectionRow {
  return row(connectionSchema, { turn: known.registered ?? NaN, ...known });
}

export function batchOf(parts: {
  exchanges?: readonly ExchangeRow[];
  connections?: readonly ConnectionRow[];
  firstString?: number;
  strings?: readonly string[];
  mediaTypes?: NewMediaTypes;
  now?: number;
}): Batch {
  return {
    exchanges: packRows(exchangeSchema, parts.exchanges ?? []),
    connections: packRows(connectionSchema, parts.connections ?? []),
    firstString: parts.firstString ?? 1,
    strings: parts.strings ?? [],
    ...(parts.mediaTypes && { mediaTypes: parts.mediaTypes }),
    notes: [],
    models: [],
    lag: 0,
    now: parts.now ?? 0,
  };
}

/** Integer columns start at 0, the times at NaN: "has not happened". */
function row<S extends Schema>(schema: S, known: Partial<Record<keyof S, number>>): Record<keyof S, number> {
  const blank: Record<string, number> = {};
  for (const [name, type] of Object.entries(schema)) {
    const isTime = (type === Float32Array || type === Float64Array) && !name.startsWith('bytes');
    blank[name] = known[name] ?? (isTime ? NaN : 0);
  }
  return blank as Record<keyof S, number>;
}
