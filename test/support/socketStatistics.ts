import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { program } from '../harness/programs';

/** A TCP socket as `ss` of iproute2 tells it, which asks the kernel by another way (netlink) than its tables. */
export interface SocketStatistics {
  /** "ESTAB", "TIME-WAIT" and so on */
  readonly state: string;
  /** Of a listening socket: how many wait to be accepted, and how many may. */
  readonly received: number;
  readonly sent: number;
  readonly local: string;
  readonly remote: string;
}

/** @throws {Error} where `ss` is missing */
export async function socketStatistics(localPort: number): Promise<SocketStatistics[]> {
  const ss = await program('ss');
  const { stdout } = await promisify(execFile)(ss, ['-tanH', `sport = :${localPort}`]);
  return stdout
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [state = '', received, sent, local = '', remote = ''] = line.trim().split(/\s+/);
      return { state, received: Number(received), sent: Number(sent), local, remote };
    });
}
