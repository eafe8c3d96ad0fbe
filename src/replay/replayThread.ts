import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { ReplayFunctions, ReplayOwnerFunctions } from './protocol';
import { replay } from './replay';
import { sendOne } from './sendOne';
import { warmUp } from './warmUp';

/**
 * The entry of the replay thread. The clients have a thread of their own, so that neither the editor nor the server that
 * they measure shares its time with them. Who wants to end them ends the thread.
 */
if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;
/** The end of the thread is the end of all that it does. */
const never = (): AbortSignal => new AbortController().signal;

const owner = createBirpc<ReplayOwnerFunctions, ReplayFunctions>(
  {
    replay: async (plan, target) => {
      const signal = never();
      await warmUp(target, signal);
      return replay(plan, target, signal, { over: (count) => void owner.over(count) });
    },
    send: (number, method, bytes, target) =>
      sendOne(method, bytes, target, never(), (localPort) => void owner.opened(number, localPort)),
  },
  {
    post: (message) => port.postMessage(message),
    on: (handle) => port.on('message', handle),
    eventNames: ['over', 'opened'],
    timeout: -1, // it takes as long as its answers
  },
);
