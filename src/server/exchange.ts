import type { Buffer } from 'node:buffer';
import { HttpError, refusal } from '../core/http/httpError';
import type { RequestHead } from '../core/http/requestHead';
import type { ResponseHead } from '../core/http/responseHead';
import { closers, exchangeFlags, type Outcome } from '../core/trace/columns';
import type { Finding, LogLine, MarkName, Problem } from '../core/trace/detail';
import { hasNul, requestVariables } from '../core/wsgi/environ';
import { isBelow } from '../core/wsgi/scriptName';
import type { Call, CallHandle } from './call';
import type { Channel } from './channel';
import { ColdData } from './coldData';
import { appTimeout, givenUp, lostStatus, outsideOfApp, problemOf, sendTimeout } from './errorPage';
import { finding, headerDropped, keepFinding } from './findings';
import type { LiveExchange } from './recorder';
import { RequestBody } from './requestBody';
import { Response } from './response';
import type { ServerContext } from './serverContext';
import * as stamps from './stamps';

/**
 * One request and its response, from the first byte of the request until nothing remains to be done: the server's
 * side of a call of the application, and the place where its phases are stamped.
 */
export class Exchange implements Call {
  readonly row: LiveExchange;
  readonly cold: ColdData;
  readonly #server: ServerContext;
  readonly #channel: Channel;
  #head: RequestHead | undefined;
  environ = '';
  /** The body, where there is one. */
  #body: RequestBody | undefined;
  #submitted = false;
  #handle: CallHandle | undefined;
  #callOver = false;
  readonly #response: Response;
  #clientLeft = false;
  #finished = false;

  /** @param start when the first byte arrived */
  constructor(server: ServerContext, channel: Channel, id: number, start: number, first: boolean) {
    this.#server = server;
    this.#channel = channel;
    this.row = server.recorder.exchanges.add();
    this.row.id = id;
    this.row.connection = channel.row.id;
    this.row.start = start;
    this.row.flags = first ? exchangeFlags.first : 0;
    this.cold = new ColdData(id, this.row.room);
    this.#response = new Response(server, channel, this.row, this.cold);
    this.#changed();
  }

  get hasBody(): boolean {
    return this.#body !== undefined;
  }

  get repeatable(): boolean {
    return this.#body?.comesFirst ?? true;
  }

  get expectsContinue(): boolean {
    return this.#body?.continueDue ?? false;
  }

  /** More of the body may be received. */
  get takesBody(): boolean {
    return this.#body?.takesMore ?? true;
  }

  /** The head is there and the body not yet complete. */
  get receivingBody(): boolean {
    return this.#body?.complete === false;
  }

  /** The client said "Connection: close" (or speaks 1.0 and did not say otherwise), and sent no body. */
  get wasAnnouncedLast(): boolean {
    return this.#head?.keepAlive === false && !this.hasBody;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get callOutstanding(): boolean {
    return this.#submitted && !this.#callOver;
  }

  /** Nobody waits for the response any more, as far as one can tell: its client has closed its side at least. */
  get unwanted(): boolean {
    return this.#clientLeft || closers[this.#channel.row.closedBy] === 'client';
  }

  /** "GET /slow" */
  get name(): string {
    return `${this.#head?.method} ${this.#head?.target}`;
  }

  // What arrives from the client.

  received(at: number, bytes: number): void {
    this.row.bytesIn += bytes;
    this.#mark('recv', at, bytes);
    this.row.received = at - this.row.start;
  }

  /** The head is not complete yet. */
  get parsing(): boolean {
    return this.#head === undefined;
  }

  parserRan(began: number, ended: number): void {
    stamps.parserRan(this.row, began, ended);
  }

  parsed(head: RequestHead, at: number): void {
    const { row } = this;
    const server = this.#server;
    this.#head = head;
    row.headEnd = at - row.start;
    this.cold.requestHead = head.text;
    row.method = server.recorder.intern(head.method);
    row.target = server.recorder.intern(head.target);
    if (head.keepAlive) row.flags |= exchangeFlags.keepAlive;
    if (hasNul(head.path)) {
      this.refused(refusal(400, 'nul-in-path', 'The path of the request target holds %00.'));
      return;
    }
    if (head.framing.kind !== 'none') this.#body = new RequestBody(head);
    if (!isBelow(head.path, server.scriptName)) {
      this.#callIsOver();
      this.#fail(404, outsideOfApp(head.path, server.scriptName), 'refused');
      return;
    }
    if (this.#body?.comesFirst) this.#changed();
    else this.#ready(head, at);
  }

  body(block: Uint8Array): void {
    this.#body?.receive(block);
  }

  bodyEnd(): void {
    this.#body?.end();
    if (this.#head && !this.#submitted && !this.#clientLeft && !this.#response.complete)
      this.#ready(this.#head, this.#server.recorder.now());
  }

  /** The request is not what HTTP allows, or came too slowly. */
  refused(error: HttpError): void {
    if (this.#finished) return;
    this.#abortCall();
    this.#channel.http.refuse();
    this.#fail(error.status, problemOf(error), error.code === 'incomplete-request' ? 'client left' : 'refused');
  }

  /** The connection is gone before the kernel had taken the whole response. The app may run on; its response is thrown away. */
  clientLeft(outcome: Outcome = 'client left'): void {
    if (this.#finished || this.#clientLeft) return;
    this.#clientLeft = true;
    this.#body?.discard();
    stamps.setOutcome(this.row, outcome);
    if (this.callOutstanding) {
      this.#server.unattended(this);
      this.#abortCall();
    } else this.#finish();
  }

  /** The client keeps the connection and does not read: the server closes it. */
  unread(client: string): void {
    const problem = sendTimeout(client, this.#server.limits.sendMs);
    this.#server.log('warning', 'server', problem.message);
    this.cold.problem ??= problem;
    this.clientLeft('send timeout');
  }

  // What the app worker says. A call that is to be aborted may speak on for a while after its exchange has finished.

  dispatched(handle: CallHandle): void {
    this.#handle = handle;
    this.row.worker = handle.worker;
    this.#body?.attach(handle);
  }

  started(slot: number, at: number): void {
    if (this.#finished) return;
    stamps.callBegan(this.row, slot, at);
    this.#changed();
  }

  head(head: ResponseHead, slot: number, appStart: number, startResponse: number): void {
    if (this.#finished || this.#response.complete) return;
    const { row } = this;
    stamps.callBegan(row, slot, appStart);
    stamps.responseStarted(row, startResponse);
    this.#mark('start_response', row.start + row.startResponse);
    this.#response.promise(head);
  }

  chunk(block: Buffer, at: number, from: 'yield' | 'write()'): void {
    if (this.#finished) return;
    this.#mark(from, at, block.length);
    if (this.#clientLeft || this.#response.complete) return;
    try {
      this.#response.block(block);
    } catch (error) {
      this.#badHead(error);
    }
    this.#changed();
  }

  end(at: number, closeAt: number, readAt: number, cpu: number): void {
    if (this.#finished) return;
    if (!Number.isNaN(closeAt)) this.#mark('close()', closeAt);
    this.#callEnded(at, readAt, cpu);
    if (this.#clientLeft) {
      this.#finish();
      return;
    }
    if (this.#response.complete) return;
    try {
      if (!this.#response.end()) stamps.setOutcome(this.row, 'app error');
      this.#response.flush();
    } catch (error) {
      this.#badHead(error);
    }
  }

  raised(problem: Problem, slot: number, appStart: number, at: number, readAt: number, cpu: number): void {
    if (this.#finished) return;
    stamps.callBegan(this.row, slot, appStart);
    this.#callEnded(at, readAt, cpu);
    this.#server.log('error', 'server', problem.traceback ?? problem.message);
    this.cold.problem ??= problem;
    if (this.#clientLeft) this.#finish();
    else if (!this.#response.complete) this.#fail(500, problem, 'app error');
  }

  readBody(bytes: number): void {
    if (this.#finished) return;
    // After the head of the response it would stand in the middle of it; the client has then its answer to go by.
    if (this.#body?.consumed(bytes) && !this.#response.begun) {
      this.#mark('100 Continue', this.#server.recorder.now());
      this.#channel.send(this.#channel.http.sendContinue(), undefined, '');
    }
    this.#channel.pump();
  }

  log(line: LogLine): void {
    this.cold.log(line);
    this.#server.log('info', line.stream, line.text);
  }

  finding(finding: Finding): void {
    if (this.#finished) return;
    keepFinding(this.row, this.cold, finding);
    this.#changed();
  }

  connects(port: number): void {
    this.#server.selfCalls.announced(this, port);
  }

  aborted(at: number, readAt: number): void {
    if (this.#finished) return;
    if (!Number.isNaN(this.row.appStart)) this.#callEnded(at, readAt, NaN);
    this.#callIsOver();
    if (this.#clientLeft) this.#finish();
    else if (!this.#response.begun) this.lost(givenUp); // nobody has asked the worker to give it up
  }

  returned(): boolean {
    this.#handle = undefined;
    if (!this.#finished && !this.#clientLeft && !this.#response.complete) return true;
    this.#callIsOver();
    if (this.#clientLeft) this.#finish();
    return false;
  }

  timedOut(): void {
    const server = this.#server;
    const limit = `${server.limits.appMs / 1000} s`;
    const text = `${this.name}: the app call was given up after ${limit} (lifeline.limits.appSeconds), and the app is started anew.`;
    server.recorder.note('error', 'timed out', text);
    server.log('error', 'server', text);
    this.giveUp(504, appTimeout(limit), 'timed out');
  }

  /** Answers without the call, whatever still comes of it. */
  giveUp(status: number, problem: Problem, outcome: Outcome): void {
    this.#abortCall();
    this.#callIsOver();
    if (this.#clientLeft) this.#finish();
    else if (!this.#response.complete) this.#fail(status, problem, outcome);
  }

  lost(problem: Problem): void {
    if (this.#finished) return;
    this.#callIsOver();
    if (this.#clientLeft) this.#finish();
    else if (!this.#response.complete) this.#fail(lostStatus(problem), problem, 'worker lost');
  }

  // What the channel says of the response's bytes.

  sending(at: number, bytes: number): void {
    stamps.sending(this.row, at, bytes, this.#response.begun);
  }

  /** The kernel did not take everything: the client does not read as fast as the app writes. */
  stalled(at: number): void {
    this.#mark('stall', at);
    stamps.stalled(this.row, at);
    this.#changed();
  }

  drained(at: number): void {
    this.#mark('drain', at);
    this.row.stallEnd = at - this.row.start;
  }

  /** Everything sent so far was accepted by the kernel. */
  accepted(at: number): void {
    if (this.#response.complete) {
      this.row.sendEnd = at - this.row.start;
      this.#finish(at);
    } else this.#response.acknowledge(this.#handle);
  }

  #ready(head: RequestHead, at: number): void {
    const { row } = this;
    const server = this.#server;
    const { now } = server.recorder;
    row.environStart = at - row.start;
    const { text, dropped } = requestVariables(head, server.scriptName.variable.length);
    this.environ = this.#channel.variables + text;
    row.ready = now() - row.start;
    for (const name of dropped) keepFinding(row, this.cold, headerDropped(now(), name));
    this.#submitted = true;
    row.queuePosition = server.apps.submit(this);
    if (row.queuePosition > 0) row.flags |= exchangeFlags.queued;
    this.#changed();
  }

  /** The app's head is none that can be sent. */
  #badHead(error: unknown): void {
    if (!(error instanceof HttpError)) throw error;
    keepFinding(this.row, this.cold, finding(this.#server.recorder.now(), 'bad-status', error.message));
    this.#abortCall();
    this.#fail(error.status, problemOf(error), 'app error');
  }

  /** Answers with a page where that is still possible; a response that has begun can only be cut short. */
  #fail(status: number, problem: Problem, outcome: Outcome): void {
    this.cold.problem = problem;
    stamps.setOutcome(this.row, outcome);
    if (this.#response.begun) this.#channel.cut(problem.message);
    else this.#response.page(status, problem, outcome === 'refused');
  }

  #callEnded(at: number, readAt: number, cpu: number): void {
    this.#callIsOver();
    stamps.callEnded(this.row, at, readAt, cpu);
    this.#changed();
  }

  #callIsOver(): void {
    this.#callOver = true;
    this.#body?.discard();
  }

  #abortCall(): void {
    if (!this.callOutstanding) return;
    if (this.#handle) this.#handle.abort();
    else {
      this.#server.apps.withdraw(this);
      this.#callIsOver();
      if (this.#clientLeft) this.#finish();
    }
  }

  #finish(at = this.#server.recorder.now()): void {
    if (this.#finished) return;
    this.#finished = true;
    this.row.end = at - this.row.start;
    if (!this.#head) this.cold.brokenHead = this.#channel.http.unread;
    stamps.setOutcome(this.row, 'complete');
    this.#changed();
    this.#server.finished(this);
    this.#channel.exchangeFinished(this);
  }

  #mark(name: MarkName, at: number, size?: number): void {
    if (this.#server.recorder.enabled) this.cold.mark(name, at, size);
  }

  #changed(): void {
    this.#server.recorder.exchanges.changed(this.row);
  }
}
