import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServerOptions, WorkerState } from '../../src/server/protocol';
import type { FromHost, HostUsage, ToHost, TracedConnections } from './serverHost';
import { optionsFor } from './servers';

/** A real server in a process of its own, whose memory and descriptors are its own too. */
export class ServerProcess {
  readonly #child: ChildProcess;
  #waiting: ((answer: FromHost) => void)[] = [];
  port = 0;
  worker: WorkerState = { status: 'stopped' };

  /**
   * @param app a file of `test/apps`
   * @param capacity most requests that its trace keeps
   */
  static async start(app: string, options: Partial<ServerOptions> = {}, capacity = 100_000): Promise<ServerProcess> {
    const server = new ServerProcess();
    const { port = 0 } = await server.#ask({
      capacity,
      start: { ...optionsFor(app), backlog: 2048, ...options },
    });
    server.port = port;
    return server;
  }

  private constructor() {
    const host = join(import.meta.dirname, 'serverHost.ts');
    this.#child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', host], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced', // JSON has no Infinity
    });
    this.#child.on('message', (message) => this.#hears(message as FromHost));
    this.#child.on('exit', (code) =>
      this.#hears({ problem: `The server's process has ended with ${code ?? 'a signal'}.` }),
    );
  }

  async usage(): Promise<HostUsage> {
    const { usage } = await this.#ask({ ask: 'usage' });
    if (!usage) throw new Error('The server has not told what it uses.');
    return usage;
  }

  async connections(): Promise<TracedConnections> {
    return (await this.#ask({ ask: 'connections' })).connections ?? { accepted: NaN, open: NaN };
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  /** @throws {Error} where the server cannot do it, or has died */
  async #ask(message: ToHost): Promise<FromHost> {
    const answer = await new Promise<FromHost>((resolve) => {
      this.#waiting.push(resolve);
      this.#child.send(message);
    });
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return answer;
  }

  #hears(message: FromHost): void {
    if (message.worker) this.worker = message.worker;
    else this.#waiting.shift()?.(message);
  }
}
