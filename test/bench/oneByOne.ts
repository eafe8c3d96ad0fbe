import { join } from 'node:path';
import { collect } from '../harness/processRun';
import type { LoadResult } from './wrk';

/**
 * Sends one request after the other over one connection and times each by itself.
 *
 * @throws {Error} where one is not answered with 200
 */
export async function oneByOne(python: string, origin: string, path: string, count: number): Promise<LoadResult> {
  const { hostname, port } = new URL(origin);
  const script = join(import.meta.dirname, 'oneByOne.py');
  const { code, output } = await collect(python, [script, hostname, port, path, String(count)]);
  if (code !== 0) throw new Error(`The client ended with exit code ${code}:\n${output}`);
  return resultOf(JSON.parse(output) as number[]);
}

/** @param times of those requests that were timed, in ms: as many went before */
export function resultOf(times: readonly number[]): LoadResult {
  const sorted = [...times].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  const seconds = times.reduce((sum, ms) => sum + ms, 0) / 1000;
  return { requests: 2 * times.length, perSecond: times.length / seconds, p50: rank(0.5), p99: rank(0.99), errors: 0 };
}
