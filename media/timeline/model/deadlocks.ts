import { deadlockOf } from '../../../src/core/trace/deadlock';
import { verdictOf } from '../../../src/core/trace/verdictOf';
import type { Trace } from './trace';

/** A deadlock that goes on, as the page tells it. */
export interface Alarm {
  /** An exchange whose call is part of it. */
  readonly exchange: number;
  readonly lead: string;
  readonly rest: string;
}

/** Undefined as long as something can go on. */
export function deadlockIn(trace: Trace, now: number): Alarm | undefined {
  for (const id of trace.open) {
    const found = deadlockOf(trace.store, id, now);
    const [exchange] = found?.open ? found.holders : [];
    const verdict = exchange === undefined ? undefined : verdictOf(trace.store, exchange, undefined, now);
    if (exchange !== undefined && verdict) return { exchange, lead: verdict.lead, rest: verdict.rest };
  }
  return undefined;
}
