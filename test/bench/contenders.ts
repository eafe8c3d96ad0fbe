import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../support/freePort';

export const contenders = [
  'lifeline',
  'lifeline, recorder off',
  'lifeline, main thread busy',
  'lifeline, 2 threads',
  'lifeline, 2 processes',
  'waitress',
  'gunicorn sync',
  'gunicorn gthread',
] as const;
export type Contender = (typeof contenders)[number];
export type App = 'hello' | 'flask';

/** Where the parts are that contenders are started from. */
export interface Parts {
  /** The interpreter of the tests' environment, which has the peers. */
  readonly python: string;
  /** The folder with the bundles of `host.ts`, of `viewerThread.ts` and of the server thread. */
  readonly bundles: string;
}

/** A server that has answered once. */
export interface Running {
  readonly pid: number;
  readonly origin: string;
  /** From the order to start to the first 200, in ms. For ours the editor runs already. */
  readonly startMs: number;
  stop(): Promise<void>;
}

/** @throws {Error} where it does not answer within 20 s */
export async function start(contender: Contender, app: App, parts: Parts): Promise<Running> {
  return contender.startsWith('lifeline') ? startOurs(contender, app, parts) : startPeer(contender, app, parts);
}

const folder = join(import.meta.dirname, 'apps');

async function startOurs(contender: Contender, app: App, { python, bundles }: Parts): Promise<Running> {
  const spec = app === 'hello' ? 'hello.py' : 'flask_hello.py';
  const args = [join(bundles, 'host.js'), '--app', spec, '--python', python];
  if (contender !== 'lifeline, recorder off') args.push('--trace');
  if (contender === 'lifeline, main thread busy') args.push('--busy');
  const [, slots, concurrency] = /(\d) (threads|processes)$/.exec(contender) ?? [];
  if (slots !== undefined && concurrency !== undefined) args.push('--slots', slots, '--concurrency', concurrency);
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit').then(() => ['']);
  const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer | string];
  if (String(line) === '') throw new Error(`${contender} ended before it answered.`);
  const said = JSON.parse(String(line)) as { port: number; status: number; startMs: number };
  const server = running(child, `http://127.0.0.1:${said.port}`, said.startMs);
  if (said.status === 200) return server;
  await server.stop();
  throw new Error(`${contender} answered with ${said.status}.`);
}

async function startPeer(contender: Contender, app: App, { python }: Parts): Promise<Running> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const spec = app === 'hello' ? 'hello:application' : 'flask_hello:app';
  const gunicorn = ['-m', 'gunicorn', '--bind', address, '--workers', '1', '--log-level', 'error'];
  const args: Partial<Record<Contender, string[]>> = {
    waitress: ['-m', 'waitress', '--listen', address, '--threads', '4', spec],
    'gunicorn sync': [...gunicorn, '--worker-class', 'sync', spec],
    'gunicorn gthread': [...gunicorn, '--worker-class', 'gthread', '--threads', '4', spec],
  };
  const began = performance.now();
  const child = spawn(python, args[contender] ?? [], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const origin = `http://${address}`;
  while (!(await answers(origin))) {
    if (child.exitCode !== null || performance.now() - began > 20_000) {
      child.kill('SIGKILL');
      throw new Error(`${contender} does not answer.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return running(child, origin, performance.now() - began);
}

function running(child: ChildProcess, origin: string, startMs: number): Running {
  return {
    pid: child.pid ?? 0,
    origin,
    startMs,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}

async function answers(origin: string): Promise<boolean> {
  try {
    const response = await fetch(origin, { headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.status === 200;
  } catch (error) {
    if (error instanceof TypeError) return false; // nobody listens yet
    throw error;
  }
}
