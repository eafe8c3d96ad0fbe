import type { Batch } from '../core/trace/batch';
import { TraceStore } from '../core/trace/traceStore';
import { KernelWatch, type Watched } from '../server/kernelWatch';
import type { ServerFunctions } from '../server/protocol';

/** While a recording runs, has the kernel's tables read, and what they tell written into it. */
export class KernelRecorder {
  /** Of the trace, only the newest connections matter. */
  readonly #trace = new TraceStore(mostConnections);
  #watch: KernelWatch | undefined;

  append(batch: Batch): void {
    this.#trace.append({ ...batch, exchanges: none });
    this.#watch?.append(batch);
  }

  start(server: Omit<Watched, 'trace' | 'pulse'>, functions: ServerFunctions): void {
    const watched = { ...server, trace: () => this.#trace, pulse: () => functions.pulse(), rests: true };
    this.#watch = new KernelWatch(watched, (view) => {
      this.#trace.look(view);
      functions.kernel(view).catch(() => this.stop()); // the thread has gone, and with it the recording
    });
  }

  stop(): void {
    this.#watch?.stop();
  }
}

const mostConnections = 8192;
const none = new Float64Array(0);
