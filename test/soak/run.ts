import { parseArgs } from 'node:util';
import { percentile } from './ledger';
import type { HeapUse } from '../support/meter';
import type { HostUsage } from '../support/serverHost';
import { leftBehind, soak, type SoakReport } from './soak';

/**
 * `npm run soak`: mixed load with slow readers, aborts, slow senders and kills of the app worker.
 * Prints figures; ends with 1 where a request was lost or got another one's answer, or the server is not back to the start.
 *
 *     npm run soak -- --minutes 3
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes takes a number above 0, not “${values.minutes}”.`);
  const report = await soak({
    seconds: minutes * 60,
    clients: { keepAlive: 8, closing: 4, uploading: 2, slowlyReading: 4, aborting: 4, slowloris: 500 },
    killSeconds: 5,
    progress: (text) => process.stdout.write(`${text}\n`),
  });
  print(report);
  const { lost, crossed } = report.ledger.counts;
  const left = leftBehind(report);
  process.stdout.write(left.length === 0 ? 'Everything is back to the start.\n' : `Left behind: ${left.join(', ')}.\n`);
  process.exitCode = lost + crossed + left.length === 0 ? 0 : 1;
}

function print({ ledger, connections, usages }: SoakReport): void {
  const ms = (values: readonly number[], percent: number): string => percentile(values, percent).toFixed(1);
  const { counts, kills, latencies, calmLatencies, longestUnnoticed, wrongs } = ledger;
  process.stdout.write(
    [
      '',
      ...Object.entries(counts).map(([fate, count]) => `${fate}: ${count}`),
      `kills: ${kills}, each noticed within ${longestUnnoticed.toFixed(0)} ms; connections: ${connections}`,
      `small requests: p50 ${ms(latencies, 50)} ms, p99 ${ms(latencies, 99)} ms, longest ${ms(latencies, 100)} ms`,
      `without those near a kill: p50 ${ms(calmLatencies, 50)} ms, p99 ${ms(calmLatencies, 99)} ms`,
      ...usages.map((usage, index) => `${['warm, before', 'half time', 'after'][index] ?? ''}: ${used(usage)}`),
      ...wrongs,
      '',
    ].join('\n'),
  );
}

function used({ memory, main, server, descriptors, threads, children }: HostUsage): string {
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  const heap = ({ objects, buffers }: HeapUse): string => `${mebibytes(objects)} + ${mebibytes(buffers)}`;
  return (
    `objects + buffers of the server thread ${heap(server)} MiB, of the main thread ${heap(main)} MiB; resident ` +
    `${mebibytes(memory)} MiB; ${descriptors} descriptors, ${threads} threads, ${children} children`
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
