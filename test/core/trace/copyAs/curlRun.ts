import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a program that is curl in the end, without the proxies and the settings of whoever runs the tests. */
export async function sendWithCurl(program: string, words: readonly string[]): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !/proxy$/i.test(name));
  const env = { ...Object.fromEntries(kept), CURL_HOME: '/nonexistent', HOME: '/nonexistent' };
  const { stdout } = await run(program, words, { env, timeout: 10_000 });
  assert.equal(stdout, '');
}
