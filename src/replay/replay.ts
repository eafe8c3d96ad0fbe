import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReplayConnection, type Target } from './replayConnection';
import type { PlannedClient, PlannedRequest, ReplayPlan } from './plan';

/** A request that was sent: on which connection, and as the how-manieth there, both counted from 1. */
export interface SentRequest {
  readonly exchange: number;
  readonly localPort: number;
  /** Counts connections in the order in which they were opened. */
  readonly connection: number;
  readonly position: number;
}

/** What happens while it runs. */
export interface ReplayEvents {
  /** So many requests are over, answered or not. */
  over(count: number): void;
}

/**
 * Sends the requests of a plan to a server: the same bytes, each piece as long after the first connection as it was.
 *
 * A connection carries one request at a time: the next one goes out at its time, but not before the answer to the one
 * before. Where the server closes after an answer, the next request opens a connection of its own, as browsers do. The
 * clients have patience: none leaves before it is answered.
 *
 * @param signal ends it, and every connection with it
 * @throws {Error} once it is aborted
 */
export async function replay(
  plan: ReplayPlan,
  target: Target,
  signal: AbortSignal,
  events: ReplayEvents,
): Promise<SentRequest[]> {
  setMaxListeners(0, signal); // every connection and every wait listens
  const began = performance.now();
  const until = async (at: number): Promise<void> => {
    signal.throwIfAborted();
    const wait = began + at - performance.now();
    if (wait > 0) await sleep(wait, undefined, { signal });
  };
  const sent: SentRequest[] = [];
  let [opened, over] = [0, 0];

  const open = (): Promise<{ connection: ReplayConnection; number: number } | undefined> => {
    const number = ++opened;
    const connected = ReplayConnection.open(target, signal);
    return connected.then((connection) => connection && { connection, number });
  };

  const play = async ({ opensAt, requests }: PlannedClient): Promise<void> => {
    await until(opensAt);
    let current = await open();
    let position = 0;
    for (const request of requests) {
      await until(startOf(request));
      if (current?.connection.usable !== true) {
        current = await open();
        position = 0;
      }
      if (current) {
        const { connection, number } = current;
        sent.push({
          exchange: request.exchange,
          localPort: connection.localPort,
          connection: number,
          position: ++position,
        });
        // Where the connection was opened late, the pieces keep their distance from one another.
        const late = Math.max(0, performance.now() - began - startOf(request));
        await connection.exchange(request, (at) => until(at + late));
      }
      events.over(++over);
    }
    current?.connection.close();
  };
  await Promise.all(plan.clients.map(play));
  return sent;
}

function startOf(request: PlannedRequest): number {
  return request.pieces[0]?.at ?? 0;
}
