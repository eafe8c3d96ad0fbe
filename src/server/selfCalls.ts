import type { Channel } from './channel';
import { deadlocked } from './errorPage';
import type { Exchange } from './exchange';
import type { ServerContext } from './serverContext';

/**
 * Connections that the app opens to this very server, from inside a call: each belongs to the exchange that waits for it.
 *
 * The worker says that a call is about to connect, and from which port. That may be read before the connection is
 * accepted, or after it, so that both are kept for a moment.
 *
 * Where all slots run calls that wait, at the end, for a request of theirs that waits for a slot, nothing will ever
 * happen again: that is told, and it is ended when the client of such a call leaves. Then nobody needs the answer any
 * more that its request would get, so this one is answered with an error, which frees the slot.
 */
export class SelfCalls {
  readonly #server: ServerContext;
  /** How many calls run at a time. */
  readonly #slots: () => number;
  /** Callers whose connections have not been accepted, with their ports. */
  readonly #announced: { readonly caller: Exchange; readonly port: number }[] = [];
  /** The connections that were accepted last, in a ring. */
  readonly #accepted: (Channel | undefined)[] = Array.from({ length: mostAccepted });
  #place = 0;
  #links: readonly Link[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** Since when the calls in all slots wait for each other; NaN while they do not. */
  #since = NaN;
  #told = false;

  constructor(server: ServerContext, slots: () => number) {
    this.#server = server;
    this.#slots = slots;
  }

  /** A call is about to open a connection to this server, from that port of this machine. */
  announced(caller: Exchange, port: number): void {
    if (!this.#server.recorder.enabled) return; // rows have no ids to refer to
    const opened = this.#accepted.find((channel) => channel && !channel.gone && channel.localPeerPort === port);
    if (opened?.row.caller === 0) this.#link(caller, opened);
    else if (this.#announced.push({ caller, port }) > mostAnnounced) this.#announced.shift();
  }

  /** A connection was accepted. */
  accepted(channel: Channel): void {
    if (this.#announced.length > 0) {
      const { localPeerPort } = channel;
      const index = this.#announced.findIndex(({ port }) => port === localPeerPort);
      const [found] = index < 0 ? [] : this.#announced.splice(index, 1);
      if (found?.caller.callOutstanding) {
        this.#link(found.caller, channel);
        return;
      }
    }
    this.#accepted[this.#place] = channel;
    this.#place = (this.#place + 1) % mostAccepted;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#links = [];
  }

  #link(caller: Exchange, channel: Channel): void {
    channel.row.caller = caller.row.id;
    this.#server.recorder.connections.changed(channel.row);
    this.#links = [...this.#links, { caller, channel }];
    this.#timer ??= setTimeout(this.#look, lookMs);
  }

  readonly #look = (): void => {
    this.#timer = undefined;
    this.#links = this.#links.filter(({ caller, channel }) => caller.callOutstanding && !channel.gone);
    const stuck = stuckCalls(this.#links);
    const deadlock = stuck.size > 0 && stuck.size >= this.#slots();
    const now = performance.now();
    if (!deadlock) this.#over();
    else if (Number.isNaN(this.#since)) this.#since = now;
    else if (now - this.#since >= certainMs) {
      this.#tell(stuck);
      for (const caller of stuck) if (caller.unwanted) this.#release(caller);
    }
    if (this.#links.length > 0) this.#timer = setTimeout(this.#look, lookMs);
  };

  #over(): void {
    if (this.#told) this.#say('info', 'deadlock over', 'The calls that waited for each other go on.');
    this.#told = false;
    this.#since = NaN;
  }

  #tell(stuck: ReadonlySet<Exchange>): void {
    if (this.#told) return;
    this.#told = true;
    const names = [...stuck].map((caller) => caller.name);
    const slots = this.#slots();
    const where = slots === 1 ? 'the only slot' : `all ${slots} slots`;
    const text = `Deadlock: the app calls its own server from ${where} (${[...new Set(names)].join(', ')}) and waits for answers that no slot is left for. Choose more slots (lifeline.slots) or another model, or call the function instead of the server. It ends when a client leaves.`;
    this.#say('error', 'deadlock', text);
  }

  /** Answers the request at the end of what the caller waits for. */
  #release(caller: Exchange): void {
    for (const { channel } of this.#links.filter((link) => link.caller === caller)) {
      const { exchange } = channel;
      if (waits(channel)) {
        this.#say('warning', 'deadlock', `The client of ${caller.name} has left: what its call waits for is refused.`);
        if (exchange) exchange.giveUp(503, deadlocked(this.#slots()), 'deadlock');
        else channel.cut('it waited for its turn behind its own caller');
      } else if (exchange && exchange !== caller) this.#release(exchange);
    }
  }

  #say(level: 'info' | 'warning' | 'error', name: string, text: string): void {
    this.#server.recorder.note(level, name, text);
    this.#server.log(level, 'server', text);
  }
}

interface Link {
  readonly caller: Exchange;
  readonly channel: Channel;
}

/** The calls that wait for a request of theirs that waits itself, or whose call does. */
function stuckCalls(links: readonly Link[]): ReadonlySet<Exchange> {
  const stuck = new Set<Exchange>();
  for (let before = -1; before < stuck.size;) {
    before = stuck.size;
    for (const { caller, channel } of links) {
      const { exchange } = channel;
      if (waits(channel) || (exchange && stuck.has(exchange))) stuck.add(caller);
    }
  }
  return stuck;
}

/** For a slot, or for its turn. */
function waits(channel: Channel): boolean {
  const { exchange } = channel;
  if (!exchange) return channel.waits;
  return exchange.callOutstanding && exchange.row.queuePosition > 0 && Number.isNaN(exchange.row.appStart);
}

const mostAccepted = 16;
const mostAnnounced = 64;
const lookMs = 100;
/** A call that does not wait for what it asked goes on sooner. */
const certainMs = 300;
