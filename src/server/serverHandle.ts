import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Batch } from '../core/trace/batch';
import type { OwnerFunctions, ServerFunctions, StartProblem, ThreadFunctions, ThreadOwnerFunctions } from './protocol';

/** The server could not start; `data` says why. */
export class StartError extends Error {
  override readonly name = 'StartError';
  constructor(readonly data: StartProblem) {
    super(data.message);
  }
}

/** The owner's end of a server thread. */
export class ServerHandle {
  readonly functions: ServerFunctions;
  /** The thread is gone: it was terminated, or it died of an error. */
  readonly exited: Promise<void>;
  readonly #thread: Worker;

  /** @param file the bundle `serverThread.js` */
  static spawn(file: string, owner: OwnerFunctions): ServerHandle {
    return new ServerHandle(new Worker(file, { name: 'request-lifeline-server' }), owner);
  }

  private constructor(thread: Worker, owner: OwnerFunctions) {
    this.#thread = thread;
    const batch = (message: Batch): void => owner.batch(message);
    const local: ThreadOwnerFunctions = {
      worker: (state) => owner.worker(state),
      log: (line) => owner.log(line),
      caughtUp: () => undefined,
    };
    const remote = createBirpc<ThreadFunctions, ThreadOwnerFunctions>(local, {
      post: (message) => thread.postMessage(message),
      on: (handle) => thread.on('message', (message: object) => (isBatch(message) ? batch(message) : handle(message))),
      timeout: -1, // a stop takes as long as its requests
    });
    this.exited = new Promise((resolve) => thread.once('exit', () => resolve()));
    // A thread that dies must not leave its owner waiting.
    thread.once('error', (error) => {
      owner.log({ level: 'error', source: 'server', text: error.stack ?? error.message });
      remote.$close(error);
    });
    thread.once('exit', () => remote.$close(new Error('The server thread has ended.')));
    this.functions = {
      start: async (options) => {
        const answer = await remote.start(options);
        if ('problem' in answer) throw new StartError(answer.problem);
        return answer.started;
      },
      stop: (graceMs) => remote.stop(graceMs),
      restartWorker: () => remote.restartWorker(),
      setConcurrency: (model, slots) => remote.setConcurrency(model, slots),
      closeConnection: (id) => remote.closeConnection(id),
      detail: (exchange) => remote.detail(exchange),
      responseBody: (exchange) => remote.responseBody(exchange),
      pulse: () => remote.pulse(),
      kernel: (view) => remote.kernel(view),
    };
  }

  async terminate(): Promise<void> {
    await this.#thread.terminate();
  }
}

function isBatch(message: object): message is Batch {
  return 'exchanges' in message;
}
