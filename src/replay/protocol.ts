import type { ReplayPlan } from './plan';
import type { SentRequest } from './replay';
import type { Target } from './replayConnection';

/** What the owner of the replay thread and the thread ask of each other, by birpc. */
export interface ReplayFunctions {
  replay(plan: ReplayPlan, target: Target): Promise<SentRequest[]>;
  /** Sends one request at once, on a connection of its own; it is over when the answer is there or the connection gone. */
  send(number: number, method: string, bytes: Uint8Array, target: Target): Promise<void>;
}

export interface ReplayOwnerFunctions {
  /** So many requests are over, answered or not. */
  over(count: number): void;
  /** The connection of the request that was given a number is open. */
  opened(number: number, localPort: number): void;
}
