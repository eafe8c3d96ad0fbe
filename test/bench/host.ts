import { get } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { defaultLimits } from '../../src/core/http/limits';
import { concurrencyModels } from '../../src/core/trace/concurrency';
import { TraceStore } from '../../src/core/trace/traceStore';
import { ServerHandle } from '../../src/server/serverHandle';

/**
 * Runs the server as the extension host does: on its own thread, the trace shipped to the main thread's store and from
 * there to a viewer. Prints one line of JSON when the app has answered for the first time.
 */
const { values } = parseArgs({
  options: {
    app: { type: 'string', default: '' },
    python: { type: 'string', default: 'python3' },
    trace: { type: 'boolean', default: false },
    busy: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: 'threads' },
    slots: { type: 'string', default: '4' },
  },
});

const store = new TraceStore(100_000);
const viewer = values.trace ? new Worker(join(__dirname, 'viewerThread.js')) : undefined;

async function main(): Promise<void> {
  const began = performance.now();
  const handle = ServerHandle.spawn(join(__dirname, 'serverThread.js'), {
    batch: (batch) => {
      store.append(batch);
      viewer?.postMessage(batch);
    },
    worker: ({ problem }) => {
      if (problem) process.stderr.write(`${problem.message}\n`);
    },
    log: () => undefined,
  });
  const { port } = await handle.functions.start({
    host: '127.0.0.1',
    port: 0,
    backlog: 2048,
    concurrency: concurrencyModels.find((model) => model === values.concurrency) ?? 'threads',
    slots: Number(values.slots),
    app: { spec: values.app, folder: process.cwd() },
    python: values.python,
    env: {},
    limits: defaultLimits,
    trace: values.trace,
    clockOriginUnixMs: performance.timeOrigin,
  });
  const status = await firstAnswer(port);
  const startMs = performance.now() - began;
  process.stdout.write(`${JSON.stringify({ port, status, startMs })}\n`);
  if (values.busy) setInterval(() => blockFor(50), 100);
  process.once('SIGTERM', () => {
    void handle.functions.stop(1000).then(() => process.exit(0));
  });
}

function firstAnswer(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', headers: { connection: 'close' } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', reject);
  });
}

/** What another extension does to the extension host when it computes. */
function blockFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

void main();
