/**
 * Drives the real Python worker over its real pipes, frame by frame: what the server does, without a socket.
 *
 * Every frame that the worker sends is decoded by the layouts that `frames.ts` describes, and kept.
 */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { callFlags, fromWorker, headerSize, streams, toWorker, type ToWorkerType } from '../../src/core/wsgi/frames';

export const python = process.env['LIFELINE_TEST_PYTHON'] ?? 'python3';
export const apps = join(import.meta.dirname, '..', 'apps');
const bridge = join(import.meta.dirname, '..', '..', 'src', 'workers', 'python', 'lifeline_bridge', '__main__.py');

export interface Head {
  readonly slot: number;
  readonly flags: number;
  readonly status: number;
  readonly began: number;
  readonly responded: number;
  /** -1 where there is none. */
  readonly contentLength: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
}

export interface WorkerProblem {
  readonly code: string;
  readonly message: string;
  readonly traceback: string;
  readonly missingModule?: string;
}

export interface WorkerFinding {
  readonly level: string;
  readonly code: string;
  readonly message: string;
  readonly reference: string;
}

export type Frame =
  | { readonly type: 'ready'; readonly pid: number; readonly python: string; readonly app: string }
  | ({ readonly type: 'failed' } & WorkerProblem)
  | { readonly type: 'clock'; readonly server: number; readonly read: number; readonly answered: number }
  | { readonly type: 'started'; readonly slot: number; readonly began: number }
  | ({ readonly type: 'head' } & Head)
  | { readonly type: 'chunk'; readonly yielded: number; readonly written: boolean; readonly block: Buffer }
  | { readonly type: 'end'; readonly ended: number; readonly closing: number; readonly cpu: number }
  | {
      readonly type: 'reply';
      readonly ended: number;
      readonly yielded: number;
      readonly cpu: number;
      readonly head: Head;
      readonly block: Buffer;
    }
  | ({
      readonly type: 'raised';
      readonly slot: number;
      readonly began: number;
      readonly ended: number;
      readonly cpu: number;
    } & WorkerProblem)
  | { readonly type: 'readBody'; readonly consumed: number }
  | { readonly type: 'log'; readonly when: number; readonly stream: string; readonly text: string }
  | { readonly type: 'aborted'; readonly ended: number }
  | ({ readonly type: 'finding'; readonly when: number } & WorkerFinding)
  | { readonly type: 'connects'; readonly port: number };
export type FrameType = Frame['type'];
export type FrameOf<T extends FrameType> = Extract<Frame, { type: T }>;

export interface CallOptions {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  /** More variables of the environ. */
  readonly environ?: Readonly<Record<string, string>>;
  /** A whole body, sent with the call; or null, where the test sends it afterwards. */
  readonly body?: string | Buffer | null;
  readonly expectsContinue?: boolean;
}

export interface StartOptions {
  readonly folder?: string;
  readonly slots?: number;
  /** How many workers there are, this one included. */
  readonly processes?: number;
  readonly python?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** One call and every frame that the worker has sent for it. */
export class WorkerCall {
  readonly frames: Frame[] = [];
  constructor(
    private readonly worker: WorkerClient,
    readonly number: number,
  ) {}

  /** Resolves with the frame that ends the call. */
  async over(): Promise<FrameOf<'reply' | 'end' | 'raised' | 'aborted'>> {
    const last = (): Frame | undefined =>
      this.frames.find((frame) => ['reply', 'end', 'raised', 'aborted'].includes(frame.type));
    await this.worker.until(() => last() !== undefined, `the end of call ${this.number}`);
    return last() as FrameOf<'reply' | 'end' | 'raised' | 'aborted'>;
  }

  async first<T extends FrameType>(type: T): Promise<FrameOf<T>> {
    await this.worker.until(() => this.all(type).length > 0, `${type} of call ${this.number}`);
    return this.all(type)[0] as FrameOf<T>;
  }

  all<T extends FrameType>(type: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> => frame.type === type);
  }

  /** Resolves when `isTrue()`, asked again with each frame. */
  async news(isTrue: () => boolean, what: string): Promise<void> {
    await this.worker.until(isTrue, `${what} (call ${this.number})`);
  }

  /** Head and body of a response that must have ended well, whether it came whole or in parts. */
  async response(): Promise<{ head: Head; body: string }> {
    const last = await this.over();
    if (last.type === 'reply') return { head: last.head, body: last.block.toString('latin1') };
    assert.equal(last.type, 'end', JSON.stringify(last));
    return { head: await this.first('head'), body: this.body.toString('latin1') };
  }

  /** How the call failed, which it must. */
  async problem(): Promise<FrameOf<'raised'>> {
    const last = await this.over();
    assert.ok(last.type === 'raised', `the call should have raised: ${JSON.stringify(last)}`);
    return last;
  }

  get body(): Buffer {
    return Buffer.concat(this.all('chunk').map((chunk) => chunk.block));
  }

  get log(): string {
    return this.all('log')
      .map((line) => line.text)
      .join('');
  }

  sendBody(bytes: string | Buffer): void {
    this.worker.send(toWorker.body, this.number, Buffer.from(bytes));
  }

  endBody(): void {
    this.worker.send(toWorker.bodyEnd, this.number);
  }

  abort(unlessStarted = false): void {
    this.worker.send(toWorker.abort, this.number, Buffer.of(unlessStarted ? 1 : 0));
  }

  recall(): void {
    this.worker.send(toWorker.recall, this.number);
  }

  allow(bytes: number): void {
    const payload = Buffer.alloc(4);
    payload.writeUInt32LE(bytes);
    this.worker.send(toWorker.credit, this.number, payload);
  }
}

export class WorkerClient {
  readonly process: ChildProcess;
  /** Frames of call 0. */
  readonly frames: Frame[] = [];
  /** What went to file descriptor 2, past the frames. */
  rawStderr = '';
  /** How many reads delivered frames. */
  reads = 0;
  readonly exited: Promise<number | null>;
  private readonly calls = new Map<number, WorkerCall>();
  private readonly input: Writable;
  private readonly nudges: Writable;
  private rest: Buffer = Buffer.alloc(0);
  private over = false;
  private readonly watchers = new Set<() => void>();

  constructor(app: string, options: StartOptions = {}) {
    const folder = options.folder ?? apps;
    const { slots = 4, processes = 1 } = options;
    const numbers = ['--slots', String(slots), '--processes', String(processes)];
    this.process = spawn(options.python ?? python, [bridge, '--app', app, '--folder', folder, ...numbers], {
      cwd: folder,
      env: { ...process.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    const [input, output, errors, nudges] = this.process.stdio;
    assert.ok(input && output && errors && nudges && 'write' in nudges);
    this.input = input;
    this.nudges = nudges;
    // A test that fails leaves its worker behind: that must not keep this process alive, and ends with it.
    this.process.unref();
    for (const pipe of this.process.stdio) if (pipe instanceof Socket) pipe.unref();
    // A worker that has gone makes the next write fail; the tests look at its exit instead.
    for (const pipe of [input, nudges]) pipe.on('error', () => this.wake());
    output.on('data', (bytes: Buffer) => this.receive(bytes));
    errors.on('data', (bytes: Buffer) => {
      this.rawStderr += bytes.toString();
      this.wake();
    });
    this.exited = once(this.process, 'close').then(([code]) => {
      this.over = true;
      this.wake();
      return code as number | null;
    });
  }

  /** Starts a worker whose app must load. */
  static async start(app: string, options: StartOptions = {}): Promise<WorkerClient> {
    const worker = new WorkerClient(app, options);
    await worker.until(() => worker.frames.some((frame) => frame.type === 'ready' || frame.type === 'failed'), 'ready');
    const failed = worker.frames.find((frame) => frame.type === 'failed');
    assert.equal(failed, undefined, JSON.stringify(failed, undefined, 2));
    return worker;
  }

  /** Starts a worker whose app must not load, and returns why. */
  static async failure(app: string, options: StartOptions = {}): Promise<FrameOf<'failed'>> {
    const worker = new WorkerClient(app, options);
    assert.notEqual(await worker.exited, 0);
    const [failed] = worker.all('failed');
    assert.ok(failed, `no failed frame, but: ${JSON.stringify(worker.frames)} ${worker.rawStderr}`);
    return failed;
  }

  get ready(): FrameOf<'ready'> {
    return this.all('ready')[0] as FrameOf<'ready'>;
  }

  all<T extends FrameType>(type: T): FrameOf<T>[] {
    return this.frames.filter((frame): frame is FrameOf<T> => frame.type === type);
  }

  call(options: CallOptions = {}): WorkerCall {
    const [call] = this.callTogether([options]);
    return call as WorkerCall;
  }

  /** Sends several calls in one write, so that one read of the worker finds them all. */
  callTogether(all: readonly CallOptions[]): WorkerCall[] {
    const parts: Buffer[] = [];
    const calls = all.map((options) => {
      const call = new WorkerCall(this, this.calls.size + 1);
      this.calls.set(call.number, call);
      let flags = options.body === undefined ? 0 : callFlags.body;
      if (options.expectsContinue) flags |= callFlags.expectsContinue;
      const payload = Buffer.concat([Buffer.of(flags), Buffer.from(environText(options), 'latin1')]);
      parts.push(encode(toWorker.call, call.number, payload));
      if (options.body !== undefined && options.body !== null) {
        parts.push(encode(toWorker.body, call.number, Buffer.from(options.body)));
        parts.push(encode(toWorker.bodyEnd, call.number));
      }
      return call;
    });
    this.input.write(Buffer.concat(parts));
    return calls;
  }

  send(type: ToWorkerType, call: number, payload: Uint8Array = Buffer.alloc(0)): void {
    this.input.write(encode(type, call, payload));
  }

  sendRaw(bytes: Uint8Array): void {
    this.input.write(bytes);
  }

  nudge(): void {
    this.nudges.write('.');
  }

  /** Nudges as the server does: again and again while it waits. */
  async nudging<T>(wait: () => Promise<T>): Promise<T> {
    const beat = setInterval(() => this.nudge(), 5);
    try {
      return await wait();
    } finally {
      clearInterval(beat);
    }
  }

  /** What the server does when it stops, or the kernel when the server is killed. */
  closePipes(): void {
    this.input.destroy();
    this.nudges.destroy();
  }

  /** Ends the worker as the server does, and waits for it. */
  async stop(): Promise<void> {
    this.closePipes();
    await this.exited;
  }

  /** Resolves when `isTrue()`, asked again whenever something has arrived. */
  async until(isTrue: () => boolean, what: string, limitMs = 18_000): Promise<void> {
    const start = performance.now();
    while (!isTrue()) {
      if (this.over) throw new Error(`the worker ended before ${what}: ${this.rawStderr}`);
      const left = limitMs - (performance.now() - start);
      if (left <= 0) throw new Error(`no ${what} within ${limitMs} ms; stderr: ${this.rawStderr}`);
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.watchers.delete(done);
          resolve();
        };
        const timer = setTimeout(done, left);
        this.watchers.add(done);
      });
    }
  }

  private wake(): void {
    for (const watcher of [...this.watchers]) watcher();
  }

  private receive(bytes: Buffer): void {
    this.reads += 1;
    let data = Buffer.concat([this.rest, bytes]);
    while (data.length >= headerSize) {
      const stop = headerSize + data.readUInt32LE(0);
      if (data.length < stop) break;
      const number = data.readUInt32LE(5);
      const frame = decode(data.readUInt8(4), data.subarray(headerSize, stop));
      const frames = number === 0 ? this.frames : this.calls.get(number)?.frames;
      assert.ok(frames, `a ${frame.type} frame for call ${number}, which was never made`);
      frames.push(frame);
      data = data.subarray(stop);
    }
    this.rest = Buffer.from(data);
    this.wake();
  }
}

export function encode(type: number, call: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.alloc(headerSize + payload.length);
  frame.writeUInt32LE(payload.length, 0);
  frame.writeUInt8(type, 4);
  frame.writeUInt32LE(call, 5);
  frame.set(payload, headerSize);
  return frame;
}

function environText(options: CallOptions): string {
  const variables: Record<string, string> = {
    REQUEST_METHOD: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    SCRIPT_NAME: '',
    PATH_INFO: options.path ?? '/',
    QUERY_STRING: options.query ?? '',
    SERVER_NAME: '127.0.0.1',
    SERVER_PORT: '8888',
    SERVER_PROTOCOL: 'HTTP/1.1',
    HTTP_HOST: '127.0.0.1:8888',
    ...options.environ,
  };
  if (options.body !== undefined && options.body !== null) {
    variables['CONTENT_LENGTH'] = String(Buffer.byteLength(options.body));
  }
  return Object.entries(variables)
    .flat()
    .map((text) => `${text}\0`)
    .join('');
}

function decode(type: number, payload: Buffer): Frame {
  const json = (from: number): WorkerProblem => JSON.parse(payload.toString('utf8', from)) as WorkerProblem;
  switch (type) {
    case fromWorker.ready: {
      const { pid, python, app } = JSON.parse(payload.toString()) as { pid: number; python: string; app: string };
      return { type: 'ready', pid, python, app };
    }
    case fromWorker.failed:
      return { type: 'failed', ...json(0) };
    case fromWorker.clock:
      return {
        type: 'clock',
        server: payload.readDoubleLE(0),
        read: payload.readDoubleLE(8),
        answered: payload.readDoubleLE(16),
      };
    case fromWorker.started:
      return { type: 'started', slot: payload.readUInt8(0), began: payload.readDoubleLE(1) };
    case fromWorker.head:
      return { type: 'head', ...decodeHead(payload) };
    case fromWorker.chunk:
      return {
        type: 'chunk',
        yielded: payload.readDoubleLE(0),
        written: payload.readUInt8(8) === 1,
        block: Buffer.from(payload.subarray(9)),
      };
    case fromWorker.end:
      return {
        type: 'end',
        ended: payload.readDoubleLE(0),
        closing: payload.readDoubleLE(8),
        cpu: payload.readDoubleLE(16),
      };
    case fromWorker.reply: {
      const stop = 28 + payload.readUInt32LE(24);
      return {
        type: 'reply',
        ended: payload.readDoubleLE(0),
        yielded: payload.readDoubleLE(8),
        cpu: payload.readDoubleLE(16),
        head: decodeHead(payload.subarray(28, stop)),
        block: Buffer.from(payload.subarray(stop)),
      };
    }
    case fromWorker.raised:
      return {
        type: 'raised',
        slot: payload.readUInt8(0),
        began: payload.readDoubleLE(1),
        ended: payload.readDoubleLE(9),
        cpu: payload.readDoubleLE(17),
        ...json(25),
      };
    case fromWorker.readBody:
      return { type: 'readBody', consumed: payload.readUInt32LE(0) };
    case fromWorker.log:
      return {
        type: 'log',
        when: payload.readDoubleLE(0),
        stream: streams[payload.readUInt8(8)] ?? 'unknown stream',
        text: payload.toString('utf8', 9),
      };
    case fromWorker.aborted:
      return { type: 'aborted', ended: payload.readDoubleLE(0) };
    case fromWorker.finding:
      return {
        type: 'finding',
        when: payload.readDoubleLE(0),
        ...(JSON.parse(payload.toString('utf8', 8)) as WorkerFinding),
      };
    case fromWorker.connects:
      return { type: 'connects', port: payload.readUInt16LE(0) };
    default:
      throw new Error(`the worker sent a frame of the unknown type ${type}`);
  }
}

function decodeHead(payload: Buffer): Head {
  const reasonEnd = 30 + payload.readUInt16LE(28);
  const lines = payload.toString('latin1', reasonEnd);
  assert.ok(lines === '' || lines.endsWith('\r\n'), JSON.stringify(lines));
  return {
    slot: payload.readUInt8(0),
    flags: payload.readUInt8(1),
    status: payload.readUInt16LE(2),
    began: payload.readDoubleLE(4),
    responded: payload.readDoubleLE(12),
    contentLength: payload.readDoubleLE(20),
    reason: payload.toString('latin1', 30, reasonEnd),
    headers: lines
      .split('\r\n')
      .slice(0, -1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const),
  };
}
