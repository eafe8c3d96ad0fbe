import type { Provenance } from './phases';
import type { Facts } from './verdictFacts';
import type { Blocker } from './waits';

/** What a verdict is about. */
export type VerdictKind =
  | 'deadlock'
  | 'turn'
  | 'slot'
  | 'head'
  | 'continue'
  | 'body'
  | 'app'
  | 'self'
  | 'gil'
  | 'processor'
  | 'streaming'
  | 'waiting'
  | 'computing'
  | 'stall'
  | 'send'
  | 'overhead'
  | 'quick'
  | 'failed'
  | 'left';

/** Where the time of an exchange went and what it waited for, in plain words. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** The main thing, without a full stop: "Waited 3.10 s for a free slot". */
  readonly lead: string;
  /** The rest of the sentence, and perhaps another one: ": all 4 were busy (GET /slow ×4)." */
  readonly rest: string;
  /** How much of the exchange's time this is about, from 0 to 1. */
  readonly share: number;
  readonly provenance: Provenance;
  /** Who held it up, where the words speak of somebody. */
  readonly blockers: readonly Blocker[];
}

/** Has something to say where the facts are such that it applies. */
export type Rule = (facts: Facts) => Verdict | undefined;

export function sentenceOf(verdict: Verdict): string {
  return verdict.lead + verdict.rest;
}

/** @param time how much of the exchange's time it is about, in ms */
export function say(
  facts: Facts,
  kind: VerdictKind,
  time: number,
  [lead, rest]: readonly [lead: string, rest: string],
  provenance: Provenance = 'measured',
  blockers: readonly Blocker[] = [],
): Verdict {
  const share = facts.total > 0 && time > 0 ? Math.min(1, time / facts.total) : 0;
  return { kind, lead, rest, share, provenance, blockers };
}
