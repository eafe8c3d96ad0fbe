import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process that listens on a port. */
export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

/** Who listens on a TCP port, as far as the system tells this user. */
export async function portHolder(port: number): Promise<PortHolder | undefined> {
  switch (process.platform) {
    case 'linux':
      return fromProc(port);
    case 'win32':
      return fromNetstat(port);
    default:
      return fromLsof(port);
  }
}

/** The inode of the listening socket from /proc/net, then the process that has it open (proc(5)). */
async function fromProc(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(empty)),
  );
  const inode = tables.map((table) => listeningInode(table, port)).find((found) => found !== undefined);
  if (inode === undefined) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of fds) {
      const link = await readlink(`/proc/${pid}/fd/${fd}`).catch(empty);
      if (link !== `socket:[${inode}]`) continue;
      return { pid: Number(pid), name: (await readFile(`/proc/${pid}/comm`, 'utf8').catch(empty)).trim() };
    }
  }
  return undefined;
}

/** The inode of a socket in state LISTEN (0A) on the port, in the text of /proc/net/tcp. */
export function listeningInode(table: string, port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(suffix) && fields[3] === '0A') return fields[9];
  }
  return undefined;
}

async function fromLsof(port: number): Promise<PortHolder | undefined> {
  const text = await output('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)$/m.exec(text)?.[1];
  const name = /^c(.+)$/m.exec(text)?.[1];
  return pid === undefined ? undefined : { pid: Number(pid), name: name ?? 'a program' };
}

async function fromNetstat(port: number): Promise<PortHolder | undefined> {
  const table = await output('netstat', ['-ano', '-p', 'TCP']);
  const pid = new RegExp(`:${port}\\s+\\S+\\s+LISTENING\\s+(\\d+)`).exec(table)?.[1];
  if (pid === undefined) return undefined;
  const task = await output('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
  return { pid: Number(pid), name: /^"([^"]+)"/.exec(task.trim())?.[1] ?? 'a program' };
}

/** What a system tool prints; empty where it is missing or fails: then nobody can be named. */
async function output(command: string, args: readonly string[]): Promise<string> {
  return promisify(execFile)(command, args, { timeout: 3000, windowsHide: true }).then(({ stdout }) => stdout, empty);
}

function empty(): string {
  return '';
}
