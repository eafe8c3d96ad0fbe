import { duration } from './duration';
import type { Run } from './overlaps';
import { say, type Rule } from './verdict';
import type { Facts } from './verdictFacts';
import { callName, capital, groupedNames, percent } from './verdictWords';
import { callOf, cpuDuring, gilWaitOf, selfWaitOf } from './waits';

/** Why the app call took as long as it did, where it took most of the time. The last rule always has something to say. */
export const appRules: readonly Rule[] = [askedItself, sharedLock, sharedProcessor, streamed, waited, computed, plain];

function askedItself(facts: Facts): ReturnType<Rule> {
  const { store, exchange, app, now } = facts;
  const wait = selfWaitOf(store, exchange, now);
  const time = wait ? wait.end - wait.start : 0;
  if (!wait || time < 0.5 * app) return undefined;
  const [only] = wait.blockers;
  const name =
    wait.blockers.length === 1 && only ? callName(store, only.exchange) : groupedNames(store, wait.blockers, wait.more);
  const rest = `: it asked this server itself, which took ${duration(time)} (${name}, inferred).`;
  return say(facts, 'self', time, [share(facts), rest], 'inferred', wait.blockers);
}

function sharedLock(facts: Facts): ReturnType<Rule> {
  const { store, exchange, app, now } = facts;
  const wait = gilWaitOf(store, exchange, now, facts.company);
  if (!wait) return undefined;
  const others = wait.blockers.length + wait.more;
  const lead = `The app call used ${duration(exchange.cpu)} of processor time in ${duration(app)} while ${counted(others, 'other call')} of the same process ran`;
  return say(facts, 'gil', app, [lead, ': they share one GIL (inferred).'], 'inferred', wait.blockers);
}

/** Calls of other processes computed at the same time, and all of them had less than they could use. */
function sharedProcessor(facts: Facts): ReturnType<Rule> {
  const { exchange, app, now } = facts;
  const { cpu } = exchange;
  if (!(app >= worthAReason && cpu >= 0.2 * app && cpu < 0.9 * app)) return undefined;
  const [from, end] = callOf(exchange, now);
  const busy = (run: Run): boolean => run.worker !== exchange.worker && cpuDuring(run, from, end) >= 0.1 * app;
  const others = facts.company().filter(busy);
  const together = others.reduce((sum, run) => sum + cpuDuring(run, from, end), cpu);
  if (others.length === 0 || together < 0.8 * app) return undefined;
  const lead = `The app call used ${duration(cpu)} of processor time in ${duration(app)} while ${counted(others.length, 'call')} of other processes computed`;
  return say(facts, 'processor', app, [lead, ': they share this machine’s processors (inferred).'], 'inferred');
}

function streamed(facts: Facts): ReturnType<Rule> {
  const { exchange, app } = facts;
  const first = exchange.sendStart - exchange.appStart;
  const time = app - first;
  if (!(app >= worthAReason && time >= 0.5 * app)) return undefined;
  const lead = `The app sent its response over ${duration(time)}`;
  return say(facts, 'streaming', time, [
    lead,
    `, as it made it; the first part left after ${duration(Math.max(0, first))}.`,
  ]);
}

function waited(facts: Facts): ReturnType<Rule> {
  const { exchange, app } = facts;
  const { cpu } = exchange;
  if (!(app >= worthAReason && cpu < 0.5 * app) || unknownCompany(facts)) return undefined;
  // What computes much may have had to wait for a processor.
  const others = cpu < 0.2 * app ? 'a database, a lock, sleep' : 'a database, a lock, sleep or a busy machine';
  const rest = `, which waited for something else for ${percent(1 - cpu / app)} of it: ${others} (inferred from its processor time, ${duration(cpu)}).`;
  return say(facts, 'waiting', app, [share(facts), rest], 'inferred');
}

function computed(facts: Facts): ReturnType<Rule> {
  const { exchange, app } = facts;
  const { cpu } = exchange;
  if (!(app >= worthAReason && cpu > 0.9 * app)) return undefined;
  return say(facts, 'computing', app, [
    share(facts),
    `: it computed all the time (${duration(cpu)} of processor time).`,
  ]);
}

function plain(facts: Facts): ReturnType<Rule> {
  const { exchange, app } = facts;
  const rest =
    app >= worthAReason && exchange.cpu >= 0 ? `, which used ${duration(exchange.cpu)} of processor time.` : '.';
  return say(facts, 'app', app, [share(facts), rest]);
}

/** Calls whose processor time is not told yet ran at the same time: what this one waited for may have been the lock. */
function unknownCompany({ exchange, app, company }: Facts): boolean {
  return exchange.cpu > 0.1 * app && company().some((run) => run.worker === exchange.worker && run.open);
}

function share({ app, total }: Facts): string {
  return `${capital(percent(app / total))} in the app call (${duration(app)})`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** ms: of a shorter call it does not matter what it did. */
const worthAReason = 20;
