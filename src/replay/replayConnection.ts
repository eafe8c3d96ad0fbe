import { connect, type Socket } from 'node:net';
import { HttpError } from '../core/http/httpError';
import { ResponseReader, type ResponseEnd } from '../core/http/responseReader';
import { latin1 } from '../server/latin1';
import type { PlannedRequest } from './plan';

/** Where the server listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** One connection of a client that sends what was sent before, and reads the answers away. */
export class ReplayConnection {
  readonly localPort: number;
  readonly #socket: Socket;
  readonly #signal: AbortSignal;
  readonly #reader = new ResponseReader(latin1);
  #usable = true;
  #waiting: ((end: ResponseEnd | undefined) => void) | undefined;
  readonly #abort = (): void => void this.#socket.destroy();

  /** Undefined where no connection could be made. */
  static open(target: Target, signal: AbortSignal): Promise<ReplayConnection | undefined> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const socket = connect({ ...target, noDelay: true });
      const aborted = (): void => {
        socket.destroy();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', aborted, { once: true });
      const failed = (): void => {
        signal.removeEventListener('abort', aborted);
        resolve(undefined);
      };
      socket.once('error', failed);
      socket.once('connect', () => {
        signal.removeEventListener('abort', aborted);
        socket.off('error', failed);
        resolve(new ReplayConnection(socket, signal));
      });
    });
  }

  private constructor(socket: Socket, signal: AbortSignal) {
    this.#socket = socket;
    this.#signal = signal;
    this.localPort = socket.localPort ?? 0;
    signal.addEventListener('abort', this.#abort, { once: true });
    socket.on('data', (bytes) => {
      this.#reader.receive(bytes);
      this.#read();
    });
    socket.on('end', () => {
      this.#usable = false;
      this.#reader.receiveEnd();
      this.#read();
    });
    // A reset is followed by the close, which says all that matters here.
    socket.on('error', () => (this.#usable = false));
    socket.on('close', () => this.#gone());
  }

  /** It can carry one more request. */
  get usable(): boolean {
    return this.#usable;
  }

  /**
   * Sends a request and waits for the end of its response; undefined where the connection ended before.
   *
   * @param until waits for the time of a piece
   */
  async exchange(request: PlannedRequest, until: (at: number) => Promise<void>): Promise<ResponseEnd | undefined> {
    const answered = new Promise<ResponseEnd | undefined>((resolve) => {
      this.#reader.expect(request.method);
      this.#waiting = resolve;
    });
    for (const piece of request.pieces) {
      await until(piece.at);
      // The server may have answered, and closed, before it had the whole request.
      if (!this.#usable) break;
      this.#socket.write(piece.bytes);
    }
    if (this.#socket.destroyed) this.#answer(undefined);
    const end = await answered;
    this.#signal.throwIfAborted();
    return end;
  }

  /** Ends it as a client does that has what it wanted. */
  close(): void {
    this.#usable = false;
    this.#socket.end();
    this.#socket.resume();
  }

  #read(): void {
    try {
      const end = this.#reader.next();
      if (end === 'need data') return;
      if (end === 'cut short') this.#answer(undefined);
      else {
        if (!end.keepAlive) this.close();
        this.#answer(end);
      }
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.#socket.destroy(); // what the server says is no HTTP: nothing more can be read from it
    }
  }

  #gone(): void {
    this.#usable = false;
    this.#signal.removeEventListener('abort', this.#abort);
    this.#answer(undefined);
  }

  #answer(end: ResponseEnd | undefined): void {
    this.#waiting?.(end);
    this.#waiting = undefined;
  }
}
