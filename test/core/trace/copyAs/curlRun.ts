import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a program that is curl in the end, without the proxies and the settings of whoever runs the tests. Answers with
 * what it printed.
 */
export async function sendWithCurl(program: string, words: readonly string[], folder = '.'): Promise<string> {
  const kept = Object.entries(process.env).filter(([name]) => !/proxy$/i.test(name));
  const env = { ...Object.fromEntries(kept), CURL_HOME: '/nonexistent', HOME: '/nonexistent' };
  const { stdout } = await run(program, words, { env, cwd: folder, timeout: 10_000 });
  return stdout;
}
