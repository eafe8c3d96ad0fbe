import type { RequestHead } from '../core/http/requestHead';
import { initialCredit } from '../core/wsgi/frames';
import type { CallHandle } from './call';

/**
 * A request body on its way to the app worker, never further ahead of the app than the credit allows.
 *
 * One that is declared to be small is received whole before the app is called, so that a slow client holds no slot; a
 * larger one, a chunked one, and one whose client waits for 100 Continue reach the app as they arrive.
 */
export class RequestBody {
  /** The app is to be called when the body is complete, not before. */
  readonly comesFirst: boolean;
  #complete = false;
  #continueDue: boolean;
  #credit = initialCredit;
  #waiting: Uint8Array[] = [];
  #handle: CallHandle | undefined;
  #wanted = true;

  constructor({ framing, expectsContinue }: RequestHead) {
    this.#continueDue = expectsContinue;
    if (this.#continueDue) this.#credit = 0;
    this.comesFirst = framing.kind === 'length' && framing.length <= initialCredit && !this.#continueDue;
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** The client waits for 100 Continue. */
  get continueDue(): boolean {
    return this.#continueDue;
  }

  /** More may be received: the app keeps up with it, or nobody wants it. */
  get takesMore(): boolean {
    return this.#credit > 0 || !this.#wanted;
  }

  receive(block: Uint8Array): void {
    this.#credit -= block.length;
    this.#continueDue = false;
    if (!this.#wanted) return;
    if (this.#handle) this.#handle.body(block);
    else this.#waiting.push(block);
  }

  end(): void {
    this.#complete = true;
    if (this.#wanted) this.#handle?.bodyEnd();
  }

  /** The call is with a worker: what has arrived goes there. */
  attach(handle: CallHandle): void {
    this.#handle = handle;
    for (const block of this.#waiting) handle.body(block);
    if (!this.comesFirst) this.#waiting = []; // else the call may come back before it has begun
    if (this.#complete) handle.bodyEnd();
  }

  /** The app has read so many bytes, or is about to begin. True where the client must be told to continue. */
  consumed(bytes: number): boolean {
    const tell = this.#continueDue;
    this.#credit += tell ? initialCredit : bytes;
    this.#continueDue = false;
    return tell;
  }

  /** Nobody reads it any more: what still comes is thrown away. */
  discard(): void {
    this.#wanted = false;
    this.#waiting = [];
  }
}
