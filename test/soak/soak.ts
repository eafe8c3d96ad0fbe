import { ServerProcess } from '../support/serverProcess';
import type { HostUsage } from '../support/serverHost';
import { eventually, pause } from '../support/servers';
import { aborting, closing, Field, keepAlive, slowloris, slowlyReading, uploading, type Client } from './clients';
import type { Ledger } from './ledger';

export interface Plan {
  readonly seconds: number;
  /** How many of each kind of client there are. */
  readonly clients: Readonly<Record<ClientName, number>>;
  /** Time between two kills of the app worker. */
  readonly killSeconds: number;
  readonly progress: (text: string) => void;
}

export interface SoakReport {
  readonly ledger: Ledger;
  readonly connections: number;
  /** After a while under the same load, when all that is bounded is full; at half time; and after the end. */
  readonly usages: readonly [start: HostUsage, half: HostUsage, end: HostUsage];
}

type ClientName = keyof typeof kinds;

const kinds = { keepAlive, closing, uploading, slowlyReading, aborting, slowloris } as const satisfies Record<
  string,
  Client
>;

/** Mixed load on a real server whose app worker is killed again and again. */
export async function soak(plan: Plan): Promise<SoakReport> {
  const server = await ServerProcess.start('soaks.py', { slots: 16 }, traceCapacity);
  try {
    // What the server needs once, it has after this: its trace is full, its threads have begun.
    const warm = new Field(server.port);
    const warmers = allClients(plan.clients).map((client) => client(warm));
    await pause(Math.min(60_000, plan.seconds * 300));
    warm.end();
    await Promise.all(warmers);
    const start = await quietUsage(server);

    const field = new Field(server.port);
    const clients = allClients(plan.clients).map((client) => client(field));
    const killing = kill(server, field, plan.killSeconds);
    await minutes(plan, field, 0);
    const half = await server.usage();
    await minutes(plan, field, plan.seconds / 2);
    field.end();
    await Promise.all([...clients, killing]);
    const end = await quietUsage(server);
    return { ledger: field.ledger, connections: (await server.connections()).accepted, usages: [start, half, end] };
  } finally {
    await server.end();
  }
}

/**
 * What the server has more of than before the load. Resident memory is not asked for: it holds pages that V8 and the C
 * library keep for later.
 */
export function leftBehind({ usages: [start, , end] }: Pick<SoakReport, 'usages'>): string[] {
  const left: string[] = [];
  for (const what of ['descriptors', 'threads', 'children'] as const) {
    if (end[what] > start[what]) left.push(`${end[what] - start[what]} ${what}`);
  }
  for (const thread of ['server', 'main'] as const) {
    for (const what of ['objects', 'buffers'] as const) {
      const full = thread === 'server' && what === 'buffers' ? detailBudget : 0;
      const more = end[thread][what] - Math.max(start[thread][what], full);
      if (more > spare[what]) left.push(`${(more / 2 ** 20).toFixed(1)} MiB of ${what} of the ${thread} thread`);
    }
  }
  return left;
}

function allClients(counts: Plan['clients']): Client[] {
  const names = Object.keys(kinds) as ClientName[];
  return names.flatMap((name) => Array.from({ length: counts[name] }, () => kinds[name]));
}

/** Half of the plan's time, with a word every minute. */
async function minutes(plan: Plan, field: Field, from: number): Promise<void> {
  const end = from + plan.seconds / 2;
  for (let at = from; at < end;) {
    const step = Math.min(60, end - at);
    await pause(step * 1000);
    at += step;
    const { counts, kills } = field.ledger;
    plan.progress(`${Math.round(at)} s: ${JSON.stringify(counts)}, ${kills} kills`);
  }
}

async function kill(server: ServerProcess, field: Field, seconds: number): Promise<void> {
  for (let next = performance.now() + seconds * 1000; !field.over();) {
    await pause(50);
    const { status, pid } = server.worker;
    if (performance.now() < next || status !== 'ready' || pid === undefined || field.over()) continue;
    field.ledger.killed();
    process.kill(pid, 'SIGKILL');
    while (server.worker.pid === pid && server.worker.status === 'ready') await pause(1);
    field.ledger.noticed();
    next = performance.now() + seconds * 1000;
  }
}

/** What the server uses once all connections have gone. */
async function quietUsage(server: ServerProcess): Promise<HostUsage> {
  await eventually('the end of all connections', async () =>
    (await server.connections()).open === 0 ? true : undefined,
  );
  await eventually('a worker', () => (server.worker.status === 'ready' ? true : undefined));
  // What was freed goes back to the system after a while, by timers of V8 and of the C library.
  await server.usage();
  await pause(3000);
  return server.usage();
}

/** Few, so that the trace is full, and takes no more memory, when the server is warm. */
const traceCapacity = 2000;
/** The details of finished requests, and the bodies of their responses, may fill so much: half of it each. */
const detailBudget = 2 * 32 * 2 ** 20;
/**
 * What comes and goes, in bytes: the recorder's table of texts, say, which is between empty and full. Hundreds of
 * thousands of requests that leave something behind are far above it.
 */
const spare = { objects: 8 * 2 ** 20, buffers: 4 * 2 ** 20 } as const;
