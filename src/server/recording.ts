import { open, type FileHandle } from 'node:fs/promises';
import { version } from '../../package.json';
import type { ConnectionRow, ExchangeRow } from '../core/trace/columns';
import type { ExchangeDetail } from '../core/trace/detail';
import { harConnection, harEntry } from '../core/trace/har';
import type { KernelView } from '../core/trace/kernelView';
import { KernelRecord } from './kernelRecord';
import type { Verdict } from '../core/trace/verdict';

/** What a recording says of the server that it is from. */
export interface RecordingMeta {
  /** Wall-clock time of the trace's zero, ms since 1970. */
  readonly clockOriginUnixMs: number;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly backlog: number;
    readonly concurrency: string;
    readonly slots: number;
  };
}

/**
 * A trace that goes to a HAR file while it happens.
 *
 * The file is valid JSON after every write: each write puts the entries that came since the last one over the file's
 * tail (what closes the brackets), and a new tail after them. So a process that is killed leaves a recording with every
 * entry but those of the last moments; only its list of connections is missing, which `finish` writes.
 *
 * Memory stays bounded: entries wait for the disk in at most `mostWaiting` characters, connections (about 200 bytes
 * each) up to `mostConnections`. What is left out beyond that is counted, and the file says so.
 */
export class Recording {
  #file: FileHandle | undefined;
  readonly #name: string;
  readonly #meta: RecordingMeta;
  #waiting: string[] = [];
  #waitingLength = 0;
  #connections: Buffer[] = [];
  #newConnections: string[] = [];
  #connectionCount = 0;
  #entryCount = 0;
  readonly #kernel = new KernelRecord();
  #leftOut = { entries: 0, connections: 0 };
  /** Where the tail begins. */
  #position = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** A write is under way, or the file is not open yet. */
  #busy = true;
  /** Why nothing is written any more. */
  #problem: Error | undefined;
  #finished = false;

  /** It takes what happens from now on, and writes it once `open` has made the file. */
  constructor(name: string, meta: RecordingMeta) {
    this.#name = name;
    this.#meta = meta;
  }

  /**
   * Creates the file, or empties it.
   *
   * @throws {Error} where the file cannot be written; the message says which, and why
   */
  async open(): Promise<void> {
    try {
      this.#file = await open(this.#name, 'w');
      await this.#write(head);
    } catch (error) {
      this.#problem = unwritable(this.#name, error);
      await this.#file?.close();
      throw this.#problem;
    }
    this.#busy = false;
    this.#flush();
  }

  /**
   * Takes an exchange of which nothing will change any more: its successor on the connection has started, or the
   * connection has closed, in which case the close is its last phase.
   *
   * @param text reads an interned string
   * @param judge says where its time went
   */
  exchange(
    row: ExchangeRow,
    connection: ConnectionRow,
    text: (id: number) => string,
    detail: ExchangeDetail | undefined,
    judge: () => Verdict | undefined = () => undefined,
  ): void {
    if (this.#finished || this.#problem) return;
    if (this.#waitingLength > mostWaiting) {
      this.#leftOut.entries++;
      return;
    }
    const last = !Number.isNaN(connection.closed);
    const entry = JSON.stringify(
      harEntry({
        exchange: row,
        connection,
        detail,
        verdict: judge(),
        last,
        text,
        isoTime: (ms) => this.#isoTime(ms),
      }),
    );
    this.#waiting.push(this.#entryCount++ === 0 ? `\n${entry}` : `,\n${entry}`);
    this.#waitingLength += entry.length;
    if (this.#waitingLength >= writeSize) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), longestWaitMs);
  }

  /** Takes a connection that has closed, or that is still open at the end. */
  connection(row: ConnectionRow, text: (id: number) => string): void {
    if (this.#finished || this.#problem) return;
    if (this.#connectionCount >= mostConnections) {
      this.#leftOut.connections++;
      return;
    }
    const separator = this.#connectionCount++ === 0 ? '\n' : ',\n';
    this.#newConnections.push(separator + JSON.stringify(harConnection(row, text)));
    if (this.#newConnections.length >= 256) this.#packConnections();
  }

  /** Takes what the kernel told of the connections. */
  kernel(view: KernelView): void {
    this.#kernel.add(view);
  }

  /**
   * Writes what is left and closes the file.
   *
   * @throws {Error} where the recording is not whole because it could not be written
   */
  async finish(): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#timer);
    await this.#writing;
    try {
      if (this.#problem) throw this.#problem;
      const entries = this.#waiting.join('');
      this.#waiting = [];
      this.#packConnections();
      const [before, after] = this.#tail();
      const kernel = this.#kernel.finish();
      const told = kernel ? [Buffer.from('],"kernel":'), ...kernel, Buffer.from(after.slice(1))] : [Buffer.from(after)];
      await this.#write(Buffer.concat([Buffer.from(entries + before), ...this.#connections, ...told]), '');
    } catch (error) {
      throw this.#problem ?? unwritable(this.#name, error);
    } finally {
      await this.#file?.close();
    }
  }

  /** What closes the file, before and after the list of connections. */
  #tail(): [string, string] {
    const { clockOriginUnixMs, server } = this.#meta;
    const lifeline = JSON.stringify({ version: 1, clockOriginUnixMs, server });
    const { entries, connections } = this.#leftOut;
    const comment = `${entries} requests and ${connections} connections were left out: they came faster than they could be kept.`;
    const remark = entries + connections > 0 ? `"comment":${JSON.stringify(comment)},` : '';
    return [`\n],${remark}"_lifeline":${lifeline.slice(0, -1)},"connections":[`, `]}}}\n`];
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    const entries = this.#waiting.join('');
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#writing = this.#write(entries).then(
      () => {
        this.#busy = false;
        if (!this.#finished) this.#flush();
      },
      (error: unknown) => {
        this.#problem = unwritable(this.#name, error);
        this.#waiting = [];
      },
    );
  }

  /** Writes at the end of what is there, and a tail after it that the next write goes over. */
  async #write(content: string | Buffer, tail = this.#tail().join('')): Promise<void> {
    const file = this.#file;
    if (!file) throw new Error('it is not open');
    const bytes = Buffer.from(content);
    const all = Buffer.concat([bytes, Buffer.from(tail)]);
    for (let done = 0; done < all.length;) {
      const { bytesWritten } = await file.write(all, done, all.length - done, this.#position + done);
      done += bytesWritten;
    }
    this.#position += bytes.length;
  }

  #packConnections(): void {
    if (this.#newConnections.length > 0) this.#connections.push(Buffer.from(this.#newConnections.join('')));
    this.#newConnections = [];
  }

  #isoTime(ms: number): string {
    return new Date(this.#meta.clockOriginUnixMs + ms).toISOString();
  }
}

const creator = JSON.stringify({ name: 'Request Lifeline', version });
const head = `{"log":{"version":"1.2","creator":${creator},"pages":[],"entries":[`;

const writeSize = 64 * 1024;
const longestWaitMs = 200;
const mostWaiting = 32 * 1024 * 1024;
const mostConnections = 1_000_000;

function unwritable(name: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`The recording ${name} cannot be written: ${reason}`, { cause });
}
