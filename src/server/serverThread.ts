import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import type { Batch } from '../core/trace/batch';
import { slotsOf } from '../core/trace/concurrency';
import { traceClock, type Clock } from './clock';
import { DetailStore } from './detailStore';
import { ListenError } from './listenProblem';
import { LogGate } from './logGate';
import type { ServerOptions, ThreadFunctions, ThreadOwnerFunctions } from './protocol';
import { noRecorder, Recorder } from './recorder';
import { RecordedTrace } from './recordedTrace';
import { Recording } from './recording';
import { WsgiServer, type Numbering } from './wsgiServer';

/**
 * The entry of the server thread. It lives as long as its owner wants and runs one server at a time; what it knows of
 * earlier exchanges outlives a stop.
 */
if (!parentPort) throw new Error('this file runs as a worker thread');
const port = parentPort;

/** The bridge stands beside the bundle. */
const bridge = join(__dirname, 'python', 'lifeline_bridge');
const numbering: Numbering = { connection: 0, exchange: 0 };
const details = new DetailStore(32 * 1024 * 1024);
let recorder: Recorder | undefined;
/** While a recording is written. */
let recorded: RecordedTrace | undefined;
let running: Running | undefined;

interface Running {
  readonly server: WsgiServer;
  readonly recording: Recording | undefined;
  readonly clock: Clock;
}

/** Starts and stops take turns: each finds what the one before has left. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const done = turn.then(act);
  turn = done.catch(() => undefined); // whoever asked for it is told
  return done;
}

const functions: ThreadFunctions = {
  start: (options) => inTurn(() => start(options)),
  stop: (graceMs) => inTurn(() => stop(graceMs)),
  restartWorker() {
    if (running?.server.stopping === false) running.server.apps.restart();
    return Promise.resolve();
  },
  setConcurrency: (model, slots) =>
    inTurn(() => {
      if (running) running.server.setConcurrency(model, slots);
      return Promise.resolve();
    }),
  closeConnection(id) {
    running?.server.closeConnection(id);
    return Promise.resolve();
  },
  detail(exchange) {
    return Promise.resolve(running?.server.live(exchange)?.detail ?? details.get(exchange));
  },
  responseBody(exchange) {
    return Promise.resolve(running?.server.live(exchange)?.responseBody ?? details.responseBody(exchange));
  },
  pulse() {
    return running ? Promise.resolve(running.clock()) : Promise.reject(new Error('No server runs.'));
  },
  kernel(view) {
    running?.recording?.kernel(view);
    return Promise.resolve();
  },
};

async function start(options: ServerOptions): ReturnType<ThreadFunctions['start']> {
  if (running) throw new Error('The server runs already.');
  const clock = traceClock(options.clockOriginUnixMs);
  const watched = options.trace || options.record !== undefined;
  if (watched) recorder ??= new Recorder(clock, shipBatch);
  let recording: Recording | undefined;
  const server = new WsgiServer(options, watched && recorder ? recorder : noRecorder, clock, numbering, bridge, {
    worker: (state) => void owner.worker(state),
    log: (line) => logGate.line(line),
    finished: (exchange) => details.keep(exchange.row.id, exchange.cold),
    settled: ({ row, cold }, connection) => {
      if (!recording) return;
      const { detail } = cold;
      recording.exchange(row, connection, textOf, detail, () => recorded?.verdict(row, connection, detail));
    },
    closed: (connection) => recording?.connection(connection, textOf),
  });
  try {
    const started = await server.start();
    if (options.record !== undefined) {
      const { backlog, concurrency, slots, clockOriginUnixMs } = options;
      const address = { host: started.host, port: started.port };
      const meta = {
        clockOriginUnixMs,
        server: { ...address, backlog, concurrency, slots: slotsOf(concurrency, slots) },
      };
      // The event loop has not turned since the server listens: no connection was accepted before this line.
      recorded = new RecordedTrace(textOf);
      recording = new Recording(options.record, meta);
      await recording.open();
    }
    running = { server, recording, clock };
    return { started };
  } catch (error) {
    if (error instanceof ListenError) return { problem: error.problem };
    await server.stop(0);
    throw error;
  }
}

async function stop(graceMs: number): Promise<void> {
  if (!running) return;
  const { server, recording } = running;
  try {
    await server.stop(graceMs);
    await recording?.finish();
  } finally {
    running = undefined;
    recorded = undefined;
    recorder?.stop();
  }
}

const owner = createBirpc<ThreadOwnerFunctions, ThreadFunctions>(functions, {
  post: (message) => port.postMessage(message),
  on: (handle) => port.on('message', handle),
  eventNames: ['worker', 'log'],
  timeout: -1, // it may be busy for long
});
const logGate = new LogGate(
  (line) => void owner.log(line),
  () => owner.caughtUp(),
);

/** Batches go beside the calls, and their rows change hands instead of being copied. */
function shipBatch(batch: Batch): void {
  recorded?.append(batch);
  port.postMessage(batch, [batch.exchanges.buffer, batch.connections.buffer]);
}

function textOf(id: number): string {
  return recorder?.text(id) ?? '';
}
