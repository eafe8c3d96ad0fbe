import type { PairView, StateSeen } from '../core/trace/kernelView';
import type { TraceStore } from '../core/trace/traceStore';
import { kernelPair, type KernelRow } from './kernelTable';

/**
 * Which connection a row of the kernel's tables belongs to, and what has changed for it. A client may use a port again
 * once its connection is gone: a row belongs to the newest connection of its pair.
 *
 * Bounded: of many connections the newest are followed, and those that are open.
 */
export class KernelPairs {
  #new: number[];
  readonly #connections = new Map<string, number>();
  /** Those that the last reading did not have. A table that is read in pieces, while it changes, may leave a row out. */
  #missed = new Set<number>();
  /** Those whose pair a newer one has, and since when. */
  readonly #replaced = new Map<number, number>();

  constructor(trace: TraceStore) {
    const { first, last, columns } = trace.connections;
    this.#new = [];
    for (let id = first; id <= last; id++) {
      const row = trace.connections.rowOf(id);
      if (id > last - mostFollowed || Number.isNaN(columns.closed[row])) this.#new.push(id);
    }
  }

  /** Takes note of connections that are new or have changed. */
  add(connections: readonly number[]): void {
    this.#new.push(...connections);
    if (this.#new.length > 2 * mostFollowed) this.#new = this.#new.slice(-mostFollowed);
  }

  /** There is no connection to tell of. */
  get empty(): boolean {
    return this.#connections.size + this.#new.length === 0;
  }

  connectionOf(pair: string): number | undefined {
    return this.#connections.get(pair);
  }

  /** Finds the pairs of what was added. */
  update(trace: TraceStore): void {
    const { columns } = trace.connections;
    for (const id of this.#new) {
      const row = trace.connections.rowOf(id);
      if (row < 0 || trace.kernel.pair(id)?.states.at(-1)?.state === 'CLOSED') continue;
      const pair = kernelPair(trace.text(columns.local[row] ?? 0), trace.text(columns.remote[row] ?? 0));
      const before = this.#connections.get(pair);
      if (before !== undefined && before >= id) continue;
      if (before !== undefined) this.#replaced.set(before, columns.accepted[row] ?? NaN);
      this.#connections.set(pair, id);
    }
    this.#new = [];
  }

  /**
   * What changed since the reading before.
   *
   * @param at when the reading began: what the trace says to have closed since may have no row already
   */
  compare(trace: TraceStore, rows: ReadonlyMap<number, KernelRow>, at: number): PairView[] {
    const { columns } = trace.connections;
    const changed: PairView[] = [];
    const missed = new Set<number>();
    for (const [id, since] of this.#replaced) {
      const known = trace.kernel.pair(id);
      if (known) changed.push(gone(known, since));
    }
    this.#replaced.clear();
    for (const [pair, id] of this.#connections) {
      const place = trace.connections.rowOf(id);
      if (place < 0) {
        this.#connections.delete(pair);
        continue;
      }
      const known = trace.kernel.pair(id);
      const row = rows.get(id);
      const accepted = columns.accepted[place] ?? NaN;
      if (row) {
        const now = seen(known ?? fresh(id, accepted), row, at);
        if (now !== known) changed.push(now);
      } else if ((columns.closed[place] ?? NaN) < at) {
        if (!this.#missed.has(id)) missed.add(id);
        else {
          changed.push(gone(known ?? fresh(id, accepted), at));
          this.#connections.delete(pair);
        }
      }
    }
    this.#missed = missed;
    this.#forget(trace);
    return changed;
  }

  #forget(trace: TraceStore): void {
    const { columns } = trace.connections;
    for (const [pair, id] of this.#connections) {
      if (this.#connections.size <= mostFollowed) return;
      if (!Number.isNaN(columns.closed[trace.connections.rowOf(id)])) this.#connections.delete(pair);
    }
  }
}

/** A connection that is accepted is established already. */
function fresh(connection: number, accepted: number): PairView {
  return {
    connection,
    states: [{ state: 'ESTABLISHED', at: accepted }],
    unacknowledged: 0,
    unread: 0,
    expires: NaN,
  };
}

/** @returns what is known, where that is all that was seen */
function seen(known: PairView, row: KernelRow, at: number): PairView {
  const { unacknowledged, unread } = row;
  const last = known.states.at(-1)?.state;
  if (last === row.state && known.unacknowledged === unacknowledged && known.unread === unread) return known;
  const states = last === row.state ? known.states : next(known.states, { state: row.state, at });
  const expires = last === row.state ? known.expires : at + row.leftMs;
  return { connection: known.connection, states, unacknowledged, unread, expires };
}

function gone(known: PairView, at: number): PairView {
  const states = next(known.states, { state: 'CLOSED', at });
  return { connection: known.connection, states, unacknowledged: 0, unread: 0, expires: NaN };
}

function next(states: readonly StateSeen[], state: StateSeen): StateSeen[] {
  return [...states, state].slice(-mostStates);
}

const mostFollowed = 1000;
/** A connection goes through seven at most. */
const mostStates = 12;
