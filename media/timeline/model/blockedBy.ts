import { turnWaitOf, waitsOf, type Wait, type WaitReason } from '../../../src/core/trace/waits';
import type { Selection } from '../selection';
import type { Trace } from './trace';

/** Who held up what is selected, and until when: what the arrows are drawn from. */
export interface Hold {
  readonly why: WaitReason;
  /** 0: the connection sent no request. */
  readonly exchange: number;
  readonly connection: number;
  /** The instant until which it did so, in ms; NaN while it does. */
  readonly end: number;
}

export interface BlockedBy {
  /** Who held it up for longest comes first. */
  readonly holds: readonly Hold[];
  /** How many more there are. */
  readonly more: number;
}

/** More arrows than this say less. */
const mostHolds = 8;

/**
 * Asked for with every frame, and found anew only when the trace or the selection has changed; of what has been over for a
 * while, nothing changes any more.
 */
export class BlockedByReader {
  #trace: Trace | undefined;
  #version = -1;
  #selection: Selection | undefined;
  #settled = false;
  #blockedBy: BlockedBy = nobody;

  of(trace: Trace, selection: Selection): BlockedBy {
    const { version } = trace.store;
    const same = trace === this.#trace && selection === this.#selection;
    if (!same || (version !== this.#version && !this.#settled)) {
      this.#trace = trace;
      this.#version = version;
      this.#selection = selection;
      this.#settled = isSettled(trace, selection);
      this.#blockedBy = blockedBy(trace, selection);
    }
    return this.#blockedBy;
  }
}

/** Whether it ended so long ago that every row of that time has arrived. */
function isSettled(trace: Trace, selection: Selection): boolean {
  const exchange = selection.kind === 'exchange' ? trace.exchange(selection.id) : undefined;
  return exchange !== undefined && exchange.start + exchange.end < trace.store.now - settledAfterMs;
}

const settledAfterMs = 1000;

export function blockedBy(trace: Trace, selection: Selection): BlockedBy {
  const waits = waitsFor(trace, selection);
  const holds = waits
    .flatMap(({ blockers }) => blockers)
    .sort((a, b) => b.end - b.start - (a.end - a.start))
    .map(({ why, exchange, connection, end, open }): Hold => ({ why, exchange, connection, end: open ? NaN : end }));
  const more = waits.reduce((sum, wait) => sum + wait.more, Math.max(0, holds.length - mostHolds));
  return { holds: holds.slice(0, mostHolds), more };
}

function waitsFor(trace: Trace, selection: Selection): readonly Wait[] {
  if (selection.kind === 'exchange') return waitsOf(trace.store, selection.id);
  const connection = selection.kind === 'connection' ? trace.connection(selection.id) : undefined;
  const wait = connection && turnWaitOf(trace.store, connection);
  return wait ? [wait] : [];
}

const nobody: BlockedBy = { holds: [], more: 0 };
