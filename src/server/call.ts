import type { Buffer } from 'node:buffer';
import type { ResponseHead } from '../core/http/responseHead';
import type { Finding, LogLine, Problem } from '../core/trace/detail';

/**
 * One call of the application, as its exchange offers it to the app worker: what to send, and what to do with what
 * comes back. Times are ms on the trace's clock.
 */
export interface Call {
  /** Variables of the environ: name NUL value NUL ... */
  readonly environ: string;
  readonly hasBody: boolean;
  readonly expectsContinue: boolean;
  /** All that it needs is at hand still, or again: as long as no slot has taken it, another worker may have it instead. */
  readonly repeatable: boolean;

  /** The call was handed to a worker; from now on body bytes may be sent. */
  dispatched(handle: CallHandle): void;
  /** It runs for a while already. */
  started(slot: number, at: number): void;
  head(head: ResponseHead, slot: number, appStart: number, startResponse: number): void;
  /** @param block a view: its bytes stay untouched */
  chunk(block: Buffer, at: number, from: 'yield' | 'write()'): void;
  /**
   * @param closeAt when close() was called; NaN where the iterable has none
   * @param readAt when the server thread had read it from the worker
   * @param cpu ms of processor time, or NaN
   */
  end(at: number, closeAt: number, readAt: number, cpu: number): void;
  raised(problem: Problem, slot: number, appStart: number, at: number, readAt: number, cpu: number): void;
  /** The app has consumed so many bytes of the request body (the first time it may be 0: it is about to read). */
  readBody(bytes: number): void;
  log(line: LogLine): void;
  /** The app did something against the rules, or that could be better. */
  finding(finding: Finding): void;
  /** The app is about to open a connection to this server, from a port of this machine. */
  connects(port: number): void;
  /** An aborted call is over. */
  aborted(at: number, readAt: number): void;
  /** No slot had taken it: it is with no worker any more. False where it need not be called any more. */
  returned(): boolean;
  /** It has run for longer than the app may. What still comes of it does not matter. */
  timedOut(): void;
  /** There is no worker for it, or no longer. */
  lost(problem: Problem): void;
}

/** What an exchange may say to the worker that runs its call. */
export interface CallHandle {
  /** Number of the worker, counted from 1. */
  readonly worker: number;
  body(block: Uint8Array): void;
  bodyEnd(): void;
  /** So many bytes of the response have reached the kernel. */
  credit(bytes: number): void;
  /** Nobody waits for the response any more. */
  abort(): void;
}
