import { createServer } from 'node:net';
import { portHolder } from './portHolder';
import type { StartProblem } from './protocol';

/** Why the server cannot listen, in words that say what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  constructor(readonly problem: StartProblem) {
    super(problem.message);
  }
}

/** Explains an error of `listen`. */
export async function startProblem(error: NodeJS.ErrnoException, host: string, port: number): Promise<ListenError> {
  switch (error.code) {
    case 'EADDRINUSE': {
      const [holder, freePort] = await Promise.all([portHolder(port), nextFreePort(host, port)]);
      const who = holder ? `${holder.name} (process ${holder.pid})` : 'another program';
      const use = freePort === undefined ? 'choose another port' : `use port ${freePort}, which is free`;
      const message = `Port ${port} on ${host} is taken by ${who}. Stop it, or ${use} (lifeline.port).`;
      return new ListenError({ code: 'port-taken', message, ...(freePort !== undefined && { freePort }) });
    }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND': {
      const message = `This machine has no address ${host}. Set lifeline.host to one that it has, as 127.0.0.1.`;
      return new ListenError({ code: 'address-not-available', message });
    }
    case 'EACCES': {
      const message = `Port ${port} may not be used without more rights. Set lifeline.port to one above 1023.`;
      return new ListenError({ code: 'permission-denied', message });
    }
    default:
      return new ListenError({
        code: 'cannot-listen',
        message: `The server cannot listen on ${host}:${port}: ${error.message}.`,
      });
  }
}

/** The first of the ports after `port` that can be bound; undefined where none of the next hundred can. */
async function nextFreePort(host: string, port: number): Promise<number | undefined> {
  for (let candidate = port + 1; candidate <= Math.min(port + 100, 65_535); candidate++) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen({ host, port: candidate }, () => probe.close(() => resolve(true)));
    });
    if (free) return candidate;
  }
  return undefined;
}
