import { Buffer } from 'node:buffer';
import { headerSize, type ToWorkerType } from '../core/wsgi/frames';

/** Lays frames end to end and gives them out as one block: one write for all frames of an event-loop turn. */
export class FrameWriter {
  #slab = Buffer.allocUnsafe(slabSize);
  #start = 0;
  #end = 0;

  get pending(): boolean {
    return this.#end > this.#start;
  }

  /** The frames written since the last call. The bytes stay untouched until they are garbage. */
  take(): Buffer {
    const frames = this.#slab.subarray(this.#start, this.#end);
    this.#start = this.#end;
    return frames;
  }

  /** A frame whose payload is one byte and then text in latin-1. */
  text(type: ToWorkerType, call: number, first: number, text: string): void {
    const at = this.#begin(type, call, 1 + text.length);
    this.#slab[at] = first;
    this.#slab.write(text, at + 1, 'latin1');
  }

  bytes(type: ToWorkerType, call: number, payload: Uint8Array): void {
    const at = this.#begin(type, call, payload.length);
    this.#slab.set(payload, at);
  }

  empty(type: ToWorkerType, call: number): void {
    this.#begin(type, call, 0);
  }

  u8(type: ToWorkerType, call: number, value: number): void {
    const at = this.#begin(type, call, 1);
    this.#slab[at] = value;
  }

  u32(type: ToWorkerType, call: number, value: number): void {
    const at = this.#begin(type, call, 4);
    this.#slab.writeUInt32LE(value, at);
  }

  f64(type: ToWorkerType, call: number, value: number): void {
    const at = this.#begin(type, call, 8);
    this.#slab.writeDoubleLE(value, at);
  }

  /** Writes the header and makes room, perhaps in a new slab; the payload stands at the returned position. */
  #begin(type: ToWorkerType, call: number, length: number): number {
    const size = headerSize + length;
    if (this.#end + size > this.#slab.length) {
      const pending = this.take();
      this.#slab = Buffer.allocUnsafe(Math.max(slabSize, 2 * (pending.length + size)));
      this.#start = 0;
      this.#end = pending.copy(this.#slab);
    }
    const slab = this.#slab;
    const at = this.#end;
    slab.writeUInt32LE(length, at);
    slab[at + 4] = type;
    slab.writeUInt32LE(call, at + 5);
    this.#end = at + size;
    return at + headerSize;
  }
}

const slabSize = 64 * 1024;
