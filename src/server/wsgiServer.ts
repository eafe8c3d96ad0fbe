import { createServer, isIPv6, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Limits } from '../core/http/limits';
import { serverName } from '../core/http/responseHead';
import type { ConnectionRow } from '../core/trace/columns';
import { concurrencyName, slotsOf, type ConcurrencyModel } from '../core/trace/concurrency';
import { serverVariables } from '../core/wsgi/environ';
import { parseScriptName, type ScriptName } from '../core/wsgi/scriptName';
import { addressPair } from './addressPair';
import { AppHost } from './appHost';
import { Channel } from './channel';
import type { Clock } from './clock';
import type { ColdData } from './coldData';
import { Deadlines } from './deadlines';
import type { Exchange } from './exchange';
import { startProblem } from './listenProblem';
import type { ServerLog, ServerOptions, Started, WorkerState } from './protocol';
import type { LiveConnection, TraceRecorder } from './recorder';
import type { ServerContext } from './serverContext';
import { SelfCalls } from './selfCalls';
import { Slots } from './slots';
import { Stalls } from './stalls';
import { Turns } from './turns';

export interface WsgiServerEvents {
  worker(state: WorkerState): void;
  log(line: ServerLog): void;
  /** Nothing remains to be done for the exchange: its detail no longer changes. */
  finished(exchange: Exchange): void;
  /** The exchange is the last of its connection so far, and its connection has gone on or has closed. */
  settled(exchange: Exchange, connection: LiveConnection): void;
  closed(connection: ConnectionRow): void;
}

/** Numbers that go on from one server of a trace to the next. */
export interface Numbering {
  connection: number;
  exchange: number;
}

/** The WSGI server: it listens, accepts connections, and has the app called for their requests. */
export class WsgiServer implements ServerContext {
  readonly limits: Limits;
  readonly scriptName: ScriptName;
  readonly recorder: TraceRecorder;
  readonly apps: AppHost;
  variables = '';
  localPair: string | undefined;
  stopping = false;
  readonly #options: ServerOptions;
  readonly #events: WsgiServerEvents;
  readonly #numbering: Numbering;
  readonly #listener: Server;
  readonly #channels = new Slots<Channel>();
  readonly deadlines = new Deadlines(this.#channels);
  readonly stalls: Stalls;
  readonly turns: Turns;
  readonly selfCalls: SelfCalls;
  /** Exchanges whose client has left and whose calls go on. */
  readonly #unattended = new Set<Exchange>();
  #concurrency = '';
  #date = '';
  #dateSecond = -1;
  #emptied: (() => void) | undefined;

  /**
   * @param clock the trace's clock, also where nothing is recorded
   * @param bridge the folder `lifeline_bridge`
   * @throws {Error} where the script name is no path
   */
  constructor(
    options: ServerOptions,
    recorder: TraceRecorder,
    clock: Clock,
    numbering: Numbering,
    bridge: string,
    events: WsgiServerEvents,
  ) {
    const scriptName = parseScriptName(options.scriptName ?? '');
    if (typeof scriptName === 'string') throw new Error(scriptName);
    this.scriptName = scriptName;
    this.#options = options;
    this.#events = events;
    this.#numbering = numbering;
    this.limits = options.limits;
    this.stalls = new Stalls(options.limits.sendMs);
    this.turns = new Turns(this.#channels, options.concurrency === 'iterative', () => this.#unattended.size > 0);
    this.recorder = recorder;
    this.apps = new AppHost({ ...options, bridge }, clock, {
      state: (state) => events.worker(state),
      log: (level, source, text) => this.log(level, source, text),
      note: (level, name, text) => recorder.note(level, name, text),
    });
    this.selfCalls = new SelfCalls(this, () => this.apps.slots);
    // Half-open: a client that has sent its request and its FIN still gets its response. Paused: it may have to wait.
    const sockets = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };
    this.#listener = createServer(sockets, (socket) => this.#accept(socket));
    this.#listener.maxConnections = options.limits.connections;
    this.#listener.on('drop', (dropped) => {
      const from = dropped ? `${dropped.remoteAddress}:${dropped.remotePort}` : 'A client';
      recorder.note('warning', 'connection refused', `${from}: ${options.limits.connections} are open already.`);
    });
  }

  /** @throws {ListenError} where it cannot listen */
  async start(): Promise<Started> {
    const { host, port, backlog } = this.#options;
    await new Promise<void>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException): void => void startProblem(error, host, port).then(reject, reject);
      this.#listener.once('error', failed);
      this.#listener.listen({ host, port, backlog }, () => {
        this.#listener.off('error', failed);
        // One connection that could not be accepted (its client has gone, no descriptor is left) is not the end of all.
        this.#listener.on('error', (error) => this.recorder.note('error', 'accept', error.message));
        resolve();
      });
    });
    const address = this.#listener.address() as AddressInfo;
    this.variables = serverVariables({
      name: address.address,
      port: address.port,
      software: serverName,
      scriptName: this.scriptName.variable,
    });
    if (!['0.0.0.0', '::'].includes(address.address)) this.localPair = addressPair(address.address, address.port);
    this.#noteSockets(address, backlog);
    this.#noteConcurrency(this.#options.concurrency, this.#options.slots);
    this.apps.start();
    return { host: address.address, port: address.port, path: this.scriptName.path };
  }

  /** Calls the app in another way from now on. Connections stay as they are, as far as the model allows. */
  setConcurrency(model: ConcurrencyModel, slots: number): void {
    const name = concurrencyName(model, slots);
    if (this.stopping || name === this.#concurrency) return;
    this.apps.setConcurrency(model, slots);
    this.#noteConcurrency(model, slots);
    this.recorder.note('info', 'concurrency', name);
    this.turns.oneAtATime = model === 'iterative';
  }

  get closesEach(): boolean {
    return this.stopping || this.turns.oneAtATime;
  }

  /** Lets exchanges in progress end within `graceMs`, then cuts them. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()));
    const emptied = new Promise<void>((resolve) => (this.#emptied = resolve));
    for (const channel of this.#channels.values()) channel.stop();
    const timer = setTimeout(() => {
      for (const channel of this.#channels.values()) channel.destroy();
    }, graceMs);
    if (this.#channels.size > 0) await emptied;
    clearTimeout(timer);
    await closed;
    this.deadlines.stop();
    this.selfCalls.stop();
    await this.apps.stop(workerGraceMs);
    this.recorder.note('info', 'stopped', 'The listening socket is closed.');
  }

  /** Closes a connection because the user wants it; one that has gone meanwhile needs nothing. */
  closeConnection(id: number): void {
    this.#channels
      .values()
      .find((channel) => channel.row.id === id)
      ?.closeByHand();
  }

  /** What is kept of an exchange that is still in progress. */
  live(exchange: number): ColdData | undefined {
    const live = [...this.#channels.values().map((channel) => channel.exchange), ...this.#unattended];
    return live.find((each) => each?.row.id === exchange && !each.finished)?.cold;
  }

  nextExchange(): number {
    return ++this.#numbering.exchange;
  }

  date(): string {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#dateSecond) {
      this.#dateSecond = second;
      this.#date = new Date(second * 1000).toUTCString();
    }
    return this.#date;
  }

  log(level: ServerLog['level'], source: ServerLog['source'], text: string): void {
    this.#events.log({ level, source, text });
  }

  unattended(exchange: Exchange): void {
    this.#unattended.add(exchange);
  }

  finished(exchange: Exchange): void {
    if (this.#unattended.delete(exchange)) this.turns.next();
    if (this.recorder.enabled) this.#events.finished(exchange);
  }

  settled(exchange: Exchange, channel: Channel): void {
    this.#events.settled(exchange, channel.row);
    this.recorder.exchanges.release(exchange.row);
  }

  opened(channel: Channel): number {
    if (this.recorder.enabled) this.selfCalls.accepted(channel);
    return this.#channels.add(channel);
  }

  closed(channel: Channel): void {
    this.#channels.delete(channel.place);
    this.#events.closed(channel.row);
    this.turns.next();
    if (this.#channels.size > 0) return;
    this.deadlines.stop();
    this.#emptied?.();
  }

  #accept(socket: Socket): void {
    const accepted = this.recorder.now();
    new Channel(this, socket, ++this.#numbering.connection, accepted);
  }

  #noteConcurrency(model: ConcurrencyModel, slots: number): void {
    this.#concurrency = concurrencyName(model, slots);
    this.recorder.concurrency(model, slotsOf(model, slots));
  }

  /** Node makes these four calls inside one; their arguments are what strace shows. */
  #noteSockets(address: AddressInfo, backlog: number): void {
    const family = isIPv6(address.address) ? 'AF_INET6' : 'AF_INET';
    const { recorder } = this;
    recorder.note('info', 'socket', `socket(${family}, SOCK_STREAM)`);
    if (process.platform !== 'win32') recorder.note('info', 'setsockopt', 'setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)');
    recorder.note('info', 'bind', `bind("${address.address}", ${address.port})`);
    recorder.note('info', 'listen', `listen(${backlog})`);
  }
}

/** How long a worker without a call may take to leave. */
const workerGraceMs = 1000;
