import type { Batch } from './batch';
import type { connectionSchema, exchangeSchema } from './columns';
import { packRows } from './packedRows';
import type { RowBlock } from './table';
import { TraceStore } from './traceStore';

/** A stretch of a trace: exchanges and connections whose ids lie side by side. */
export interface TracePart {
  readonly exchanges: RowBlock<typeof exchangeSchema>;
  readonly connections: RowBlock<typeof connectionSchema>;
}

/**
 * A trace on its way to a viewer that has nothing yet. What is newest comes at once, as a batch, to be looked at. Where
 * that is not everything, all of it follows in parts, from the oldest on, which the viewer makes a trace of its own: one
 * message with a million rows would stop both sides for seconds.
 *
 * Batches may be shipped between the parts. A part is read when it is asked for, so it is never older than a batch before.
 */
export class Handover {
  /** What can be looked at until all is there. */
  readonly batch: Batch;
  /** How many parts follow. */
  readonly parts: number;
  readonly #store: TraceStore;
  readonly #first: Ids;
  readonly #last: Ids;

  constructor(store: TraceStore, rowsAtOnce = standardRows) {
    const { exchanges, connections } = store;
    this.#store = store;
    this.#first = { exchange: exchanges.first, connection: connections.first };
    this.#last = { exchange: exchanges.last, connection: connections.last };
    const rows = Math.max(exchanges.length, connections.length);
    this.parts = rows <= rowsAtOnce ? 0 : Math.ceil(rows / rowsAtOnce);
    this.batch = this.parts === 0 ? store.snapshot() : newest(store, Math.min(rowsAtOnce, rowsAtFirst));
  }

  /** @param index from 0 on */
  part(index: number): TracePart {
    const { exchanges, connections } = this.#store;
    return {
      exchanges: exchanges.block(...this.#stretch('exchange', index)),
      connections: connections.block(...this.#stretch('connection', index)),
    };
  }

  #stretch(of: keyof Ids, index: number): [number, number] {
    const [first, last] = [this.#first[of], this.#last[of]];
    const at = (part: number): number => first + Math.floor(((last - first + 1) * part) / this.parts);
    return [at(index), at(index + 1) - at(index)];
  }
}

interface Ids {
  readonly exchange: number;
  readonly connection: number;
}

/** The newest exchanges and connections, and the connections of these exchanges. */
function newest(store: TraceStore, rows: number): Batch {
  const { exchanges, connections } = store;
  const firstExchange = Math.max(exchanges.first, exchanges.last - rows + 1);
  const firstConnection = Math.max(connections.first, connections.last - rows + 1);
  const older = new Set<number>();
  for (let id = firstExchange; id <= exchanges.last; id++) {
    const row = exchanges.rowOf(id);
    const connection = row < 0 ? 0 : (exchanges.columns.connection[row] ?? 0);
    if (connection < firstConnection) older.add(connection);
  }
  const oldRows = [...older].map((id) => connections.read(id)).filter((row) => row !== undefined);
  const newRows = connections.packOf(firstConnection);
  const old = packRows(connections.schema, oldRows);
  const packed = new Float64Array(old.length + newRows.length);
  packed.set(old);
  packed.set(newRows, old.length);
  return { ...store.snapshotWithoutRows(), exchanges: exchanges.packOf(firstExchange), connections: packed };
}

/** The same trace in a store of another capacity: its newest part, where that is smaller. */
export function movedTo(capacity: number, from: TraceStore): TraceStore {
  const { exchanges, connections, forgotten } = from;
  const store = new TraceStore(capacity);
  const lost = (rows: number): number => Math.max(0, rows - capacity);
  store.append({
    ...from.snapshotWithoutRows(),
    exchanges: new Float64Array(0),
    connections: new Float64Array(0),
    forgotten: {
      ...forgotten,
      exchanges: forgotten.exchanges + lost(exchanges.length),
      connections: forgotten.connections + lost(connections.length),
    },
  });
  store.take({
    exchanges: exchanges.block(exchanges.last - capacity + 1, capacity),
    connections: connections.block(connections.last - capacity + 1, capacity),
  });
  return store;
}

/** Enough to fill a picture. */
const rowsAtFirst = 5000;
/** About 2 MB, and 20 ms of the viewer's time. */
const standardRows = 20_000;
