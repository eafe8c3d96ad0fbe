import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { ReplayFunctions, ReplayOwnerFunctions } from './protocol';
import type { Target } from './replayConnection';

/** A request on its way. */
export interface Sending {
  /** Port of the client, as soon as its connection is open; rejects where none could be made. */
  readonly opened: Promise<number>;
  /** It was answered, or its connection is gone. */
  readonly over: Promise<void>;
}

/**
 * Sends single requests, each on a connection of its own. The replay thread does it, and is there only as long as
 * something is on its way.
 */
export class ReplaySender {
  readonly #file: string;
  readonly #opened = new Map<number, (port: number) => void>();
  #thread: { readonly worker: Worker; readonly remote: Pick<ReplayFunctions, 'send'> } | undefined;
  #last = 0;

  /** @param file the bundle `replayThread.js` */
  constructor(file: string) {
    this.#file = file;
  }

  send(method: string, bytes: Uint8Array, target: Target): Sending {
    const number = ++this.#last;
    const { remote } = (this.#thread ??= this.#start());
    const port = new Promise<number>((resolve) => this.#opened.set(number, resolve));
    const over = remote.send(number, method, bytes, target).finally(() => this.#done(number));
    // Once it is open, what becomes of it is seen in the trace.
    over.catch(() => undefined);
    const opened = Promise.race([port, over.then(() => port)]);
    opened.catch(() => undefined);
    return { opened, over };
  }

  /** Cuts what is on its way. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }

  #done(number: number): void {
    this.#opened.delete(number);
    if (this.#opened.size === 0) void this.end();
  }

  #start(): { worker: Worker; remote: Pick<ReplayFunctions, 'send'> } {
    const worker = new Worker(this.#file, { name: 'request-lifeline-replay' });
    const remote = createBirpc<ReplayFunctions, ReplayOwnerFunctions>(
      {
        over: () => undefined,
        opened: (number, port) => this.#opened.get(number)?.(port),
      },
      {
        post: (message) => worker.postMessage(message),
        on: (handle) => worker.on('message', handle),
        timeout: -1, // it takes as long as its answer
      },
    );
    worker.once('error', (error) => remote.$close(error));
    worker.once('exit', () => {
      if (this.#thread?.worker === worker) this.#thread = undefined;
      remote.$close(new Error('The thread of the clients has ended.'));
    });
    return { worker, remote: { send: (...request) => remote.send(...request) } };
  }
}
