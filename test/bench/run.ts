import { cp, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { program } from '../harness/programs';
import { pythonEnv } from '../harness/pythonEnv';
import type { Contender } from './contenders';
import { measure, measureStart, type Plan } from './measure';
import { goalTable, markdown, scenarioReport } from './report';
import { scenarios } from './scenarios';

/**
 * `npm run bench`: this server beside waitress and gunicorn, with the same apps under the same load, everything
 * recorded and shipped to a viewer. Prints Markdown. Decides no test: figures of a busy machine prove nothing.
 *
 *     npm run bench -- --seconds 3 --rounds 5 --only hello16 --only start
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', multiple: true },
    },
  });
  const ids = [...scenarios.map(({ id }) => id), 'start'];
  const wanted = values.only ?? ids;
  const unknown = wanted.filter((id) => !ids.includes(id));
  if (unknown.length > 0) throw new Error(`There is no load "${unknown.join(', ')}". There are: ${ids.join(', ')}.`);
  if (process.platform !== 'linux') throw new Error('The benchmark reads CPU times from /proc: it runs on Linux only.');

  const bundles = await mkdtemp(join(tmpdir(), 'lifeline-bench-'));
  try {
    await bundle(bundles);
    const plan: Plan = {
      wrk: await program('wrk'),
      seconds: positive('seconds', values.seconds),
      rounds: positive('rounds', values.rounds),
      parts: { python: await pythonEnv(), bundles },
      progress: (text) => process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`),
    };
    print(`${machine()}\nMedians of ${plan.rounds} interleaved rounds of ${plan.seconds} s.\n`);
    for (const scenario of scenarios) {
      if (wanted.includes(scenario.id)) print(scenarioReport(scenario, await measure(scenario, plan)));
    }
    if (wanted.includes('start')) print(await startReport(plan));
  } finally {
    await rm(bundles, { recursive: true, force: true });
  }
}

/** Bundled as the product is (a loader of TypeScript beside the server would be measured too), in a folder of its own. */
async function bundle(folder: string): Promise<void> {
  const src = join(import.meta.dirname, '..', '..', 'src');
  const here = (name: string): string => join(import.meta.dirname, name);
  await build({
    entryPoints: {
      host: here('host.ts'),
      viewerThread: here('viewerThread.ts'),
      serverThread: join(src, 'server', 'serverThread.ts'),
    },
    outdir: folder,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  await cp(join(src, 'workers', 'python'), join(folder, 'python'), { recursive: true });
}

async function startReport(plan: Plan): Promise<string> {
  const rows: string[][] = [];
  const starts = new Map<Contender, { startMs: number; memory: number }>();
  for (const contender of ['lifeline', 'waitress', 'gunicorn sync', 'gunicorn gthread'] as const) {
    const start = await measureStart(contender, plan);
    starts.set(contender, start);
    rows.push([contender, start.startMs.toFixed(0), megabytes(start.memory).toFixed(1)]);
  }
  const ours = starts.get('lifeline') ?? { startMs: NaN, memory: NaN };
  const waitress = starts.get('waitress') ?? { startMs: NaN, memory: NaN };
  const goals = goalTable([
    { text: 'start to first 200', reached: ours.startMs, unit: 'ms', aim: 45, atMost: true },
    {
      text: 'memory of the app worker above waitress',
      reached: megabytes(ours.memory - waitress.memory),
      unit: 'MB',
      aim: 3,
      atMost: true,
    },
  ]);
  return `### Start (ours from a running editor) and memory of the app's processes\n\n${markdown(['server', 'first 200 ms', 'MB'], rows)}\n${goals}`;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), Linux ${release()}, Node ${process.versions.node}`;
}

function megabytes(bytes: number): number {
  return bytes / 1024 / 1024;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} takes a whole number above 0, not "${text}".`);
}

function print(text: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
