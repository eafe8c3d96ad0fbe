import { readKernelTable } from './kernelReader';
import { kernelPair } from './kernelTable';

/** What lies in the kernel for the peers of our sockets, as far as the system tells (Linux does: kernelTable.ts). */
export class KernelQueue {
  readonly #readings = new Map<string, Promise<ReadonlyMap<string, number>>>();

  /**
   * Bytes that the peer has not acknowledged; 0 where nobody tells.
   *
   * @param local "127.0.0.1:8888", an IPv6 address in brackets
   */
  async unacknowledged(local: string, remote: string): Promise<number> {
    if (process.platform !== 'linux') return 0;
    // Many connections may ask at the same moment: one reading serves them all.
    let reading = this.#readings.get(local);
    if (reading === undefined) {
      reading = queues(local).finally(() => this.#readings.delete(local));
      this.#readings.set(local, reading);
    }
    return (await reading).get(kernelPair(local, remote)) ?? 0;
  }
}

async function queues(local: string): Promise<ReadonlyMap<string, number>> {
  const bytes = new Map<string, number>();
  await readKernelTable(local, ({ pair, unacknowledged }) => {
    if (unacknowledged > 0) bytes.set(pair, unacknowledged);
  }).catch(() => bytes.clear()); // nobody tells
  return bytes;
}
