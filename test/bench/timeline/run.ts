import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../harness/chromium';
import { serveTimelinePage } from '../../ui/timelinePage';
import { markdown } from '../report';
import { longestTask, workPerFrame, type TraceEvent } from './chromiumTrace';
import type { BenchWindow, Motion } from './page';

/**
 * `npm run bench:timeline`: the real page in headless Chromium, with traces of growing size, while the picture stands,
 * moves and grows by 10,000 requests a second. Prints Markdown; decides no test.
 *
 *     npm run bench:timeline -- --exchanges 1000000 --only pan --seconds 5 --profile pan.json
 *
 * "Work" is the processor time of the page's main thread from one frame to the next, as Chromium's own trace tells;
 * "interval" is how far the frames are apart: 16.7 ms at 60 a second.
 */
interface Load {
  readonly id: string;
  readonly title: string;
  readonly motion: Motion;
  /** Requests a second that come meanwhile. */
  readonly rate: number;
  /** The whole trace is in view. */
  readonly whole: boolean;
  readonly saved?: Readonly<Record<string, unknown>>;
}

const live = 10_000;
const loads: readonly Load[] = [
  { id: 'pan', title: 'panning, all in view', motion: 'pan', rate: 0, whole: true },
  { id: 'zoom', title: 'zooming in and out', motion: 'zoom', rate: 0, whole: true },
  { id: 'follow', title: 'appending, following', motion: 'stand', rate: live, whole: false },
  { id: 'append', title: 'appending, all in view', motion: 'stand', rate: live, whole: true },
  { id: 'both', title: 'appending and panning', motion: 'pan', rate: live, whole: true },
  { id: 'slots', title: 'by slots, all in view', motion: 'pan', rate: live, whole: true, saved: { groupBy: 'slot' } },
  {
    id: 'clients',
    title: 'by clients, all in view',
    motion: 'pan',
    rate: live,
    whole: true,
    saved: { groupBy: 'client' },
  },
  {
    id: 'sorted',
    title: 'table sorted by duration',
    motion: 'stand',
    rate: live,
    whole: true,
    saved: { table: { sorting: { column: 'total', descending: true } } },
  },
  {
    id: 'type',
    title: 'typing filters, all in view',
    motion: 'type',
    rate: live,
    whole: true,
    saved: { groupBy: 'slot' },
  },
  {
    id: 'inspect',
    title: 'with a request selected',
    motion: 'pan',
    rate: live,
    whole: true,
    saved: { inspectorOpen: true, selection: { kind: 'exchange', id: 700 } },
  },
  {
    id: 'filter',
    title: 'filter that hides',
    motion: 'pan',
    rate: live,
    whole: true,
    saved: { filter: 'slower:2ms -path:/item/7', hiding: true },
  },
];

declare global {
  interface Window {
    bench: BenchWindow;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      exchanges: { type: 'string', multiple: true, default: ['1000', '10000', '100000', '1000000'] },
      seconds: { type: 'string', default: '4' },
      only: { type: 'string', multiple: true },
      profile: { type: 'string' },
    },
  });
  const wanted = values.only ?? loads.map(({ id }) => id);
  const unknown = wanted.filter((id) => !loads.some((load) => load.id === id));
  if (unknown.length > 0) throw new Error(`There is no load "${unknown.join(', ')}".`);
  const seconds = positive('seconds', values.seconds);
  const here = (name: string): string => join(import.meta.dirname, name);
  const served = await serveTimelinePage({ page: here('page.ts'), host: here('host.ts') });
  print(`${machine()}\n`);
  try {
    for (const size of values.exchanges) {
      const exchanges = positive('exchanges', size);
      const chosen = loads.filter(({ id }) => wanted.includes(id));
      await measureSize(served.url, exchanges, chosen, seconds, values.profile);
    }
  } finally {
    served.close();
  }
}

async function measureSize(
  url: string,
  exchanges: number,
  chosen: readonly Load[],
  seconds: number,
  profile: string | undefined,
): Promise<void> {
  print(`### ${exchanges.toLocaleString('en')} requests\n`);
  const rows: string[][] = [];
  for (const load of chosen) {
    // A browser of its own for each: what one leaves behind must not be part of the next.
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
      const query = new URLSearchParams({
        exchanges: String(exchanges),
        capacity: '1000000',
        saved: JSON.stringify({ inspectorOpen: false, ...load.saved }),
      });
      const opened = await traced(browser, page, async () => {
        await page.goto(`${url}?${query.toString()}`);
        return page.evaluate((count) => window.bench.loaded(count), exchanges);
      });
      if (load === chosen[0]) print(await loadReport(page, opened.result, longestTask(opened.events, 'bench loaded')));
      rows.push(await measure(browser, page, load, seconds, profile));
    } finally {
      await browser.close();
    }
  }
  print(
    markdown(
      ['while', 'frames', 'work ms: median', 'p99', 'most', 'interval ms: median', 'p99', 'frames over 50 ms'],
      rows,
    ),
  );
}

async function loadReport(
  page: Page,
  { first, all }: { readonly first: number; readonly all: number },
  longest: number,
): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const heap = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  await session.detach();
  const megabytes = (heap.usedSize + (heap.backingStorageSize ?? 0)) / 1024 / 1024;
  return [
    `First rows on show after ${first.toFixed(0)} ms, all after ${all.toFixed(0)} ms, longest task ${longest.toFixed(0)} ms;`,
    `heap with array buffers ${megabytes.toFixed(1)} MB.\n`,
  ].join(' ');
}

async function measure(
  browser: Browser,
  page: Page,
  load: Load,
  seconds: number,
  profile: string | undefined,
): Promise<string[]> {
  if (load.whole) await page.getByRole('button', { name: 'Zoom to Fit', exact: true }).click();
  await page.evaluate((rate) => window.bench.live(rate), load.rate);
  await page.evaluate(([motion, time]) => window.bench.move(motion, time), [load.motion, 1] as const);
  const { result: gaps, events } = await traced(
    browser,
    page,
    () => page.evaluate(([motion, time]) => window.bench.move(motion, time), [load.motion, seconds] as const),
    profile !== undefined,
  );
  if (profile !== undefined) await writeFile(profile, JSON.stringify({ traceEvents: events }));
  const work = workPerFrame(events, 'bench frame');
  const ms = (value: number): string => value.toFixed(1);
  return [
    load.title,
    String(gaps.length),
    ms(quantile(work, 0.5)),
    ms(quantile(work, 0.99)),
    ms(quantile(work, 1)),
    ms(quantile(gaps, 0.5)),
    ms(quantile(gaps, 0.99)),
    String(gaps.filter((gap) => gap > 50).length),
  ];
}

/** What Chromium tells of its threads while something is done. */
async function traced<T>(
  browser: Browser,
  page: Page,
  run: () => Promise<T>,
  detailed = false,
): Promise<{ readonly result: T; readonly events: readonly TraceEvent[] }> {
  const timeline = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'];
  const more = detailed ? ['disabled-by-default-v8.cpu_profiler', ...timeline] : [];
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing', '__metadata', ...more] });
  const result = await run();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return { result, events: traceEvents };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), Linux ${release()}, no graphics processor`;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option} takes a whole number above 0, not "${text}".`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
