import { open, readFile } from 'node:fs/promises';
import { KernelTable, type KernelRow } from './kernelTable';

/**
 * Tells the rows of the kernel's tables whose local port is the given one. The kernel hands a table out in pieces of a page,
 * 27 rows, and each piece is looked at in a turn of its own: however long the tables are, the thread goes on meanwhile.
 *
 * @throws {Error} where this system has no such tables
 */
export async function readKernelTables(localPort: number, take: (row: KernelRow) => void): Promise<void> {
  await readTable('/proc/self/net/tcp', localPort, take);
  // Missing where IPv6 is switched off.
  await readTable('/proc/self/net/tcp6', localPort, take).catch(ignoreMissing);
}

/** The system's bound of a listen backlog; none where it does not tell. */
export async function mostBacklog(): Promise<number> {
  const text = await readFile('/proc/sys/net/core/somaxconn', 'latin1').catch(() => '');
  return Number.parseInt(text, 10) || Infinity;
}

async function readTable(name: string, localPort: number, take: (row: KernelRow) => void): Promise<void> {
  const file = await open(name);
  try {
    const table = new KernelTable(localPort, take);
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

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

const pieceSize = 16 * 1024;
