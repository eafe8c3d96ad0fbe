import { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import type { Channel } from './channel';
import type { ServerContext } from './serverContext';

/** What goes out on one connection: it tells the exchange when the kernel was given it, and when it has taken all. */
export class Outgoing {
  readonly #server: ServerContext;
  readonly #channel: Channel;
  readonly #socket: Socket;
  /** Its number among the server's stalls; 0 while the kernel takes what it is given. */
  #stall = 0;
  #unsent = false;
  readonly #onWritten = (error?: Error | null): void => {
    if (!error) this.#checkAccepted(); // else the socket was destroyed, and took nothing
  };

  constructor(server: ServerContext, channel: Channel, socket: Socket) {
    this.#server = server;
    this.#channel = channel;
    this.#socket = socket;
  }

  /** Text before, a block, text after, in one write. */
  send(before: string, block: Uint8Array | undefined, after: string): void {
    if (this.#socket.destroyed) return;
    const size = before.length + (block?.length ?? 0) + after.length;
    this.#unsent = true;
    if (size > 0) this.#write(before, block, after, size);
    this.#checkAccepted();
  }

  /** The socket is gone. */
  end(): void {
    this.#server.stalls.end(this.#stall);
    this.#stall = 0;
  }

  #write(before: string, block: Uint8Array | undefined, after: string, size: number): void {
    const bytes = Buffer.allocUnsafe(size);
    let at = bytes.write(before, 0, 'latin1');
    if (block) {
      bytes.set(block, at);
      at += block.length;
    }
    if (after !== '') bytes.write(after, at, 'latin1');
    const channel = this.#channel;
    channel.row.bytesOut += size;
    channel.exchange?.sending(this.#server.recorder.now(), size);
    this.#socket.write(bytes);
    if (this.#socket.writableLength === 0) return;
    if (this.#stall === 0) {
      this.#stall = this.#server.stalls.begin(this.#socket, channel);
      channel.exchange?.stalled(this.#server.recorder.now());
    }
    // Written when the kernel has taken everything before it. Most writes need no such call: they are taken at once.
    this.#socket.write(nothing, this.#onWritten);
  }

  /** Tells the exchange when the kernel has taken everything that was sent. */
  #checkAccepted(): void {
    if (!this.#unsent || this.#socket.writableLength > 0) return;
    this.#unsent = false;
    const { exchange } = this.#channel;
    const at = this.#server.recorder.now();
    if (this.#stall > 0) {
      this.end();
      exchange?.drained(at);
    }
    exchange?.accepted(at);
  }
}

const nothing = new Uint8Array(0);
