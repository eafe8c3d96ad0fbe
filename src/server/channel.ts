import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { assertNever } from '../core/assertNever';
import { HttpConnection, type BodyBytes } from '../core/http/httpConnection';
import { refusal } from '../core/http/httpError';
import type { Closer, Closing } from '../core/trace/columns';
import { connectionVariables } from '../core/wsgi/environ';
import { addressPair, peerIsLocal } from './addressPair';
import { acceptedRow, noteClosing } from './connectionRow';
import { closingOf, leftoverIdleMs, lingerMs, shortLingerMs, type WaitsFor } from './connectionTimes';
import { Exchange } from './exchange';
import { latin1 } from './latin1';
import { Outgoing } from './outgoing';
import type { LiveConnection } from './recorder';
import type { ServerContext } from './serverContext';

/**
 * One accepted socket, from accept to close. It carries bytes between the socket and the HTTP core and begins an
 * exchange at the first byte of each request; it knows who closed it, and how.
 *
 * Reading stops while the app has no room for the body or while pipelined requests wait, so that the kernel holds the
 * client back.
 */
export class Channel {
  readonly row: LiveConnection;
  /** Its number among the server's channels. */
  readonly place: number;
  readonly http: HttpConnection;
  /** Environ variables that are the same for all requests of this connection. */
  readonly variables: string;
  /** On `performance.now`'s clock. */
  deadline = Infinity;
  readonly #server: ServerContext;
  readonly #socket: Socket;
  readonly #outgoing: Outgoing;
  #state: 'waiting' | 'open' | 'lingering' | 'gone' = 'waiting';
  #exchange: Exchange | undefined;
  /** Finished, and not yet known whether the connection's close follows it. */
  #unsettled: Exchange | undefined;
  #lastReceive = 0;
  #parsedAt = 0;
  #drained = 0;
  #pumping = false;
  #deadlineKind: WaitsFor = 'idle';
  #idleMs: number;

  /**
   * @param socket paused: nothing is read before it is the connection's turn
   * @param accepted when the listening socket handed it over
   */
  constructor(server: ServerContext, socket: Socket, id: number, accepted: number) {
    this.#server = server;
    this.#socket = socket;
    this.#outgoing = new Outgoing(server, this, socket);
    const { recorder } = server;
    const keep: BodyBytes = (bytes, last) => this.#exchange?.cold.bodyBytes(bytes, last);
    this.http = new HttpConnection(latin1, server.limits, recorder.enabled ? keep : undefined);
    this.row = acceptedRow(server, socket, id, accepted);
    this.variables =
      server.variables + connectionVariables({ address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 });
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('end', () => this.#peerEnded());
    socket.on('error', (error: NodeJS.ErrnoException) => this.#broken(error));
    socket.on('close', () => this.#gone());
    this.#idleMs = server.limits.idleMs;
    recorder.connections.changed(this.row);
    this.place = server.opened(this);
    server.turns.arrived(this);
  }

  /** It has to wait for its turn. */
  get waits(): boolean {
    return this.#state === 'waiting';
  }

  /** The server is not done with it: it is open, or its call goes on. */
  get served(): boolean {
    return this.#state === 'open' || this.#exchange?.finished === false;
  }

  get gone(): boolean {
    return this.#state === 'gone';
  }

  /** The port of its client, where that runs on this machine; else 0. */
  get localPeerPort(): number {
    return peerIsLocal(this.#socket) ? (this.#socket.remotePort ?? 0) : 0;
  }

  /** It is its turn to be served. */
  begin(at = this.#server.recorder.now()): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'open';
    if (Number.isNaN(this.row.turn)) this.row.turn = at;
    this.#server.recorder.connections.changed(this.row);
    this.#setDeadline('idle', this.#idleMs);
    this.#socket.resume();
  }

  /**
   * From now on connections are served one at a time. This one was told that it may stay: where its client is about to
   * send another request, that one is answered when it is its turn; where it is not, it need not hold up others for long.
   */
  waitAgain(): void {
    if (this.#state !== 'open' || this.#exchange) return;
    this.#state = 'waiting';
    this.#idleMs = leftoverIdleMs;
    this.#setDeadline('idle', Infinity);
    this.#socket.pause();
    this.#server.turns.next();
  }

  /** Sends a piece of the response: text before, a block, text after, in one write. */
  send(before: string, block: Uint8Array | undefined, after: string): void {
    if (this.#state === 'open') this.#outgoing.send(before, block, after);
  }

  /** The client has not read for too long. A FIN would stand behind what it does not read, so it gets an RST. */
  sendTimedOut(): void {
    this.#closing('server', 'send timeout');
    this.#exchange?.unread(this.name);
    this.#socket.resetAndDestroy();
  }

  /** The response cannot be completed: the client must see that it is cut short. */
  cut(reason: string): void {
    this.#server.log('warning', 'server', `${this.name}: response cut short: ${reason}`);
    this.#closing('server', 'error');
    this.#socket.destroy();
  }

  /**
   * Ends the connection with a FIN after what was sent; what the peer still sends is read and thrown away.
   *
   * @param atOnce the peer has said that it sends no more: there is nothing to wait for
   */
  close(how: Closing, atOnce = false): void {
    if (this.#state === 'lingering' || this.#state === 'gone') return;
    this.#state = 'lingering';
    this.#closing('server', how);
    if (atOnce && this.http.buffered === 0) this.#socket.destroy();
    else {
      this.#socket.end();
      // Closing at once with unread bytes would send an RST, which can destroy the response on its way (RFC 9112, 9.6).
      this.#socket.resume();
      this.#linger();
    }
    this.#server.turns.next();
  }

  /** The user wants it closed: what was sent still goes out, a response that has not ended is cut short. */
  closeByHand(): void {
    this.close('by hand');
    this.#exchange?.clientLeft('closed by hand');
  }

  /** The server stops: a connection that owes no response ends at once, another one after its response. */
  stop(): void {
    if (this.#state === 'lingering') this.#linger();
    else if (this.#exchange?.finished ?? true) this.close('server stopped');
  }

  /** The server has waited long enough. */
  destroy(): void {
    this.#closing('server', 'server stopped');
    this.#exchange?.clientLeft('server stopped');
    this.#socket.destroy();
  }

  /** The exchange that goes on, or whose unread body is read over. */
  get exchange(): Exchange | undefined {
    return this.#exchange;
  }

  get name(): string {
    return addressPair(this.#socket.remoteAddress, this.#socket.remotePort);
  }

  expired(): void {
    const kind = this.#deadlineKind;
    this.deadline = Infinity;
    switch (kind) {
      case 'idle':
        this.close(closingOf.idle);
        break;
      case 'head':
      case 'body':
        // The rest of a body that the app did not read: its request has been answered.
        if (this.#exchange?.finished) this.close(closingOf[kind]);
        else
          this.#exchange?.refused(
            refusal(408, `${kind}-timeout`, `The ${kind} of the request did not arrive in time.`),
          );
        break;
      case 'linger':
        this.#socket.destroy();
        break;
      default:
        assertNever(kind);
    }
  }

  /** Lets the HTTP core go on: after bytes arrived, after the app took some of the body, after an exchange ended. */
  pump(): void {
    if (this.#pumping) return; // what is going on already sees the new state
    this.#pumping = true;
    try {
      while (this.#step());
    } finally {
      this.#pumping = false;
    }
  }

  exchangeFinished(exchange: Exchange): void {
    this.#unsettled = exchange;
    if (this.#state === 'gone') {
      this.#exchange = undefined;
      this.#settle();
      this.#release();
    }
    if (this.#exchange !== exchange || this.#state !== 'open') return;
    if (!this.http.keepAlive || this.#server.stopping) {
      this.#exchange = undefined;
      this.close(this.#server.stopping ? 'server stopped' : 'FIN', exchange.wasAnnouncedLast);
      return;
    }
    if (!this.http.cycleComplete) {
      // The app answered without reading the body: read over the rest, so that it is not taken for the next request.
      this.#drained = 0;
      this.pump();
      return;
    }
    this.#next();
    this.pump();
  }

  #receive(bytes: Buffer): void {
    const at = this.#server.recorder.now();
    this.row.bytesIn += bytes.length;
    if (this.#state !== 'open') return;
    this.#lastReceive = at;
    const inProgress = this.http.requestInProgress;
    this.http.receive(bytes);
    if (!this.#exchange) this.#beginUnlessBlank(bytes.length);
    else if (inProgress) this.#exchange.received(at, bytes.length);
    this.pump();
  }

  /** Line ends between requests belong to none: some clients send one after a body (RFC 9112, 2.2). */
  #beginUnlessBlank(bytes: number): void {
    if (!this.http.blank) this.#begin(bytes);
  }

  /** The first byte of a request is there. */
  #begin(bytes: number): void {
    this.#settle();
    this.row.requests++;
    const first = this.row.requests === 1;
    this.#exchange = new Exchange(this.#server, this, this.#server.nextExchange(), this.#lastReceive, first);
    this.#exchange.received(this.#lastReceive, bytes);
    this.#server.recorder.connections.changed(this.row);
    this.#setDeadline('head', this.#server.limits.headMs);
  }

  /** Request and response are complete: the connection is free for the next exchange. */
  #next(): void {
    this.#exchange = undefined;
    this.http.startNext();
    this.#setDeadline('idle', this.#idleMs);
    this.#beginUnlessBlank(this.http.buffered);
    // Its response went out before connections were served one at a time, and said that it may stay.
    if (this.#server.turns.oneAtATime) this.waitAgain();
  }

  /** Handles one event of the HTTP core. False: there is nothing more to do now. */
  #step(): boolean {
    if (this.#state !== 'open') return false;
    const exchange = this.#exchange;
    if (exchange && !exchange.takesBody) {
      this.#socket.pause();
      this.#setDeadline('body', Infinity); // it is the app that the body waits for
      return false;
    }
    const event = exchange?.parsing ? this.#parse(exchange) : this.http.nextEvent();
    if (event === 'need data') {
      this.#socket.resume();
      if (exchange?.receivingBody) this.#setDeadline('body', this.#server.limits.bodyMs);
      return false;
    }
    if (event === 'paused') {
      if (this.http.buffered > mostPipelined) this.#socket.pause();
      return false;
    }
    switch (event.type) {
      case 'request':
        this.#setDeadline('body', Infinity);
        exchange?.parsed(event.head, this.#parsedAt);
        return true;
      case 'body':
        exchange?.body(event.bytes);
        return this.#drain(exchange, event.bytes.length);
      case 'end':
        this.#setDeadline('body', Infinity);
        if (exchange?.finished && this.http.cycleComplete) this.#next();
        else exchange?.bodyEnd();
        return true;
      case 'refused':
        this.#setDeadline('head', Infinity);
        if (exchange && !exchange.finished) exchange.refused(event.error);
        else this.close('FIN');
        return false;
      case 'closed':
        this.close('FIN');
        return false;
      default:
        return assertNever(event);
    }
  }

  /** Reading over a body that nobody wants ends at a bound: closing is cheaper than receiving it all. */
  #drain(exchange: Exchange | undefined, bytes: number): boolean {
    if (!exchange?.finished) return true;
    this.#drained += bytes;
    if (this.#drained <= mostDrained) return true;
    this.#exchange = undefined;
    this.close('FIN');
    return false;
  }

  #settle(): void {
    const exchange = this.#unsettled;
    this.#unsettled = undefined;
    if (exchange) this.#server.settled(exchange, this);
  }

  /** Only time inside the parser counts, not waiting for bytes. */
  #parse(exchange: Exchange): ReturnType<HttpConnection['nextEvent']> {
    const began = this.#server.recorder.now();
    const event = this.http.nextEvent();
    this.#parsedAt = this.#server.recorder.now();
    exchange.parserRan(began, this.#parsedAt);
    return event;
  }

  #peerEnded(): void {
    this.#closing('client', 'FIN');
    this.http.receiveEnd();
    this.pump();
  }

  #broken(error: NodeJS.ErrnoException): void {
    const reset = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    this.#closing(reset ? 'client' : 'server', reset ? 'RST' : 'error');
  }

  #gone(): void {
    this.#closing('client', 'RST');
    this.#state = 'gone';
    this.#outgoing.end();
    this.row.closed = this.#server.recorder.now();
    this.#server.recorder.connections.changed(this.row);
    this.#exchange?.clientLeft();
    this.#settle();
    this.#server.closed(this);
    this.#release();
  }

  /** The row is free once the connection is gone and no call of its last exchange runs on. */
  #release(): void {
    if (this.#exchange === undefined || this.#exchange.finished) this.#server.recorder.connections.release(this.row);
  }

  #linger(): void {
    this.#setDeadline('linger', this.#server.stopping ? shortLingerMs : lingerMs);
  }

  #closing(by: Closer, how: Closing): void {
    noteClosing(this.#server, this.row, by, how);
  }

  #setDeadline(kind: WaitsFor, ms: number): void {
    this.#deadlineKind = kind;
    this.deadline = ms === Infinity ? Infinity : performance.now() + ms;
    if (ms < Infinity) this.#server.deadlines.watch(this);
  }
}

const mostPipelined = 64 * 1024;
const mostDrained = 256 * 1024;
