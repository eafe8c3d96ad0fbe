import { setTimeout as pause } from 'node:timers/promises';
import type { WireCase } from '../core/http/wireCases';
import { RawClient } from '../support/servers';
import { answersIn, type Answer } from './answers';
import { readingOf } from './reading';

/** What a server did with the bytes of a wire case. */
export interface Observation {
  readonly answers: readonly Answer[];
  readonly closed: boolean;
}

/** For how long a server may say nothing more before it is taken to wait for the client, in ms. */
export interface Patience {
  readonly beforeAnAnswer: number;
  readonly afterAnAnswer: number;
}

/** Sends the bytes of a case over a connection of its own, and watches until nothing more comes. */
export async function ask(
  port: number,
  { bytes, fin, events }: Pick<WireCase, 'bytes' | 'fin' | 'events'>,
  patience: Patience,
): Promise<Observation> {
  const client = await RawClient.to(port);
  try {
    client.send(Buffer.from(bytes).toString('latin1'));
    if (fin) client.socket.end();
    let since = performance.now();
    let seen = 0;
    while (!client.ended && !client.reset) {
      const limit = seen > 0 ? patience.afterAnAnswer : patience.beforeAnAnswer;
      if (performance.now() - since > limit) break;
      await pause(5);
      if (client.received.length === seen) continue;
      seen = client.received.length;
      since = performance.now();
    }
    const methods = readingOf(events).served.map(({ method }) => method);
    return { answers: answersIn(client.received, methods), closed: client.ended || client.reset };
  } finally {
    client.close();
  }
}
