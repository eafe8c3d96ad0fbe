import { collect } from '../harness/processRun';

/** What the clients of one run measured. */
export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** ms */
  readonly p50: number;
  readonly p99: number;
  /** Socket errors, and answers other than 2xx and 3xx. */
  readonly errors: number;
}

export interface Load {
  readonly connections: number;
  readonly path: string;
  readonly headers: readonly string[];
}

/** Loads a server for some seconds. */
export async function runWrk(wrk: string, origin: string, load: Load, seconds: number): Promise<LoadResult> {
  const threads = Math.min(2, load.connections);
  const headers = load.headers.flatMap((header) => ['-H', header]);
  const args = ['-t', String(threads), '-c', String(load.connections), '-d', `${seconds}s`, '--latency', ...headers];
  const { code, output } = await collect(wrk, [...args, origin + load.path]);
  if (code !== 0) throw new Error(`wrk ended with exit code ${code}:\n${output}`);
  return parseWrk(output);
}

/** @throws {Error} where the text is no report of wrk */
export function parseWrk(output: string): LoadResult {
  const find = (pattern: RegExp): string => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`wrk did not report ${String(pattern)}:\n${output}`);
    return found;
  };
  const socketErrors =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output)?.slice(1) ?? [];
  const wrongAnswers = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? '0';
  return {
    requests: Number(find(/(\d+) requests in /)),
    perSecond: Number(find(/Requests\/sec:\s+([\d.]+)/)),
    p50: milliseconds(find(/ 50%\s+(\S+)/)),
    p99: milliseconds(find(/ 99%\s+(\S+)/)),
    errors: [...socketErrors, wrongAnswers].reduce((sum, count) => sum + Number(count), 0),
  };
}

/** Reads wrk's times: "635.00us", "2.27ms", "1.02s", "1.50m". */
function milliseconds(text: string): number {
  const [, value, unit = ''] = /^([\d.]+)(us|ms|s|m)$/.exec(text) ?? [];
  const factor = { us: 0.001, ms: 1, s: 1000, m: 60_000 }[unit];
  if (value === undefined || factor === undefined) throw new Error(`wrk wrote a time as ${text}.`);
  return Number(value) * factor;
}
