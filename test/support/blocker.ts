import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';

/** The entry of a server thread that `blockThread` can keep busy. */
export const blockableThread = join(import.meta.dirname, 'blockableThread.cjs');

/** Keeps the thread busy for some time; resolves when it has begun. */
export async function blockThread(ms: number): Promise<void> {
  const channel = new BroadcastChannel('request-lifeline-blocker');
  const begun = new Promise<void>((resolve) => (channel.onmessage = () => resolve()));
  channel.postMessage(ms);
  await begun;
  channel.close();
}
