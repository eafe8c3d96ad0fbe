import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { heading, nothing, resultLine, sum, type Tally } from './harness/report';
import { collect, which } from './harness/processRun';

/**
 * The static checks. Each counts as one test: a red one makes the whole run red.
 *
 * `npm run check` runs them alone.
 */
export async function runChecks(): Promise<Tally> {
  heading('Static checks');
  const python = (await which('python3')) ?? (await which('python')) ?? 'python3';
  const waiting = [...checks(python)];
  const work = async (): Promise<Tally> => {
    let tally = nothing;
    for (let check = waiting.shift(); check; check = waiting.shift()) tally = sum(tally, await run(check));
    return tally;
  };
  return sum(...(await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))));
}

interface Check {
  readonly name: string;
  readonly command: readonly string[];
}

function checks(python: string): Check[] {
  const tool = (file: string, ...args: string[]): string[] => [process.execPath, join('node_modules', file), ...args];
  const room = (folder: string): Check => ({
    name: `types of ${folder}`,
    command: tool('typescript/bin/tsc', '--noEmit', '-p', folder),
  });
  return [
    { name: 'lint', command: tool('eslint/bin/eslint.js', '--max-warnings', '0', '.') },
    room('test'),
    room('src'),
    room('src/server'),
    room('src/replay'),
    room('src/core'),
    room('media'),
    {
      name: 'layers',
      command: tool(
        'dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        'src',
        'media',
      ),
    },
    { name: 'unused files, exports and dependencies', command: tool('knip/bin/knip.js') },
    { name: 'format', command: tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
    { name: 'Python syntax', command: [python, '-c', pythonSyntax, 'src/workers/python', 'examples', 'test'] },
  ];
}

/** Compiles every .py file in memory: nothing is written beside it. */
const pythonSyntax = `
import pathlib, sys
for folder in sys.argv[1:]:
    for file in sorted(pathlib.Path(folder).rglob("*.py")):
        compile(file.read_bytes(), str(file), "exec", dont_inherit=True)
`;

async function run({ name, command }: Check): Promise<Tally> {
  const [program = '', ...args] = command;
  // What is piped and printed later does not see the terminal by itself.
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
  const started = performance.now();
  const { code, output } = await collect(program, args, { env, cwd: join(import.meta.dirname, '..') });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`  ${code === 0 ? '✔' : '✘'} ${name} (${seconds} s)\n`);
  if (code !== 0) process.stdout.write(`${output.trimEnd().replaceAll(/^/gm, '      ')}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

if (require.main === module) {
  void runChecks().then((tally) => {
    process.stdout.write(`\n${resultLine(tally)}\n`);
    process.exitCode = tally.failed === 0 ? 0 : 1;
  });
}
