import type { Socket } from 'node:net';
import { addressPair } from './addressPair';
import { Deadlines, type Timed } from './deadlines';
import { KernelQueue } from './kernelQueue';
import { Slots } from './slots';

/** Who waits for the kernel to take more. */
export interface Sender {
  /** The kernel has taken nothing for too long: the client does not read. */
  sendTimedOut(): void;
}

/**
 * Sockets whose clients do not read as fast as we write, looked at now and then: has the kernel taken a byte, or the
 * client acknowledged one? A client that reads slowly may take as long as it likes.
 *
 * Both are asked, as the kernel takes nothing for long stretches while such a client reads: Linux wants a third of its
 * buffer free before, which may be a megabyte. Where the system does not tell of its buffer, whole writes count alone, and
 * one is at most as large as the credit of an app call.
 */
export class Stalls {
  readonly #ms: number;
  readonly #members = new Slots<Stall>();
  readonly #deadlines = new Deadlines(this.#members);
  readonly #kernel = new KernelQueue();

  /** @param ms how long a client may take nothing */
  constructor(ms: number) {
    this.#ms = ms;
  }

  /** @returns the stall's number */
  begin(socket: Socket, sender: Sender): number {
    const stall = new Stall(socket, sender, this.#ms / looks, this.#deadlines, this.#kernel);
    const number = this.#members.add(stall);
    this.#deadlines.watch(stall);
    return number;
  }

  end(number: number): void {
    const stall = this.#members.get(number);
    if (!stall) return;
    stall.over = true;
    this.#members.delete(number);
    if (this.#members.size === 0) this.#deadlines.stop();
  }
}

class Stall implements Timed {
  deadline: number;
  over = false;
  readonly #socket: Socket;
  readonly #sender: Sender;
  readonly #pauseMs: number;
  readonly #deadlines: Deadlines;
  readonly #kernel: KernelQueue;
  #seen = '';
  #idle = 0;

  constructor(socket: Socket, sender: Sender, pauseMs: number, deadlines: Deadlines, kernel: KernelQueue) {
    this.#socket = socket;
    this.#sender = sender;
    this.#pauseMs = pauseMs;
    this.#deadlines = deadlines;
    this.#kernel = kernel;
    this.deadline = performance.now() + pauseMs;
  }

  expired(): void {
    this.deadline = Infinity;
    const { localAddress, localPort, remoteAddress, remotePort } = this.#socket;
    const pair = [addressPair(localAddress, localPort), addressPair(remoteAddress, remotePort)] as const;
    void this.#kernel.unacknowledged(...pair).then((queued) => this.#look(queued));
  }

  #look(queued: number): void {
    if (this.over) return;
    const taken = this.#socket.bytesWritten - this.#socket.writableLength;
    const seen = `${taken} ${queued}`;
    // What was seen first, or moved, may have moved at any time since the look before: the pause does not count.
    this.#idle = seen === this.#seen ? this.#idle + 1 : 0;
    this.#seen = seen;
    if (this.#idle >= looks) {
      this.#sender.sendTimedOut();
      return;
    }
    this.deadline = performance.now() + this.#pauseMs;
    this.#deadlines.watch(this);
  }
}

/** How often one looks before a client is given up: it has then the whole time, and an eighth more at most. */
const looks = 8;
