import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { defaultLimits } from '../../src/core/http/limits';
import { outcomes, type ConnectionRow, type ExchangeRow, type Outcome } from '../../src/core/trace/columns';
import type { Batch } from '../../src/core/trace/batch';
import type { ExchangeDetail } from '../../src/core/trace/detail';
import type { PhaseName } from '../../src/core/trace/phases';
import { spansOf } from '../../src/core/trace/spans';
import { TraceStore } from '../../src/core/trace/traceStore';
import type { ServerFunctions, ServerLog, ServerOptions, WorkerState } from '../../src/server/protocol';
import { ServerHandle } from '../../src/server/serverHandle';

export const appsFolder = join(import.meta.dirname, '..', 'apps');
export const examplesFolder = join(import.meta.dirname, '..', '..', 'examples');
const threadFile = join(import.meta.dirname, '..', '..', 'dist', 'serverThread.js');

/** A real server on its thread, and everything that it tells its owner. */
export class TestServer {
  readonly trace = new TraceStore(200_000);
  readonly logs: ServerLog[] = [];
  /** Called with each batch, when the trace has it. */
  onBatch: (batch: Batch) => void = () => undefined;
  readonly #handle: ServerHandle;
  #worker: WorkerState = { status: 'stopped' };
  #clockError = 0;
  port = 0;

  /**
   * @param app "sleeps.py" or the like; the folder is `test/apps` unless `options` say otherwise
   * @param thread the entry of the server thread
   */
  static async start(app: string, options: Partial<ServerOptions> = {}, thread = threadFile): Promise<TestServer> {
    const server = new TestServer(thread);
    try {
      await server.begin(app, options);
    } catch (error) {
      await server.#handle.terminate();
      throw error;
    }
    return server;
  }

  private constructor(thread: string) {
    this.#handle = ServerHandle.spawn(thread, {
      batch: (batch) => {
        this.trace.append(batch);
        this.onBatch(batch);
      },
      worker: (state) => {
        this.#worker = state;
        this.#clockError = Math.max(this.#clockError, state.clockError ?? 0);
      },
      log: (line) => this.logs.push(line),
    });
  }

  async begin(app: string, options: Partial<ServerOptions> = {}): Promise<void> {
    const started = await this.functions.start({ ...optionsFor(app), ...options });
    this.port = started.port;
  }

  get functions(): ServerFunctions {
    return this.#handle.functions;
  }

  get worker(): WorkerState {
    return this.#worker;
  }

  /** The largest error that the worker's clock was told to have against the server's, in ms. */
  get clockError(): number {
    return this.#clockError;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @param pathAndQuery begins with "/" */
  fetch(pathAndQuery: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + pathAndQuery, { signal: AbortSignal.timeout(15_000), ...init });
  }

  /** The body of a response that must be 200. */
  async text(pathAndQuery: string, init: RequestInit = {}): Promise<string> {
    const response = await this.fetch(pathAndQuery, init);
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return text;
  }

  exchange(id: number): ExchangeRow {
    const row = this.trace.exchange(id);
    assert.ok(row, `exchange ${id} is in the trace`);
    return row;
  }

  connection(id: number): ConnectionRow {
    const row = this.trace.connection(id);
    assert.ok(row, `connection ${id} is in the trace`);
    return row;
  }

  outcome(id: number): Outcome {
    return outcomes[this.exchange(id).outcome] ?? 'in progress';
  }

  target(id: number): string {
    return this.trace.text(this.exchange(id).target);
  }

  /** The exchange of the given target, once it has ended (or as soon as it is there). */
  async ended(target: string): Promise<ExchangeRow> {
    return this.found(target, (row) => !Number.isNaN(row.end));
  }

  async found(target: string, matches: (row: ExchangeRow) => boolean): Promise<ExchangeRow> {
    return eventually(`an exchange for ${target}`, () => {
      for (let id = this.trace.exchanges.first; id <= this.trace.exchanges.last; id++) {
        if (this.target(id) === target && matches(this.exchange(id))) return this.exchange(id);
      }
      return undefined;
    });
  }

  /** Start and duration of a phase, in ms. */
  phase(id: number, name: PhaseName): { start: number; duration: number } {
    const row = this.exchange(id);
    const span = spansOf(row, this.connection(row.connection), this.trace.now, true).find(
      ({ phase }) => phase === name,
    );
    assert.ok(span, `exchange ${id} has the phase ${name}`);
    return span;
  }

  async detail(id: number): Promise<ExchangeDetail> {
    const detail = await this.functions.detail(id);
    assert.ok(detail, `the detail of exchange ${id} is kept`);
    return detail;
  }

  async end(): Promise<void> {
    await this.functions.stop(0);
    await this.#handle.terminate();
  }
}

/** Waits, within bounds that only a defect exceeds, until something is there. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 1000; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(10);
  }
  throw new Error(`waited in vain for ${what}`);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A client that says exactly what it is told to. */
export class RawClient {
  readonly socket: Socket;
  localPort = 0;
  received = '';
  ended = false;
  reset = false;

  static async to(port: number): Promise<RawClient> {
    const client = new RawClient(port);
    await new Promise<void>((resolve, reject) => {
      client.socket.once('connect', () => resolve());
      client.socket.once('error', reject);
    });
    client.localPort = client.socket.localPort ?? 0;
    return client;
  }

  private constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.socket.on('data', (bytes) => (this.received += bytes.toString('latin1')));
    this.socket.on('end', () => (this.ended = true));
    this.socket.on('error', () => (this.reset = true));
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** The text received so far, once it matches. */
  async receives(pattern: RegExp): Promise<string> {
    return eventually(`${String(pattern)} in ${JSON.stringify(this.received)}`, () =>
      pattern.test(this.received) ? this.received : undefined,
    );
  }

  /** Everything received, once the server has closed. */
  async rest(): Promise<string> {
    return eventually('the end of the connection', () => (this.ended || this.reset ? this.received : undefined));
  }

  close(): void {
    this.socket.destroy();
  }

  /** Closes with an RST. */
  abort(): void {
    this.socket.resetAndDestroy();
  }
}

/** What a server of an app of the tests is started with, unless a test says otherwise. */
export function optionsFor(app: string): ServerOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    backlog: 128,
    concurrency: 'threads',
    slots: 4,
    app: { spec: app, folder: appsFolder },
    python: process.env['LIFELINE_TEST_PYTHON'] ?? 'python3',
    env: {},
    limits: defaultLimits,
    trace: true,
    clockOriginUnixMs: performance.timeOrigin,
  };
}
