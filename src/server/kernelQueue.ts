import { readKernelTables } from './kernelReader';

/** What lies in the kernel for the peers of our sockets, as far as the system tells (Linux does: kernelTable.ts). */
export class KernelQueue {
  readonly #readings = new Map<number, Promise<ReadonlyMap<string, number>>>();

  /** Bytes that the peer has not acknowledged; 0 where nobody tells. */
  async unacknowledged(localPort: number, remotePort: number): Promise<number> {
    if (process.platform !== 'linux') return 0;
    // Many connections may ask at the same moment: one reading serves them all.
    let reading = this.#readings.get(localPort);
    if (reading === undefined) {
      reading = queues(localPort).finally(() => this.#readings.delete(localPort));
      this.#readings.set(localPort, reading);
    }
    return (await reading).get(portKey(remotePort)) ?? 0;
  }
}

/** By the peer's port. Two peers may have the same: both are meant then, as any change counts. */
async function queues(localPort: number): Promise<ReadonlyMap<string, number>> {
  const bytes = new Map<string, number>();
  await readKernelTables(localPort, ({ pair, unacknowledged }) => {
    if (unacknowledged === 0) return;
    const key = pair.slice(-4);
    bytes.set(key, (bytes.get(key) ?? 0) + unacknowledged);
  }).catch(() => bytes.clear()); // nobody tells
  return bytes;
}

function portKey(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
