import { tidy } from './har';
import type { PairView } from './kernelView';

/** What the kernel told while a recording ran, beside the connections in `log._lifeline`. */
export interface HarKernel {
  /** The most connections that may wait to be accepted. */
  readonly acceptQueueLimit: number;
  /** How many waited, whenever that changed from one reading to the next. */
  readonly acceptQueue: readonly { readonly atMs: number; readonly depth: number }[];
  /** Pairs beyond a bound, of which nothing is told. */
  readonly leftOut: number;
  readonly connections: readonly HarPairStates[];
}

/** The TCP states in which a pair was seen, as the server sees it. */
export interface HarPairStates {
  readonly connection: number;
  readonly states: readonly { readonly state: string; readonly atMs: number }[];
}

export function harPairStates({ connection, states }: PairView): HarPairStates {
  return { connection, states: states.map(({ state, at }) => ({ state, atMs: tidy(at) })) };
}
