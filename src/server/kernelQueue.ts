import { readFile } from 'node:fs/promises';

/** What lies in the kernel for the peers of our sockets, as far as the system tells (Linux does: proc_net_tcp). */
export class KernelQueue {
  #reading: Promise<string> | undefined;

  /** Bytes that the peer has not acknowledged; 0 where nobody tells. */
  async unacknowledged(localPort: number, remotePort: number): Promise<number> {
    if (process.platform !== 'linux') return 0;
    // Many connections may ask at the same moment: one reading serves them all.
    this.#reading ??= Promise.all(
      ['/proc/self/net/tcp', '/proc/self/net/tcp6'].map((file) => readFile(file, 'latin1').catch(() => '')),
    ).then((tables) => {
      this.#reading = undefined;
      return tables.join('');
    });
    return queuedBytes(await this.#reading, localPort, remotePort);
  }
}

/** The tx_queue of a pair of ports. Two peers may have the same port: both are meant then, as any change counts. */
export function queuedBytes(table: string, localPort: number, remotePort: number): number {
  const row = new RegExp(`:${hex(localPort)} [0-9A-F]+:${hex(remotePort)} [0-9A-F]{2} ([0-9A-F]{8}):`, 'g');
  let bytes = 0;
  for (const [, queue = ''] of table.matchAll(row)) bytes += parseInt(queue, 16);
  return bytes;
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
