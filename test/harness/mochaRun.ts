import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { heading, nothing, sum, type Tally } from './report';

const root = join(import.meta.dirname, '..', '..');

/** Every test file below `test/`, by its path from the root with slashes. */
export async function testFiles(): Promise<string[]> {
  const names = await readdir(join(root, 'test'), { recursive: true });
  return names
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.test.ts'))
    .sort();
}

/** Test files that share a mocha process. */
export interface MochaRun {
  readonly title: string;
  readonly files: readonly string[];
}

/**
 * Runs test files, each list in a mocha of its own, side by side where there are processors for it. What they print
 * comes in the order of the lists: while one prints, the others hold theirs back.
 */
export async function runMocha(
  runs: readonly MochaRun[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Tally> {
  const begin = ({ files }: MochaRun, print: Print): Promise<Tally> => mochaProcess(files, args, env, print);
  const some = runs.filter(({ files }) => files.length > 0);
  const sideBySide = availableParallelism() > 1;
  const ahead = sideBySide ? some.map((run) => heldBack((print) => begin(run, print))) : [];
  let tally = nothing;
  for (const [index, run] of some.entries()) {
    heading(run.title);
    tally = sum(tally, await (ahead[index]?.show() ?? begin(run, toTerminal)));
  }
  return tally;
}

type Print = (piece: string | Buffer) => void;

const toTerminal: Print = (piece) => process.stdout.write(piece);

/** Something that runs, and prints only from the moment on when it is shown. */
function heldBack<T>(begin: (print: Print) => Promise<T>): { show(): Promise<T> } {
  const held: (string | Buffer)[] = [];
  let print: Print = (piece) => held.push(piece);
  const ended = begin((piece) => print(piece));
  return {
    show: () => {
      for (const piece of held.splice(0)) toTerminal(piece);
      print = toTerminal;
      return ended;
    },
  };
}

/**
 * Runs test files in a mocha of their own. A run without a test, and one that dies or does not end by itself, counts as
 * a failure: something crashed, or was left open.
 */
function mochaProcess(
  files: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: Print,
): Promise<Tally> {
  const mocha = join(root, 'node_modules', 'mocha', 'bin', '_mocha');
  const reporter = join(import.meta.dirname, 'tallyReporter.ts');
  // What is piped does not see the terminal by itself.
  const colours = process.stdout.isTTY ? ['--color'] : [];
  const all = ['--import', 'tsx', mocha, '--reporter', reporter, ...colours, ...args, ...files];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, all, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let tally: Tally | undefined;
    let patience: NodeJS.Timeout | undefined;
    child.stdout?.on('data', print);
    child.stderr?.on('data', print);
    child.on('message', (message) => {
      tally = message as Tally;
      patience = setTimeout(() => {
        print('\n  The tests are over, but their process does not end: a test left something open.\n');
        child.kill('SIGKILL');
      }, mostSecondsToEnd * 1000);
    });
    child.on('error', (error) => print(`\n  mocha could not be started: ${error.message}\n`));
    child.on('close', (code) => {
      clearTimeout(patience);
      const { passed, failed } = tally ?? { passed: 0, failed: 0 };
      const unexplained = failed === 0 && (code !== 0 || passed === 0);
      if (unexplained) print(`\n  mocha ended with code ${code ?? 'none'} after ${passed} tests.\n`);
      resolve({ passed, failed: unexplained ? 1 : failed });
    });
  });
}

const mostSecondsToEnd = 20;
