import { join } from 'node:path';
import { defaultLimits } from '../core/http/limits';
import { findInterpreter } from '../server/interpreter';
import type { OwnerFunctions } from '../server/protocol';
import { ServerHandle } from '../server/serverHandle';
import { AccessLog } from './accessLog';
import type { Serve } from './arguments';
import { KernelRecorder } from './kernelRecorder';

/**
 * Serves an app until a signal comes. The first one stops gracefully: requests in progress get `graceMs` to end and the
 * recording is finished. A second one stops at once.
 *
 * @throws {Error} where the server cannot start; the message says why and what to do
 */
export async function serve(options: Serve): Promise<void> {
  const folder = process.cwd();
  const python = await findInterpreter({ folder, setting: options.python, env: process.env });
  const kernel = options.record === undefined ? undefined : new KernelRecorder();
  const handle = ServerHandle.spawn(join(__dirname, 'serverThread.js'), owner(options.quiet, kernel));
  const signal = nextSignal();
  const clockOriginUnixMs = performance.timeOrigin + performance.now();
  try {
    const started = await handle.functions.start({
      host: options.host,
      port: options.port,
      backlog: options.backlog,
      concurrency: options.concurrency,
      slots: options.slots,
      app: { spec: options.app, folder },
      scriptName: options.scriptName,
      python: python.path,
      env: {},
      limits: { ...defaultLimits, appMs: options.appTimeout * 1000 || Infinity },
      trace: !options.quiet,
      clockOriginUnixMs,
      ...(options.record === undefined ? {} : { record: options.record }),
    });
    const host = started.host.includes(':') ? `[${started.host}]` : started.host;
    process.stdout.write(`Listening on http://${host}:${started.port}${started.path === '/' ? '' : started.path}\n`);
    const now = (): number => performance.timeOrigin + performance.now() - clockOriginUnixMs;
    kernel?.start({ address: `${host}:${started.port}`, backlog: options.backlog, now }, handle.functions);
    await Promise.race([signal, handle.exited.then(died)]);
    tell('Stopping: requests in progress may end, Ctrl+C stops at once.');
    void nextSignal().then((second) => process.exit(second === 'SIGINT' ? 130 : 143));
    await handle.functions.stop(graceMs);
  } finally {
    kernel?.stop();
    await handle.terminate();
  }
}

/** The server thread has gone although nobody ended it; why stands in the log. */
function died(): never {
  throw new Error('The server has died.');
}

/** Names the options of the command line where a message speaks of the editor's settings. */
export function inTerminalWords(message: string): string {
  return message.replaceAll(/(?:the setting )?\blifeline\.([\w.]*\w)/g, (words, setting: string) => {
    const option = optionOf[setting];
    return option === undefined ? words : `--${option}`;
  });
}

const optionOf: Readonly<Record<string, string>> = {
  host: 'host',
  'limits.appSeconds': 'app-timeout',
  port: 'port',
  pythonPath: 'python',
  requestQueueSize: 'backlog',
  scriptName: 'script-name',
  slots: 'slots',
};

const graceMs = 10_000;

/** What the server thread says goes to stderr: the access log, the app's output, and the server's own words. */
function owner(quiet: boolean, kernel: KernelRecorder | undefined): OwnerFunctions {
  const log = quiet ? undefined : new AccessLog();
  return {
    batch: (batch) => {
      kernel?.append(batch);
      const lines = log?.append(batch);
      if (lines) process.stderr.write(lines);
    },
    // Its problems come as lines of the log as well.
    worker: () => undefined,
    log: ({ source, level, text }) => {
      if (source !== 'server') process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
      else if (level !== 'info' || !quiet) tell(text);
    },
  };
}

function tell(text: string): void {
  process.stderr.write(`lifeline: ${inTerminalWords(text.trimEnd())}\n`);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const take = (signal: NodeJS.Signals): void => {
      process.off('SIGINT', take);
      process.off('SIGTERM', take);
      resolve(signal);
    };
    process.on('SIGINT', take);
    process.on('SIGTERM', take);
  });
}
