import type { Buffer } from 'node:buffer';
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { LogLine, Problem } from '../core/trace/detail';
import { callFlags, fromWorker, streams, toWorker } from '../core/wsgi/frames';
import type { Call } from './call';
import { CallLimit, Outstanding } from './callLimit';
import type { Clock } from './clock';
import { ClockOffset } from './clockOffset';
import {
  assertPayload,
  findingIn,
  headIn,
  identityIn,
  problemIn,
  processorTime,
  type WorkerIdentity,
} from './frameContents';
import { FrameError, FrameReader } from './frameReader';
import { FrameWriter } from './frameWriter';
import { Patience } from './patience';
import { Slots } from './slots';
import { WorkerHandle } from './workerHandle';

export interface AppWorkerOptions {
  readonly number: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Most calls that it runs at a time. */
  readonly slots: number;
  /** Most ms that a call may run; Infinity: as long as it likes. */
  readonly appMs: number;
}

/** A worker that has started. */
export interface ReadyInfo extends WorkerIdentity {
  /** Bound of the error of the worker's clock against ours, in ms. */
  readonly clockError: number;
}

/** What the worker's owner is told. */
export interface AppWorkerEvents {
  /** The app is imported, and the worker's clock is related to ours. */
  ready(info: ReadyInfo): void;
  /** The app could not be imported; `exited` follows. */
  failed(problem: Problem): void;
  /** A call is over: there may be room for another. */
  roomier(): void;
  /** The call has run for longer than it may. It goes on, and holds its slot. */
  overdue(call: Call): void;
  /** The call was asked back, and no slot had taken it. */
  returned(call: Call): void;
  clockKnown(errorMs: number): void;
  /** What the process wrote outside any call. */
  output(line: LogLine): void;
  /** The process is gone, or never came to be (`error`). Its calls are lost: they are told by the owner. */
  exited(how: { code: number | null; signal: NodeJS.Signals | null; error?: Error }, lost: readonly Call[]): void;
}

/**
 * One process that runs the user's application.
 *
 * Frames to it are gathered for one event-loop turn and written as one block. Its reading thread runs calls itself,
 * one after another; when none has ended for a moment while some have not begun, a nudge wakes its other threads. The
 * worker answers a nudge by telling which calls run, so no timer goes on while all calls, or all slots, are known to run.
 */
export class AppWorker {
  readonly #options: AppWorkerOptions;
  readonly #events: AppWorkerEvents;
  readonly #now: Clock;
  readonly #process: ChildProcess;
  readonly #stdin: Writable | null;
  readonly #nudgePipe: Writable | null;
  readonly #writer = new FrameWriter();
  readonly #calls = new Slots<Outstanding>();
  readonly #limit: CallLimit;
  /** Calls sent so far. */
  #turns = 0;
  /** How many of those outstanding are known to run. */
  #running = 0;
  readonly #offset: ClockOffset;
  #readyInfo: WorkerIdentity | undefined;
  #readAt = 0;
  #flushing = false;
  #ended = 0;
  readonly #patience: Patience;
  #exited = false;
  /** Its last frame is being read, or was right. */
  #lastOver: Call | undefined;
  readonly #gone: Promise<void>;
  #tellGone: () => void = () => undefined;
  readonly #onSent = (): void => this.#sent();
  readonly #nudge = (): void => {
    this.#flush();
    this.#nudgePipe?.write(oneByte);
  };
  readonly #flush = (): void => {
    this.#flushing = false;
    if (this.#writer.pending) this.#stdin?.write(this.#writer.take());
  };

  constructor(options: AppWorkerOptions, now: Clock, events: AppWorkerEvents) {
    this.#gone = new Promise((resolve) => (this.#tellGone = resolve));
    this.#options = options;
    this.#events = events;
    this.#now = now;
    this.#limit = new CallLimit(this.#calls, options.appMs, (outstanding) => this.#overdue(outstanding));
    this.#patience = new Patience({
      due: () => this.#calls.size > this.#running && this.#running < options.slots,
      counts: () => ({ outstanding: this.#calls.size, running: this.#running, ended: this.#ended }),
      silent: (stuck) => this.#limit.look(this.#turns, options.slots - this.#running, stuck),
      nudge: this.#nudge,
    });
    this.#offset = new ClockOffset(now, (at) => {
      this.#writer.f64(toWorker.clock, 0, at);
      this.#flush();
    });
    this.#process = spawn(options.command, options.args, {
      cwd: options.folder,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#stdin = this.#process.stdin;
    this.#nudgePipe = this.#process.stdio[3] as Writable | null;
    const reader = new FrameReader((type, call, bytes, start, end) => this.#frame(type, call, bytes, start, end));
    this.#process.stdout?.on('data', (bytes: Buffer) => {
      this.#readAt = now();
      try {
        reader.receive(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#babbles(error);
      }
    });
    this.#readStderr(this.#process.stderr);
    // A write to a process that has just died fails; its exit is reported by itself.
    const ignore = (): undefined => undefined;
    this.#stdin?.on('error', ignore);
    this.#nudgePipe?.on('error', ignore);
    this.#process.once('error', (error) => this.#leave({ code: null, signal: null, error }));
    this.#process.once('exit', (code, signal) => {
      // What it wrote last is read first; a child of the app that holds the pipes open is not waited for.
      const gone = (): void => this.#leave({ code, signal });
      if (this.#process.stdout?.readableEnded) gone();
      else this.#process.stdout?.once('end', gone);
      setTimeout(gone, lastWordsMs).unref();
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Calls sent and not over. */
  get outstanding(): number {
    return this.#calls.size;
  }

  /** Calls that have ended since it began. */
  get ended(): number {
    return this.#ended;
  }

  /** No call has ended for a while although some are outstanding: further ones had better wait outside. */
  get stuck(): boolean {
    return this.#patience.stuck;
  }

  /** Waiting for its calls leads nowhere: all have taken too long, or those that have hold all its slots. */
  get hopeless(): boolean {
    const { overdue } = this.#limit;
    return overdue >= this.#options.slots || overdue >= this.#calls.size;
  }

  send(call: Call): void {
    const id = this.#calls.add(new Outstanding(call, ++this.#turns, this.#limit));
    const flags = (call.hasBody ? callFlags.body : 0) | (call.expectsContinue ? callFlags.expectsContinue : 0);
    this.#writer.text(toWorker.call, id, flags, call.environ);
    this.#sent();
    call.dispatched(new WorkerHandle(this.#options.number, id, this.#writer, this.#onSent, this.#nudge));
    this.#offset.refresh();
  }

  /** Asks for the calls back that no slot has taken yet. */
  recall(): void {
    // The last one first: so each comes back before those that were sent after it.
    const waiting = this.#calls.entries().filter(([, outstanding]) => outstanding.mayReturn);
    waiting.sort(([, a], [, b]) => b.turn - a.turn);
    for (const [id, outstanding] of waiting) {
      outstanding.recalled = true;
      this.#writer.empty(toWorker.recall, id);
    }
    if (waiting.length > 0) this.#nudge();
  }

  /** Ends the process: it leaves when its input ends; `kill` follows where it does not within `graceMs`. */
  async end(graceMs: number): Promise<void> {
    if (this.#exited) return;
    this.#stdin?.end();
    this.#nudgePipe?.end(); // while all its slots are busy, it is this end that it hears
    const kill = setTimeout(() => this.#process.kill('SIGKILL'), graceMs);
    await this.#gone;
    clearTimeout(kill);
  }

  /** All frames of one event-loop turn leave together, after the sockets that are ready now have been read. */
  #sent(): void {
    if (!this.#flushing) {
      this.#flushing = true;
      setImmediate(this.#flush);
    }
    this.#patience.watch();
  }

  #frame(type: number, id: number, bytes: Buffer, start: number, end: number): void {
    const time = (at: number): number => this.#time(bytes, at);
    assertPayload(type, end - start);
    if (id === 0) {
      this.#ownFrame(type, bytes, start, end);
      return;
    }
    const outstanding = this.#calls.get(id);
    if (!outstanding) return; // over already: lost, or ended by abort
    const { call } = outstanding;
    switch (type) {
      case fromWorker.started: {
        const began = time(start + 1);
        this.#runs(outstanding, began);
        call.started(bytes.readUInt8(start), began);
        break;
      }
      case fromWorker.head:
        this.#runs(outstanding, time(start + 4));
        this.#head(call, bytes, start, end);
        break;
      case fromWorker.chunk:
        call.chunk(bytes.subarray(start + 9, end), time(start), bytes[start + 8] === 1 ? 'write()' : 'yield');
        break;
      case fromWorker.end:
        this.#over(id);
        call.end(time(start), time(start + 8), this.#readAt, processorTime(bytes, start + 16));
        break;
      case fromWorker.reply: {
        const block = start + 28 + bytes.readUInt32LE(start + 24);
        if (block > end) throw new FrameError('of a head that is longer than the frame');
        this.#over(id);
        this.#head(call, bytes, start + 28, block);
        if (block < end) call.chunk(bytes.subarray(block, end), time(start + 8), 'yield');
        call.end(time(start), NaN, this.#readAt, processorTime(bytes, start + 16));
        break;
      }
      case fromWorker.raised:
        this.#over(id);
        call.raised(
          problemIn(bytes, start + 25, end),
          bytes.readUInt8(start),
          time(start + 1),
          time(start + 9),
          this.#readAt,
          processorTime(bytes, start + 17),
        );
        break;
      case fromWorker.readBody:
        call.readBody(bytes.readUInt32LE(start));
        break;
      case fromWorker.log:
        call.log(this.#logLine(bytes, start, end));
        break;
      case fromWorker.finding:
        call.finding({ at: time(start), ...findingIn(bytes, start + 8, end) });
        break;
      case fromWorker.connects:
        call.connects(bytes.readUInt16LE(start));
        break;
      case fromWorker.aborted:
        this.#over(id);
        if (outstanding.recalled) this.#events.returned(call);
        else call.aborted(time(start), this.#readAt);
        break;
      default:
        throw new FrameError(`of type ${type}`);
    }
  }

  /** Frames of the worker itself. */
  #ownFrame(type: number, bytes: Buffer, start: number, end: number): void {
    switch (type) {
      case fromWorker.ready: {
        // No call goes out before the clocks are related: their difference must not move during a call.
        this.#readyInfo = identityIn(bytes, start, end);
        this.#offset.refresh();
        break;
      }
      case fromWorker.failed:
        this.#events.failed(problemIn(bytes, start, end));
        break;
      case fromWorker.clock:
        this.#offset.answered(bytes.readDoubleLE(start), bytes.readDoubleLE(start + 8), bytes.readDoubleLE(start + 16));
        this.#clockAnswered();
        break;
      case fromWorker.log:
        this.#events.output(this.#logLine(bytes, start, end));
        break;
      default:
        throw new FrameError(`of type ${type} without a call`);
    }
  }

  #clockAnswered(): void {
    if (this.#offset.asking) return;
    const info = this.#readyInfo;
    this.#readyInfo = undefined;
    if (info) this.#events.ready({ ...info, clockError: this.#offset.error });
    else this.#events.clockKnown(this.#offset.error);
  }

  #head(call: Call, bytes: Buffer, start: number, end: number): void {
    const head = headIn(bytes, start, end);
    call.head(head, bytes.readUInt8(start), this.#time(bytes, start + 4), this.#time(bytes, start + 12));
  }

  #logLine(bytes: Buffer, start: number, end: number): LogLine {
    return {
      at: this.#time(bytes, start),
      stream: streams[bytes.readUInt8(start + 8)] ?? 'stderr',
      text: bytes.toString('utf8', start + 9, end),
    };
  }

  /** An instant that the worker stamped. It lies before the reading of its frame, whatever the clocks' error says. */
  #time(bytes: Buffer, at: number): number {
    return Math.min(this.#offset.toTrace(bytes.readDoubleLE(at)), this.#readAt);
  }

  #runs(outstanding: Outstanding, began: number): void {
    if (outstanding.runs) return;
    this.#running++;
    outstanding.runs = true;
    outstanding.recalled = false;
    this.#limit.begun(outstanding, this.#now() - began);
  }

  #overdue(outstanding: Outstanding): void {
    const { runs, call } = outstanding;
    if (!runs) call.started(0, this.#now() - this.#options.appMs); // nobody knows its slot
    this.#events.overdue(call);
  }

  #over(id: number): void {
    const outstanding = this.#calls.get(id);
    if (!outstanding) return;
    if (outstanding.runs) this.#running--;
    this.#lastOver = outstanding.call;
    this.#calls.delete(id);
    this.#limit.over(outstanding);
    this.#ended++;
    this.#patience.progress();
    this.#patience.watch();
    this.#events.roomier();
  }

  /** What C code and child processes of the app write to file descriptor 2 belongs to no call. */
  #readStderr(stderr: Readable | null): void {
    stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#events.output({ at: this.#now(), stream: 'stderr', text });
    });
  }

  /** What it sends makes no sense any more: the app has written into our pipe, say, or sent a head of many megabytes. */
  #babbles(error: FrameError): void {
    this.#process.stdout?.removeAllListeners('data').resume();
    this.#lastOver?.lost({ fault: 'server', code: 'worker-lost', message: `The app worker sent ${error.message}.` });
    this.#events.output({ at: this.#now(), stream: 'stderr', text: `The app worker sent ${error.message}.\n` });
    this.#process.kill('SIGKILL');
  }

  #leave(how: { code: number | null; signal: NodeJS.Signals | null; error?: Error }): void {
    if (this.#exited) return;
    this.#exited = true;
    this.#patience.stop();
    this.#limit.stop();
    const lost = this.#calls.take().map(({ call }) => call);
    this.#events.exited(how, lost);
    this.#tellGone();
  }
}

const lastWordsMs = 300;
const oneByte = new Uint8Array(1);
