import type { TraceStore } from './traceStore';

/**
 * What ran, or was served, during a stretch of time.
 *
 * Ids stand in the order in which things began, so what began in a stretch lies together and is found by halving. What
 * began before it may have lasted into it from anywhere: there all older rows are looked at, in columns, until as many
 * are found as there can be. All instants are ms on the trace's clock.
 */
export interface Run {
  readonly exchange: number;
  readonly connection: number;
  readonly worker: number;
  readonly start: number;
  /** `now` while it goes on. */
  readonly end: number;
  readonly open: boolean;
  /** Processor time of the whole call, in ms; NaN where it is not known. */
  readonly cpu: number;
}

/**
 * App calls that ran at some time from `from` on and before `until`.
 *
 * @param near an exchange of that time
 * @param enough more of them there cannot be
 */
export function callsDuring(
  store: TraceStore,
  near: number,
  [from, until]: readonly [number, number],
  now: number,
  enough = Infinity,
): Run[] {
  const { exchanges } = store;
  const { columns } = exchanges;
  const { start, end: whole } = columns;
  const runs: Run[] = [];
  const look = (id: number): boolean => {
    const row = exchanges.rowOf(id);
    if (row < 0) return true;
    const began = start[row] ?? NaN;
    if (began >= until) return false;
    if (began + (whole[row] ?? NaN) <= from) return true; // most rows: over before that
    const called = began + (columns.appStart[row] ?? NaN);
    if (!(called < until)) return true;
    const ended = endOf(columns.appEnd[row] ?? NaN, columns.end[row] ?? NaN);
    const open = Number.isNaN(ended);
    const end = open ? Math.max(now, called) : began + ended;
    if (end <= from) return true;
    runs.push({
      exchange: id,
      connection: columns.connection[row] ?? 0,
      worker: columns.worker[row] ?? 0,
      start: called,
      end,
      open,
      cpu: columns.cpu[row] ?? NaN,
    });
    return true;
  };
  const last = Math.min(exchanges.last, near + mostLookedAt);
  for (let id = near + 1; id <= last && look(id); id++);
  const first = Math.max(exchanges.first, near - mostLookedAt);
  for (let id = near; id >= first && runs.length < enough; id--) look(id);
  return runs;
}

/** The newest exchange of each of the connections, among those that began from `from` on. */
export function newestExchanges(
  store: TraceStore,
  connections: ReadonlySet<number>,
  from: number,
): ReadonlyMap<number, number> {
  const { exchanges } = store;
  const found = new Map<number, number>();
  const first = Math.max(
    firstFrom(exchanges, (row) => exchanges.columns.start[row] ?? NaN, from),
    exchanges.last - mostLookedAt,
  );
  for (let id = exchanges.last; id >= first && found.size < connections.size; id--) {
    const row = exchanges.rowOf(id);
    const connection = row < 0 ? 0 : (exchanges.columns.connection[row] ?? 0);
    if (connections.has(connection) && !found.has(connection)) found.set(connection, id);
  }
  return found;
}

/** The lowest id whose time is not before `from`, where times grow with the ids. */
function firstFrom(
  table: { readonly first: number; readonly last: number; rowOf(id: number): number },
  time: (row: number) => number,
  from: number,
): number {
  let low = table.first;
  let high = table.last + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    let probe = middle;
    while (probe < high && table.rowOf(probe) < 0) probe++; // an id of which no row came
    if (probe === high || time(table.rowOf(probe)) >= from) high = middle;
    else low = probe + 1;
  }
  return low;
}

function endOf(appEnd: number, end: number): number {
  return Number.isNaN(appEnd) ? end : appEnd;
}

/** Rows on either side: a millisecond or two of work. */
const mostLookedAt = 100_000;
