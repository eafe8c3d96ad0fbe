import { EventEmitter, type Disposable } from 'vscode';
import type { KernelView } from '../core/trace/kernelView';
import { KernelWatch } from '../server/kernelWatch';
import type { LifelineServer } from './server';

/** Has the kernel's tables read while a timeline shows what they tell, and the server listens; else nobody reads. */
export class KernelFeed implements Disposable {
  readonly onDidLook = (listener: (view: KernelView) => void): Disposable => this.#looked.event(listener);
  readonly #looked = new EventEmitter<KernelView>();
  readonly #server: LifelineServer;
  readonly #subscriptions: Disposable[];
  #shown = false;
  #watch: { readonly address: string; readonly watch: KernelWatch } | undefined;

  constructor(server: LifelineServer) {
    this.#server = server;
    this.#subscriptions = [
      server.onDidChange(() => this.#update()),
      server.onDidAppend((batch) => this.#watch?.watch.append(batch)),
      // Connections may be counted from 1 again.
      server.onDidClear(() => {
        this.#end();
        this.#update();
      }),
    ];
  }

  /** Whether anybody sees it. */
  show(shown: boolean): void {
    this.#shown = shown;
    this.#update();
  }

  dispose(): void {
    this.#end();
    for (const each of this.#subscriptions) each.dispose();
    this.#looked.dispose();
  }

  #update(): void {
    const { listening, options } = this.#server;
    if (!this.#shown || !listening || !options) {
      this.#end();
      return;
    }
    const { host, port } = listening;
    const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    if (this.#watch?.address === address) return;
    this.#end();
    const server = this.#server;
    const watched = {
      address,
      backlog: options.backlog,
      trace: () => server.trace,
      now: () => server.now,
      pulse: () => server.pulse(),
    };
    const watch = new KernelWatch(watched, (view) => {
      server.trace.look(view);
      this.#looked.fire(view);
    });
    this.#watch = { address, watch };
  }

  #end(): void {
    this.#watch?.watch.stop();
    this.#watch = undefined;
  }
}
