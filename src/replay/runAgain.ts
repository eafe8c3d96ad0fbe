import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { TraceStore } from '../core/trace/traceStore';
import type { ServerLog, ServerOptions, WorkerState } from '../server/protocol';
import { ServerHandle } from '../server/serverHandle';
import { pairExchanges } from './pairing';
import type { ReplayPlan } from './plan';
import type { ReplayFunctions, ReplayOwnerFunctions } from './protocol';

/** What a replay needs beside its plan. */
export interface RunAgain {
  /** The server that is to be started for it: app, interpreter, model. Where it listens is not asked. */
  readonly server: Omit<ServerOptions, 'host' | 'port' | 'trace' | 'clockOriginUnixMs' | 'record'>;
  /** The bundles `serverThread.js` and `replayThread.js`. */
  readonly serverThread: string;
  readonly replayThread: string;
  /** So many requests are over, answered or not. */
  readonly over: (count: number) => void;
  readonly log: (line: ServerLog) => void;
}

/** The trace of the second server, and which of its exchanges is which exchange of before. */
export interface RanAgain {
  readonly trace: TraceStore;
  readonly exchanges: ReadonlyMap<number, number>;
}

/**
 * Starts a server of its own on a free port of this machine, sends it the requests of a plan and stops it again. Both
 * have threads of their own, and nothing of them is left when this is over, however it ends.
 *
 * @param signal ends it at once
 * @throws {Error} where the server or its app does not start; the reason of the signal
 */
export async function runAgain(plan: ReplayPlan, run: RunAgain, signal: AbortSignal): Promise<RanAgain> {
  signal.throwIfAborted();
  const trace = new TraceStore(capacity);
  const ready = new WorkerReady();
  const handle = ServerHandle.spawn(run.serverThread, {
    batch: (batch) => trace.append(batch),
    worker: (state) => ready.changed(state),
    log: run.log,
  });
  let clients: Worker | undefined;
  const ended = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    void handle.exited.then(() => reject(new Error('The server of this run has died. The log says why.')));
  });
  ended.catch(() => undefined); // it is raced below, or no longer of interest
  try {
    const started = await Promise.race([
      ended,
      handle.functions.start({
        ...run.server,
        host: '127.0.0.1',
        port: 0,
        trace: true,
        clockOriginUnixMs: performance.timeOrigin + performance.now(),
      }),
    ]);
    await Promise.race([ended, ready.promise]);
    clients = new Worker(run.replayThread, { name: 'request-lifeline-replay' });
    const sent = await Promise.race([
      ended,
      remoteOf(clients, run.over).replay(plan, { host: started.host, port: started.port }),
    ]);
    await Promise.race([ended, handle.functions.stop(graceMs)]);
    return { trace, exchanges: pairExchanges(trace, sent) };
  } catch (error) {
    // The app's process ends with the stop; where the thread is gone already, it has ended with it.
    const late = sleep(stopMs, undefined, { ref: false });
    await Promise.race([handle.exited, late, handle.functions.stop(0)]).catch(() => undefined);
    throw error;
  } finally {
    await clients?.terminate();
    await handle.terminate();
  }
}

function remoteOf(clients: Worker, over: (count: number) => void): Pick<ReplayFunctions, 'replay'> {
  const remote = createBirpc<ReplayFunctions, ReplayOwnerFunctions>(
    { over, opened: () => undefined },
    {
      post: (message) => clients.postMessage(message),
      on: (handle) => clients.on('message', handle),
      timeout: -1, // it takes as long as its answers
    },
  );
  clients.once('error', (error) => remote.$close(error));
  clients.once('exit', () => remote.$close(new Error('The thread of the clients has ended.')));
  return { replay: (plan, target) => remote.replay(plan, target) };
}

/** Waits until the app can be called: importing it is not to be measured. */
class WorkerReady {
  readonly promise: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.promise.catch(() => undefined); // told where it is awaited
  }

  changed(state: WorkerState): void {
    if (state.status === 'ready') this.#resolve();
    else if (state.status === 'failed') {
      this.#reject(new Error(state.problem?.message ?? 'The app worker of this run ended without a word.'));
    }
  }
}

/** More than a replay may have: an app may send requests of its own. */
const capacity = 100_000;
/** For connections that a client keeps open and lets go only now. */
const graceMs = 2000;
/** A server that does not stop within this ends with its thread. */
const stopMs = 3000;
