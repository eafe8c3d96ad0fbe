import { open, readFile } from 'node:fs/promises';
import { KernelTable, type KernelRow } from './kernelTable';

/**
 * Tells the rows of the kernel's table whose local port is the given one. The kernel hands a table out in pieces of a
 * page, 27 rows, and each is read on a thread of the pool and looked at in a turn of its own: however long the table
 * is, the caller's thread goes on meanwhile.
 *
 * @param local "127.0.0.1:8888", an IPv6 address in brackets; a socket that takes IPv4 and IPv6 stands in the table
 *   of IPv6 with all its connections
 * @throws {Error} where this system has no such table
 */
export async function readKernelTable(local: string, take: (row: KernelRow) => void): Promise<void> {
  const port = Number(local.slice(local.lastIndexOf(':') + 1));
  const file = await open(local.startsWith('[') ? '/proc/self/net/tcp6' : '/proc/self/net/tcp');
  try {
    const table = new KernelTable(port, take);
    const piece = Buffer.allocUnsafe(pieceSize);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, pieceSize, null);
      if (bytesRead === 0) return;
      table.push(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/** The system's bound of a listen backlog; none where it does not tell. */
export async function mostBacklog(): Promise<number> {
  const text = await readFile('/proc/sys/net/core/somaxconn', 'latin1').catch(() => '');
  return Number.parseInt(text, 10) || Infinity;
}

const pieceSize = 16 * 1024;
