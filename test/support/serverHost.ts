import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { TraceStore } from '../../src/core/trace/traceStore';
import type { ServerOptions, WorkerState } from '../../src/server/protocol';
import { ServerHandle } from '../../src/server/serverHandle';
import { heapUse, meterName, type HeapUse } from './meter';

/**
 * A process around a real server, as the extension host is one: the server on its thread, its trace shipped to a store.
 * `ServerProcess` starts it and asks it over Node's IPC.
 */
export type ToHost =
  { readonly start: ServerOptions; readonly capacity: number } | { readonly ask: 'usage' | 'connections' };

/** What the host says; the answers come in the order of the questions. */
export interface FromHost {
  readonly port?: number;
  readonly problem?: string;
  readonly usage?: HostUsage;
  readonly worker?: WorkerState;
  readonly connections?: TracedConnections;
}

export interface HostUsage {
  /** Resident memory of this process, in bytes, right after a full collection on both threads. */
  readonly memory: number;
  /** What lives on the heap of the main thread, where the trace is, and on that of the server thread. */
  readonly main: HeapUse;
  readonly server: HeapUse;
  /** Open file descriptors, threads, and child processes; NaN where the system does not tell. */
  readonly descriptors: number;
  readonly threads: number;
  readonly children: number;
}

/** Connections, as the trace tells of them. */
export interface TracedConnections {
  readonly accepted: number;
  readonly open: number;
}

let store: TraceStore | undefined;
const say = (message: FromHost): void => {
  if (process.connected) process.send?.(message);
};
const handle = ServerHandle.spawn(join(import.meta.dirname, 'meteredThread.cjs'), {
  batch: (batch) => store?.append(batch),
  worker: (worker) => say({ worker }),
  log: () => undefined,
});

const meter = new BroadcastChannel(meterName);

async function usage(): Promise<HostUsage> {
  const server = await new Promise<HeapUse>((resolve) => {
    meter.onmessage = (event) => resolve((event as { readonly data: HeapUse }).data);
    meter.postMessage('measure');
  });
  const main = heapUse();
  const [descriptors, threads] = await Promise.all([countIn('/proc/self/fd'), countIn('/proc/self/task')]);
  return { memory: process.memoryUsage.rss(), main, server, descriptors, threads, children: await countChildren() };
}

function countIn(folder: string): Promise<number> {
  return readdir(folder).then(
    (names) => names.length,
    () => NaN,
  );
}

/** Each thread has children of its own. */
async function countChildren(): Promise<number> {
  const own = '/proc/self/task';
  const threads = await readdir(own).catch(() => []);
  if (threads.length === 0) return NaN;
  const lists = await Promise.all(threads.map((id) => readFile(join(own, id, 'children'), 'utf8').catch(() => '')));
  return lists.join(' ').split(' ').filter(Boolean).length;
}

function connections(): TracedConnections {
  if (!store) return { accepted: 0, open: 0 };
  const { first, last, columns } = store.connections;
  let open = 0;
  for (let id = first; id <= last; id++) {
    if (Number.isNaN(columns.closed[store.connections.rowOf(id)])) open++;
  }
  return { accepted: last, open };
}

async function answer(message: ToHost): Promise<FromHost> {
  if ('start' in message) {
    store = new TraceStore(message.capacity);
    return { port: (await handle.functions.start(message.start)).port };
  }
  return message.ask === 'usage' ? { usage: await usage() } : { connections: connections() };
}

process.on('message', (message) => {
  answer(message as ToHost).then(say, (error: unknown) => say({ problem: String(error) }));
});
// The test has gone, or has had enough.
process.on('disconnect', () => {
  void handle.functions.stop(0).finally(() => process.exit(0));
});
