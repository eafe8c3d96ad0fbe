import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from './check';
import { runMocha, testFiles } from './harness/mochaRun';
import { stream } from './harness/processRun';
import { program } from './harness/programs';
import { pythonEnv } from './harness/pythonEnv';
import { heading, nothing, resultLine, sum, type Tally } from './harness/report';

/**
 * `npm test`: everything, in the order in which failures are cheapest to find.
 *
 *     npm test -- --only check|unit|vscode|ui   one part alone
 *     npm test -- --grep TEXT                   mocha's own filter
 *     npm test -- test/server/x.test.ts         some files alone
 */
async function main(): Promise<Tally> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true }, grep: { type: 'string' } },
  });
  const parts = values.only ?? (positionals.length > 0 ? ['unit', 'ui'] : ['check', 'unit', 'vscode', 'ui']);
  const unknown = parts.filter((part) => !['check', 'unit', 'vscode', 'ui'].includes(part));
  if (unknown.length > 0) throw new Error(`--only takes check, unit, vscode or ui, not ${unknown.join(', ')}.`);

  const checked = parts.includes('check') ? await runChecks() : nothing;
  if (parts.every((part) => part === 'check')) return checked;

  heading('Build');
  const root = join(import.meta.dirname, '..');
  if ((await stream(process.execPath, ['esbuild.mjs'], { cwd: root })) !== 0) {
    process.stdout.write('  The build failed; what needs it cannot be tested.\n');
    return sum(checked, oneFailure);
  }
  const env = { ...process.env, LIFELINE_TEST_PYTHON: await setUp() };
  // The suites inside the editor are started from here as well.
  process.env['LIFELINE_TEST_PYTHON'] = env.LIFELINE_TEST_PYTHON;

  const filter = values.grep === undefined ? [] : ['--grep', values.grep];
  const all = positionals.length > 0 ? positionals : await testFiles();
  const inBrowser = all.filter((file) => file.startsWith('test/ui/'));
  const plain = all.filter((file) => !file.startsWith('test/ui/') && !file.startsWith('test/vscode/'));
  const run = async (title: string, files: readonly string[]): Promise<Tally> => {
    if (files.length === 0) return nothing;
    heading(title);
    return runMocha(files, filter, env);
  };

  let tally = checked;
  if (parts.includes('unit')) tally = sum(tally, await run('Unit, wire, Python bridge, server, command line', plain));
  if (parts.includes('vscode')) {
    heading('Inside VS Code');
    const { runInVsCode } = await import('./vscode/run');
    tally = sum(tally, await runInVsCode());
  }
  if (parts.includes('ui')) tally = sum(tally, await run('As a person, in a browser', inBrowser));
  return tally;
}

const oneFailure: Tally = { passed: 0, failed: 1 };

/** Finds or installs what the tests drive. */
async function setUp(): Promise<string> {
  heading(`Set-up (${availableParallelism()} cores, Node ${process.versions.node})`);
  await program('curl');
  if (process.platform === 'linux') {
    await program('strace');
    await program('ss');
  }
  const python = await pythonEnv();
  process.stdout.write(`  Python for the tests: ${python}\n`);
  return python;
}

void main()
  .catch((error: unknown) => {
    process.stdout.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return oneFailure;
  })
  .then((tally) => {
    process.stdout.write(`\n${resultLine(tally)}\n`);
    // Not only an exit code: whatever a suite left behind must not keep the run from ending.
    process.exit(tally.failed === 0 ? 0 : 1);
  });
