import { exchangeFlags, type ConnectionRow } from './columns';
import type { TraceStore } from './traceStore';
import { selfWaitOf, slotWaitOf, turnWaitOf, type Wait } from './waits';

/** App calls that hold all slots while each of them waits, at the end, for a request of its own that needs a slot. */
export interface Deadlock {
  readonly slots: number;
  /** The exchanges whose calls hold the slots. */
  readonly holders: readonly number[];
  /** What never got its turn: a connection, and its exchange where the request was read (else 0). */
  readonly connection: number;
  readonly exchange: number;
  /** ms on the trace's clock */
  readonly start: number;
  readonly end: number;
  /** It goes on. */
  readonly open: boolean;
}

/**
 * The deadlock that an exchange was part of: as one that waits, or as one whose call waits for it. A request that got its
 * slot in the end was in none.
 */
export function deadlockOf(store: TraceStore, exchange: number, now = store.now): Deadlock | undefined {
  const waiting = waitingEnd(store, exchange, now, new Set());
  if (!waiting) return undefined;
  const { wait, connection, exchange: unserved } = waiting;
  const { start, end, open } = wait;
  if (wait.more > 0 || end - start < shortest) return undefined;
  const slots = store.modelAt(start)?.slots ?? 1;
  const holders = wait.blockers.filter((blocker) => blocker.end >= end).map((blocker) => blocker.exchange);
  if (holders.length < slots) return undefined;
  if (!holders.every((holder) => waitingEnd(store, holder, now, new Set()))) return undefined;
  return { slots, holders, connection, exchange: unserved, start, end, open };
}

interface Waiting {
  readonly connection: number;
  readonly exchange: number;
  readonly wait: Wait;
}

/** Follows an exchange to the requests that its call has sent to this server, down to one that never began to be served. */
function waitingEnd(store: TraceStore, id: number, now: number, seen: Set<number>): Waiting | undefined {
  const exchange = isPartOfCalls(store, id) ? store.exchange(id) : undefined;
  if (!exchange || seen.has(id)) return undefined;
  seen.add(id);
  const never = Number.isNaN(exchange.appStart) && (exchange.flags & exchangeFlags.queued) !== 0;
  if (never) {
    const called = (store.connection(exchange.connection)?.caller ?? 0) !== 0;
    const wait = called ? slotWaitOf(store, exchange, now) : undefined;
    return wait && { connection: exchange.connection, exchange: id, wait };
  }
  for (const asked of selfWaitOf(store, exchange, now)?.blockers ?? []) {
    const found =
      asked.exchange > 0 ? waitingEnd(store, asked.exchange, now, seen) : neverServed(store, asked.connection, now);
    if (found) return found;
  }
  return undefined;
}

/** The app asked its own server with it, or during it. Nearly none is; and this is asked of all that go on, with every batch. */
function isPartOfCalls(store: TraceStore, id: number): boolean {
  const { exchanges, connections } = store;
  const connection = connections.rowOf(exchanges.columns.connection[exchanges.rowOf(id)] ?? 0);
  return (connections.columns.caller[connection] ?? 0) !== 0 || store.askedBy(id).length > 0;
}

function neverServed(store: TraceStore, id: number, now: number): Waiting | undefined {
  const connection: ConnectionRow | undefined = store.connection(id);
  if (!connection || !Number.isNaN(connection.turn)) return undefined;
  const wait = turnWaitOf(store, connection, now);
  return wait && { connection: id, exchange: 0, wait };
}

/** ms: a call that does not wait for what it asked goes on sooner. */
const shortest = 200;
