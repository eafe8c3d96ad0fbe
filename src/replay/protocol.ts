import type { ReplayPlan } from './plan';
import type { SentRequest } from './replay';
import type { Target } from './replayConnection';

/** What the owner of the replay thread and the thread ask of each other, by birpc. */
export interface ReplayFunctions {
  replay(plan: ReplayPlan, target: Target): Promise<SentRequest[]>;
}

export interface ReplayOwnerFunctions {
  /** So many requests are over, answered or not. */
  over(count: number): void;
}
