import type { ModelChange } from './concurrency';
import type { NewMediaTypes } from './mediaTypes';
import type { PackedRows } from './packedRows';

/**
 * What the recorder ships, at most once per 16 ms (48 ms where much changes) and only when something changed.
 *
 * A row is a whole exchange or connection as it stood when the batch was made; a later row of the same id replaces
 * it, so a repeated batch does no harm. Rows of one table stand in order of their last change.
 */
export interface Batch {
  /** After `exchangeSchema`. */
  readonly exchanges: PackedRows;
  /** After `connectionSchema`. */
  readonly connections: PackedRows;
  /** Newly interned strings; the first has the id `firstString`, the others follow. */
  readonly firstString: number;
  readonly strings: readonly string[];
  /** Media types of responses that are new in the trace. */
  readonly mediaTypes?: NewMediaTypes;
  readonly notes: readonly ServerNote[];
  /** Changes of the concurrency model, in order. */
  readonly models: readonly ModelChange[];
  /** How much later than it should the batch was made, in ms: the server thread was busy, or had no processor. */
  readonly lag: number;
  /** For a viewer that has nothing yet: the lags so far, packed by `Series`. */
  readonly lags?: Float64Array;
  /** The same for what was forgotten so far. */
  readonly forgotten?: Forgotten;
  /** Clock reading when the batch was made, in ms. */
  readonly now: number;
}

/** How much the bounded trace has forgotten. */
export interface Forgotten {
  readonly exchanges: number;
  readonly connections: number;
  readonly notes: number;
}

/** One step in the life of the server itself: socket, bind, listen, a worker that starts, or one that crashed. */
export interface ServerNote {
  /** ms on the trace's clock */
  readonly at: number;
  readonly name: string;
  /** The arguments of a system call, or what happened, in words. */
  readonly text: string;
  readonly level: 'info' | 'warning' | 'error';
}
