import type { TraceStore } from '../core/trace/traceStore';

/** Where it is to arrive. */
export interface ArrivalPlace {
  readonly trace: TraceStore;
  onDidAppend(listener: () => void): { dispose(): unknown };
}

/** A request that a client of ours sent, as it comes to stand in the trace. */
export interface Arrival {
  /** The exchange that it has become; undefined where its connection ended without one. */
  readonly exchange: Promise<number | undefined>;
  /** Its connection, as soon as the trace has it. */
  connection(): number | undefined;
}

/**
 * Looks out for the connection from a port of the client.
 *
 * @param since clock reading before it was opened: the port may have been used before
 * @param over the client has its answer, or its connection is gone
 */
export function arrivalOf(place: ArrivalPlace, port: number, since: number, over: Promise<unknown>): Arrival {
  let connection: number | undefined;
  const exchange = new Promise<number | undefined>((resolve) => {
    const look = (): boolean => {
      connection ??= connectionFrom(place.trace, port, since);
      const found = connection === undefined ? undefined : firstOf(place.trace, connection, since);
      if (found !== undefined) end(found);
      return found !== undefined;
    };
    const subscription = place.onDidAppend(() => void look());
    const end = (found: number | undefined): void => {
      subscription.dispose();
      resolve(found);
    };
    if (look()) return;
    // The last batch of it is still on its way.
    const last = (): void => {
      if (!look()) end(undefined);
    };
    const late = (): unknown => setTimeout(last, lastBatchMs);
    over.then(late, late);
  });
  return { exchange, connection: () => connection };
}

/** The newest one from the port; ids are in the order of the accepts. */
function connectionFrom(trace: TraceStore, port: number, since: number): number | undefined {
  const { first, last } = trace.connections;
  for (let id = last; id >= first; id--) {
    const row = trace.connection(id);
    if (!row) continue;
    if (row.accepted < since - clockMs) return undefined;
    if (trace.text(row.remote).endsWith(`:${port}`)) return id;
  }
  return undefined;
}

/** Ids are in the order of the first bytes. */
function firstOf({ exchanges }: TraceStore, connection: number, since: number): number | undefined {
  const { columns, first, last } = exchanges;
  let found: number | undefined;
  for (let id = last; id >= first; id--) {
    const row = exchanges.rowOf(id);
    if (row < 0) continue;
    if ((columns.start[row] ?? NaN) < since - clockMs) break;
    if (columns.connection[row] === connection) found = id;
  }
  return found;
}

/** Batches come every 16 to 48 ms. */
const lastBatchMs = 500;
/** The two threads read one clock, each a little differently. */
const clockMs = 50;
