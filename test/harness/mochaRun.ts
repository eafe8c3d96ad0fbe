import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tally } from './report';

const root = join(import.meta.dirname, '..', '..');

/** Every test file below `test/`, by its path from the root with slashes. */
export async function testFiles(): Promise<string[]> {
  const names = await readdir(join(root, 'test'), { recursive: true });
  return names
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
}

/**
 * Runs test files in a mocha of their own, whose output goes to the terminal. A run without a test, and one that dies
 * or does not end by itself, counts as a failure: something crashed, or was left open.
 */
export async function runMocha(
  files: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Tally> {
  const mocha = join(root, 'node_modules', 'mocha', 'bin', '_mocha');
  const reporter = join(import.meta.dirname, 'tallyReporter.ts');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', mocha, '--reporter', reporter, ...args, ...files], {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let tally: Tally | undefined;
    let patience: NodeJS.Timeout | undefined;
    child.on('message', (message) => {
      tally = message as Tally;
      patience = setTimeout(() => {
        process.stdout.write('\n  The tests are over, but their process does not end: a test left something open.\n');
        child.kill('SIGKILL');
      }, mostSecondsToEnd * 1000);
    });
    child.on('error', (error) => process.stdout.write(`\n  mocha could not be started: ${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(patience);
      const { passed, failed } = tally ?? { passed: 0, failed: 0 };
      const unexplained = failed === 0 && (code !== 0 || passed === 0);
      if (unexplained) process.stdout.write(`\n  mocha ended with code ${code ?? 'none'} after ${passed} tests.\n`);
      resolve({ passed, failed: unexplained ? 1 : failed });
    });
  });
}

const mostSecondsToEnd = 20;
