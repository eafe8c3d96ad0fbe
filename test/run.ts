import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runChecks } from './check';
import { runMocha, testFiles, type MochaRun } from './harness/mochaRun';
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
  const { unit, ui } = partsOf(all);
  const run = async (steps: readonly MochaRun[][]): Promise<Tally> => {
    let tally = nothing;
    for (const step of steps) tally = sum(tally, await runMocha(step, filter, env));
    return tally;
  };

  let tally = checked;
  if (parts.includes('unit')) tally = sum(tally, await run(unit));
  if (parts.includes('vscode')) {
    heading('Inside VS Code');
    const { runInVsCode } = await import('./vscode/run');
    tally = sum(tally, await runInVsCode());
  }
  if (parts.includes('ui')) tally = sum(tally, await run(ui));
  return tally;
}

/** What a loaded machine would spoil: it measures, or loads the machine itself. Nothing runs beside it. */
const alone = [
  'test/server/concurrency.test.ts',
  'test/server/kernelWatch.test.ts',
  'test/server/load.test.ts',
  'test/server/verdicts.test.ts',
  'test/soak/soak.test.ts',
  'test/ui/fluidPage.test.ts',
  'test/workers/processorTime.test.ts',
];

/** @returns what goes one after the other; of each step, all at the same time */
function partsOf(files: readonly string[]): Record<'unit' | 'ui', MochaRun[][]> {
  const [measuring, others] = [
    files.filter((file) => alone.includes(file)),
    files.filter((file) => !alone.includes(file)),
  ];
  const isUi = (file: string): boolean => file.startsWith('test/ui/');
  const isPage = (file: string): boolean => isUi(file) && file.endsWith('Page.test.ts');
  const isServer = (file: string): boolean => file.startsWith('test/server/');
  const isOther = (file: string): boolean => !isUi(file) && !isServer(file) && !file.startsWith('test/vscode/');
  return {
    unit: [
      [
        { title: 'The server', files: others.filter(isServer) },
        { title: 'Unit, wire, Python bridge, replay, command line', files: others.filter(isOther) },
      ],
      [{ title: 'What measures, alone', files: measuring.filter((file) => !isUi(file)) }],
    ],
    // Not side by side: a browser with VS Code and its server fill two processors.
    ui: [
      [{ title: 'As a person, in VS Code', files: others.filter((file) => isUi(file) && !isPage(file)) }],
      [{ title: 'The page of the timeline, in a browser', files: others.filter(isPage) }],
      [{ title: 'The page of the timeline, measured alone', files: measuring.filter(isUi) }],
    ],
  };
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
