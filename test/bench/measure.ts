import { start, type Contender, type Parts, type Running } from './contenders';
import { usageOf } from './processTree';
import { oneByOne } from './oneByOne';
import type { Figures, Scenario } from './scenarios';
import { runWrk, type Load } from './wrk';

export interface Plan {
  readonly wrk: string;
  readonly seconds: number;
  readonly rounds: number;
  readonly parts: Parts;
  /** Told of each step, for a reader who waits. */
  readonly progress: (text: string) => void;
}

/**
 * Measures a scenario: its contenders take turns (A B C, C B A, ...), so that whatever else the machine does meets all
 * alike. Each turn has a fresh process, as a compiler's decisions make one faster than another of the same program by a
 * tenth. The medians over the rounds are what counts.
 */
export async function measure(scenario: Scenario, plan: Plan): Promise<Map<Contender, Figures>> {
  const rounds = new Map<Contender, Figures[]>(scenario.contenders.map((contender) => [contender, []]));
  for (let round = 1; round <= plan.rounds; round++) {
    for (const contender of round % 2 ? scenario.contenders : [...scenario.contenders].reverse()) {
      plan.progress(`${scenario.title}: round ${round} of ${plan.rounds}, ${contender}`);
      const server = await start(contender, scenario.app, plan.parts);
      try {
        await runWrk(plan.wrk, server.origin, scenario.load, warmSeconds);
        rounds.get(contender)?.push(await once(scenario, server, plan));
      } finally {
        await server.stop();
      }
    }
  }
  return new Map([...rounds].map(([contender, each]) => [contender, medians(each)]));
}

/** So long the engines take to have compiled what runs often. */
const warmSeconds = 3;

/** From the order to start to the first 200, and the memory of the processes that run the app; medians. */
export async function measureStart(
  contender: Contender,
  plan: Plan,
): Promise<{ readonly startMs: number; readonly memory: number }> {
  const times: number[] = [];
  const memories: number[] = [];
  for (let round = 1; round <= plan.rounds; round++) {
    plan.progress(`Start: round ${round} of ${plan.rounds}, ${contender}`);
    const server = await start(contender, 'hello', plan.parts);
    times.push(server.startMs);
    const whole = await usageOf(server.pid);
    // Our own process stands for the editor; the app's is its child.
    memories.push(contender === 'lifeline' ? whole.childMemory : whole.memory);
    await server.stop();
  }
  return { startMs: median(times), memory: median(memories) };
}

async function once(scenario: Scenario, server: Running, plan: Plan): Promise<Figures> {
  const load = (each: Load) =>
    scenario.held === undefined
      ? runWrk(plan.wrk, server.origin, each, plan.seconds)
      : oneByOne(plan.parts.python, server.origin, each.path, 2000 * plan.seconds);
  const idle = scenario.held === undefined ? undefined : await load(scenario.load);
  const held = hold(server, scenario.held ?? 0, plan.seconds + marginSeconds);
  if (idle) await new Promise((resolve) => setTimeout(resolve, 300));
  const before = await usageOf(server.pid);
  const [main, beside] = await Promise.all([load(scenario.load), scenario.beside && load(scenario.beside)]);
  const after = await usageOf(server.pid);
  await held;
  return {
    perSecond: main.perSecond,
    p50: main.p50,
    p99: main.p99,
    cpu: (after.cpu - before.cpu) / (main.requests + (beside?.requests ?? 0)),
    errors: main.errors + (beside?.errors ?? 0),
    besidePerSecond: beside?.perSecond ?? 0,
    idleP99: idle?.p99 ?? NaN,
  };
}

/** Resolves when all calls have ended that were to hold a slot each. */
async function hold({ origin }: Running, slots: number, seconds: number): Promise<void> {
  const calls = Array.from({ length: slots }, async () => {
    const response = await fetch(`${origin}/hold?${seconds}`);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`A call that was to hold a slot got ${response.status}.`);
  });
  await Promise.all(calls);
}

/** wrk needs some time to start and to report. */
const marginSeconds = 4;

function medians(rounds: readonly Figures[]): Figures {
  const of = (key: keyof Figures): number => median(rounds.map((round) => round[key]));
  return {
    perSecond: of('perSecond'),
    p50: of('p50'),
    p99: of('p99'),
    cpu: of('cpu'),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
    besidePerSecond: of('besidePerSecond'),
    idleP99: of('idleP99'),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle) - 1] ?? NaN)) / 2;
}
