import { closers, exchangeFlags, type ConnectionRow, type ExchangeRow } from './columns';
import { callsDuring, newestExchanges, type Run } from './overlaps';
import type { Provenance } from './phases';
import type { TraceStore } from './traceStore';

/**
 * What an exchange waited for, and who held it up: derived from the rows alone. All instants are ms on the trace's clock.
 *
 * - `turn`: one connection at a time in the iterative model, and others came first.
 * - `slot`: the request was ready, and all slots ran other calls.
 * - `self`: its app call asked this very server, and waited for that answer.
 * - `gil`: its app call shared the one interpreter lock of its process with other calls that computed.
 */
export type WaitReason = 'turn' | 'slot' | 'self' | 'gil';

export interface Wait {
  readonly why: WaitReason;
  readonly start: number;
  /** `now` while it goes on. */
  readonly end: number;
  readonly open: boolean;
  readonly provenance: Provenance;
  /** Who held it up for longest comes first; at most `mostBlockers`. */
  readonly blockers: readonly Blocker[];
  /** Blockers beyond these. */
  readonly more: number;
}

/** An exchange, or a connection without a request, that held another one up. */
export interface Blocker {
  readonly why: WaitReason;
  /** 0: the connection sent no request. */
  readonly exchange: number;
  readonly connection: number;
  /** The stretch of the wait during which it did so. */
  readonly start: number;
  readonly end: number;
  /** It still does. */
  readonly open: boolean;
}

/** Everything that held an exchange up, one wait after the other. */
export function blockersOf(store: TraceStore, exchange: number, now = store.now): Blocker[] {
  return waitsOf(store, exchange, now).flatMap(({ blockers }) => blockers);
}

/** The waits of an exchange in the order of `WaitReason`; none where the exchange is unknown. */
export function waitsOf(store: TraceStore, id: number, now = store.now): Wait[] {
  const exchange = store.exchange(id);
  if (!exchange) return [];
  const connection = exchange.flags & exchangeFlags.first ? store.connection(exchange.connection) : undefined;
  return [
    connection && turnWaitOf(store, connection, now),
    slotWaitOf(store, exchange, now),
    selfWaitOf(store, exchange, now),
    gilWaitOf(store, exchange, now),
  ].filter((wait) => wait !== undefined);
}

/** How a connection waited for its turn; undefined where it had not to. */
export function turnWaitOf(store: TraceStore, connection: ConnectionRow, now = store.now): Wait | undefined {
  const { registered, turn, closed } = connection;
  if (turn <= registered || Number.isNaN(registered)) return undefined;
  const [end, open] = until(turn, closed, now);
  const served = servedDuring(store, connection.id, registered, end, now);
  const exchanges = newestExchanges(store, new Set(served.map((each) => each.connection)), registered - longestBefore);
  const blockers = served.map((each) => ({ ...each, exchange: exchanges.get(each.connection) ?? 0 }));
  const named = new Set(blockers.map((blocker) => blocker.connection));
  // A call that goes on after its client has left keeps the turn.
  const calls = callsDuring(store, store.exchanges.last, [registered, end], now)
    .filter((run) => run.connection < connection.id && !named.has(run.connection))
    .map((run) => during('turn', run, registered, end));
  return wait('turn', [registered, end], open, 'emulated', [...blockers, ...calls]);
}

/** The older connections that were served at some time of a stretch. */
function servedDuring(store: TraceStore, id: number, from: number, until: number, now: number): Blocker[] {
  const { connections } = store;
  const { turn, closed, closing, closedBy } = connections.columns;
  const served: Blocker[] = [];
  // Those that were open when the model became this one are served by the call only.
  const since = store.modelAt(from)?.at ?? -Infinity;
  const first = Math.max(connections.first, id - mostConnections);
  for (let connection = id - 1; connection >= first; connection--) {
    const row = connections.rowOf(connection);
    if (row < 0) continue;
    const began = turn[row] ?? NaN;
    // After its own FIN the server turns to the next one, while the client may take its time.
    const left = closers[closedBy[row] ?? 0] === 'server' ? closing[row] : closed[row];
    const over = left ?? NaN;
    if (!(began < until) || began < since || over <= from) continue;
    const open = Number.isNaN(over);
    const stop = open ? now : over;
    served.push({
      why: 'turn',
      exchange: 0,
      connection,
      start: Math.max(began, from),
      end: Math.min(stop, until),
      open: open && until >= now,
    });
  }
  return served;
}

/** How long an exchange was ready while all slots were taken, and by whom. */
export function slotWaitOf(store: TraceStore, exchange: ExchangeRow, now = store.now): Wait | undefined {
  const { id, flags, ready, appStart, start } = exchange;
  if (!(flags & exchangeFlags.queued) || Number.isNaN(ready)) return undefined;
  const from = start + ready;
  const [end, open] = until(start + appStart, start + exchange.end, now);
  // The slots' calls when it came, and those that were ahead of it in the queue: no others.
  const slots = store.modelAt(from)?.slots ?? Infinity;
  const runs = callsDuring(store, id, [from, end], now, slots + Math.max(1, exchange.queuePosition) - 1);
  const blockers = runs.filter((run) => run.exchange !== id).map((run) => during('slot', run, from, end));
  return wait('slot', [from, end], open, 'measured', blockers);
}

/** How long its app call asked this server itself. */
export function selfWaitOf(store: TraceStore, exchange: ExchangeRow, now = store.now): Wait | undefined {
  const [from, end, open] = callOf(exchange, now);
  if (Number.isNaN(from)) return undefined;
  const asked = store.askedBy(exchange.id);
  if (asked.length === 0) return undefined;
  const exchanges = newestExchanges(store, new Set(asked), from);
  const blockers = asked.flatMap((id): Blocker[] => {
    const connection = store.connection(id);
    if (!connection) return [];
    const inner = store.exchange(exchanges.get(id) ?? 0);
    const over = inner ? inner.start + inner.end : connection.closed;
    const going = Number.isNaN(over);
    return [
      {
        why: 'self',
        exchange: inner?.id ?? 0,
        connection: id,
        start: connection.accepted,
        end: going ? end : Math.min(over, end),
        open: open && going,
      },
    ];
  });
  const starts = blockers.map((blocker) => blocker.start);
  const ends = blockers.map((blocker) => blocker.end);
  const goesOn = blockers.some((blocker) => blocker.open);
  return wait('self', [Math.min(...starts), Math.max(...ends)], goesOn, 'inferred', blockers);
}

/**
 * Where other calls of its process computed while its app call did not, and all of them together used no more than one
 * processor: they took turns with the interpreter lock. Nobody sees the lock itself, so this is a conclusion.
 */
export function gilWaitOf(
  store: TraceStore,
  exchange: ExchangeRow,
  now = store.now,
  company: () => readonly Run[] = () => companyOf(store, exchange, now),
): Wait | undefined {
  const [from, end] = callOf(exchange, now);
  const wall = end - from;
  const { cpu, worker } = exchange;
  // Below a few switch intervals of the interpreter (5 ms) there is nothing to conclude.
  if (!(wall >= shortestSharing) || !(cpu >= leastShare * wall) || cpu >= mostShare * wall) return undefined;
  const sharers = company().filter((run) => run.worker === worker && cpuDuring(run, from, end) > 0);
  const computed = sharers.reduce((sum, run) => sum + cpuDuring(run, from, end), 0);
  if (computed < explaining * (wall - cpu) || cpu + computed > oneProcessor * wall) return undefined;
  const blockers = sharers.map((run) => during('gil', run, from, end));
  return wait('gil', [from, end], false, 'inferred', blockers);
}

/** The other calls that ran during the app call of an exchange. */
export function companyOf(store: TraceStore, exchange: ExchangeRow, now: number): readonly Run[] {
  const [from, end] = callOf(exchange, now);
  return callsDuring(store, exchange.id, [from, end], now).filter((run) => run.exchange !== exchange.id);
}

/** How much of a call's processor time falls into a stretch, if it was spread evenly; 0 where it is not known. */
export function cpuDuring(run: Run, from: number, until: number): number {
  const lasted = run.end - run.start;
  const overlap = Math.min(run.end, until) - Math.max(run.start, from);
  return run.cpu > 0 && lasted > 0 ? (run.cpu * overlap) / lasted : 0;
}

/** The stretch of the app call, and whether it goes on; NaN where it never began. */
export function callOf(exchange: ExchangeRow, now: number): readonly [number, number, boolean] {
  const from = exchange.start + exchange.appStart;
  return [from, ...until(exchange.start + exchange.appEnd, exchange.start + exchange.end, now)];
}

/** When something was over: as it was stamped, else with the whole, else it goes on. */
function until(stamped: number, whole: number, now: number): readonly [number, boolean] {
  if (!Number.isNaN(stamped)) return [stamped, false];
  return Number.isNaN(whole) ? [now, true] : [whole, false];
}

function during(why: WaitReason, run: Run, from: number, end: number): Blocker {
  const { exchange, connection, open } = run;
  return { why, exchange, connection, start: Math.max(run.start, from), end: Math.min(run.end, end), open };
}

function wait(
  why: WaitReason,
  [start, end]: readonly [number, number],
  open: boolean,
  provenance: Provenance,
  blockers: readonly Blocker[],
): Wait {
  const longest = [...blockers].sort((a, b) => b.end - b.start - (a.end - a.start) || a.connection - b.connection);
  const kept = longest.slice(0, mostBlockers);
  return {
    why,
    start,
    end: Math.max(start, end),
    open,
    provenance,
    blockers: kept,
    more: longest.length - kept.length,
  };
}

export const mostBlockers = 32;
const mostConnections = 10_000;
/** ms: the request of a connection that is served may have begun so long before another one was accepted. */
const longestBefore = 3_600_000;
/** ms: calls that share the lock pass it on every 5 ms. */
const shortestSharing = 20;
/** Shares of a call's duration. Less processor time: it waited for something else. More: it had the lock for itself. */
const leastShare = 0.05;
const mostShare = 0.9;
/** The others must have computed during so much of the time that it did not compute itself. */
const explaining = 0.5;
/** All of them together used no more than one processor: else there was no lock to share. */
const oneProcessor = 1.2;
