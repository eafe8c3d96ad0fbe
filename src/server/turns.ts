import type { Channel } from './channel';
import type { Slots } from './slots';

/**
 * Whose turn it is where connections are served one at a time, from accept to close (the iterative model); else it is
 * everybody's. Node has accepted those that wait, which such a server would not have: nothing is read from them, their
 * bytes lie in the kernel, and their limits on time do not run. They come in the order of acceptance.
 *
 * Who waits and who is served is looked up each time: nothing is to be kept true while connections come and go.
 */
export class Turns {
  readonly #channels: Slots<Channel>;
  readonly #callsGoOn: () => boolean;
  #oneAtATime: boolean;

  /** @param callsGoOn the app still runs for a client that has left */
  constructor(channels: Slots<Channel>, oneAtATime: boolean, callsGoOn: () => boolean) {
    this.#channels = channels;
    this.#oneAtATime = oneAtATime;
    this.#callsGoOn = callsGoOn;
  }

  get oneAtATime(): boolean {
    return this.#oneAtATime;
  }

  /** Exchanges in progress go on. Connections that are open and idle have to wait for a turn like others. */
  set oneAtATime(wanted: boolean) {
    if (wanted === this.#oneAtATime) return;
    this.#oneAtATime = wanted;
    if (wanted) {
      for (const channel of this.#channels.values()) channel.waitAgain();
      this.next();
    } else for (const channel of this.#waiting()) channel.begin();
  }

  /** A connection was accepted. */
  arrived(channel: Channel): void {
    if (!this.#oneAtATime || this.#first() === channel) channel.begin(channel.row.registered);
  }

  /** A connection has closed, or a call is over: perhaps it is another one's turn. */
  next(): void {
    if (this.#oneAtATime) this.#first()?.begin();
  }

  #first(): Channel | undefined {
    if (this.#callsGoOn() || this.#channels.values().some((channel) => channel.served)) return undefined;
    return this.#waiting()[0];
  }

  #waiting(): Channel[] {
    const waiting = this.#channels.values().filter((channel) => channel.waits);
    return waiting.sort((a, b) => a.row.id - b.row.id);
  }
}
