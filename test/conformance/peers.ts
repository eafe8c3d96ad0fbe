import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { collect } from '../harness/processRun';
import { RawClient } from '../support/servers';
import { freePort } from '../support/freePort';

export const peers = ['waitress', 'gunicorn', 'cheroot', 'wsgiref', 'werkzeug'] as const;
export type Peer = (typeof peers)[number];

/** A peer that serves the echo. */
export interface RunningPeer {
  readonly port: number;
  stop(): Promise<void>;
}

/** @throws {Error} where it does not answer within 20 s */
export async function startPeer(peer: Peer, python: string): Promise<RunningPeer> {
  const port = await freePort();
  const child = spawn(python, argumentsOf(peer, port), { cwd: import.meta.dirname, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(late);
  };
  const began = performance.now();
  while (!(await listens(port))) {
    if (child.exitCode !== null || performance.now() - began > 20_000) {
      if (child.exitCode === null) await stop();
      throw new Error(`${peer} does not listen.`);
    }
    await pause(50);
  }
  return { port, stop };
}

/** As a developer starts it, with its defaults. */
function argumentsOf(peer: Peer, port: number): string[] {
  const address = `127.0.0.1:${port}`;
  switch (peer) {
    case 'waitress':
      return ['-m', 'waitress', '--listen', address, 'echo:application'];
    case 'gunicorn':
      return ['-m', 'gunicorn', '--bind', address, 'echo:application'];
    case 'cheroot':
      return ['-m', 'cheroot', '--bind', address, 'echo:application'];
    case 'wsgiref':
    case 'werkzeug':
      return ['serve_plain.py', peer, String(port)];
  }
}

/** "waitress 3.0.2" */
export async function versionOf(peer: Peer, python: string): Promise<string> {
  const question =
    peer === 'wsgiref'
      ? 'import platform; print("of Python", platform.python_version())'
      : `import importlib.metadata; print(importlib.metadata.version("${peer}"))`;
  const { output } = await collect(python, ['-c', question]);
  return `${peer} ${output.trim()}`;
}

async function listens(port: number): Promise<boolean> {
  try {
    (await RawClient.to(port)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return false;
    throw error;
  }
}
