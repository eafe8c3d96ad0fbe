import { readdir, readFile } from 'node:fs/promises';

/** What a process and its descendants have used, as Linux tells it. */
export interface Usage {
  /** CPU time in user and kernel mode, µs, threads included */
  readonly cpu: number;
  /** Resident memory in bytes; pages that processes share count for each. */
  readonly memory: number;
  /** The same without the process at the root. */
  readonly childMemory: number;
}

export async function usageOf(root: number): Promise<Usage> {
  const processes = new Map<number, ProcessStat>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end between the listing and this read.
    const stat = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => undefined);
    if (stat !== undefined) processes.set(Number(name), readStat(stat));
  }
  let cpu = 0;
  let memory = 0;
  for (const [pid, stat] of processes) {
    if (!descends(pid, root, processes)) continue;
    cpu += stat.ticks * microsecondsPerTick;
    memory += stat.pages * pageSize;
  }
  return { cpu, memory, childMemory: memory - (processes.get(root)?.pages ?? 0) * pageSize };
}

interface ProcessStat {
  readonly parent: number;
  readonly ticks: number;
  readonly pages: number;
}

/** proc(5): the name, in brackets, may hold spaces and brackets itself; fields are counted from behind it. */
function readStat(text: string): ProcessStat {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number): number => fields[number - 3] ?? 0;
  // utime and stime; the times of children that are gone too (cutime, cstime): a worker may have been replaced.
  return { parent: field(4), ticks: field(14) + field(15) + field(16) + field(17), pages: field(24) };
}

function descends(pid: number, root: number, processes: ReadonlyMap<number, ProcessStat>): boolean {
  for (let at: number | undefined = pid; at !== undefined && at > 0; at = processes.get(at)?.parent) {
    if (at === root) return true;
  }
  return false;
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const microsecondsPerTick = 10_000;
const pageSize = 4096;
