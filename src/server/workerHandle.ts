import { toWorker } from '../core/wsgi/frames';
import type { CallHandle } from './call';
import type { FrameWriter } from './frameWriter';

/** What an exchange says about its call becomes frames to the worker that runs it. */
export class WorkerHandle implements CallHandle {
  readonly worker: number;
  readonly #call: number;
  readonly #writer: FrameWriter;
  readonly #sent: () => void;
  readonly #nudge: () => void;

  constructor(worker: number, call: number, writer: FrameWriter, sent: () => void, nudge: () => void) {
    this.worker = worker;
    this.#call = call;
    this.#writer = writer;
    this.#sent = sent;
    this.#nudge = nudge;
  }

  body(block: Uint8Array): void {
    this.#writer.bytes(toWorker.body, this.#call, block);
    this.#sent();
  }

  bodyEnd(): void {
    this.#writer.empty(toWorker.bodyEnd, this.#call);
    this.#sent();
  }

  credit(bytes: number): void {
    this.#writer.u32(toWorker.credit, this.#call, bytes);
    this.#sent();
  }

  abort(): void {
    this.#writer.u8(toWorker.abort, this.#call, 1);
    this.#nudge(); // it may be the app's only thread that is to stop, and nobody reads
  }
}
