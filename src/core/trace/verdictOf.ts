import { departureSentence } from './departure';
import type { ExchangeDetail } from './detail';
import { duration } from './duration';
import type { TraceStore } from './traceStore';
import { say, type Rule, type Verdict } from './verdict';
import { appRules } from './verdictApp';
import { endings } from './verdictEndings';
import { factsOf, type Facts, type Part } from './verdictFacts';
import { progressRules } from './verdictProgress';
import { appItself } from './verdictWords';
import { deadlock, slot, slotWords, turn, turnWords } from './verdictWaits';

/**
 * The verdict on an exchange; undefined only where the trace does not know the exchange. Rules are asked in their order,
 * and the first one that has something to say is right: a deadlock, how it ended if that was not well, what it does now,
 * and else what took most of its time.
 *
 * @param detail its cold data, where that is at hand
 * @param now clock reading that ends what still goes on, in ms
 */
export function verdictOf(
  store: TraceStore,
  id: number,
  detail?: ExchangeDetail,
  now = store.now,
): Verdict | undefined {
  const exchange = store.exchange(id);
  if (!exchange) return undefined;
  const facts = factsOf(store, exchange, detail, now);
  const verdict = firstOf(rules, facts) ?? quick(facts);
  const left = departureSentence(exchange, facts.connection, now);
  return left === '' ? verdict : { ...verdict, rest: `${verdict.rest} ${left}` };
}

const rules: readonly Rule[] = [
  deadlock,
  endings,
  ...progressRules,
  (facts) => (facts.total < quickMs ? quick(facts) : undefined),
  mostTime,
];

function firstOf(list: readonly Rule[], facts: Facts): Verdict | undefined {
  for (const rule of list) {
    const verdict = rule(facts);
    if (verdict) return verdict;
  }
  return undefined;
}

/** Too short for its parts to be worth a word. */
function quick(facts: Facts): Verdict {
  const { total, parts } = facts;
  const lead = `Done in ${duration(total)}`;
  const waited = parts.slot + parts.turn;
  if (waited < 0.1 * total) return say(facts, 'quick', total, [lead, ': nothing waited.']);
  const what = parts.slot >= parts.turn ? 'for a free slot' : 'for its turn';
  return say(facts, 'quick', total, [lead, `, of which it waited ${duration(waited)} ${what}.`]);
}

/** What took most of the time, in the words of that part; and what it waited for before, if that was much. */
function mostTime(facts: Facts): Verdict | undefined {
  const parts = Object.entries(facts.parts) as [Part, number][];
  const [most] = parts.reduce((longest, each) => (each[1] > longest[1] ? each : longest));
  const verdict = tellers[most](facts);
  if (!verdict || most === 'slot' || most === 'turn') return verdict;
  const { slot: queued, turn: behind } = facts.parts;
  if (Math.max(queued, behind) < 0.1 * facts.total) return verdict;
  const { did, because, blockers } = queued >= behind ? slotWords(facts) : turnWords(facts);
  const rest = `${verdict.rest} Before that it ${did}${because}.`;
  return { ...verdict, rest, blockers: [...verdict.blockers, ...blockers] };
}

const tellers: Readonly<Record<Part, Rule>> = {
  turn,
  slot,
  head: (facts) => {
    const { head } = facts.parts;
    return say(facts, 'head', head, [`The client took ${duration(head)} to send the head of its request`, '.']);
  },
  continue: (facts) => {
    const waited = facts.parts.continue;
    const lead = `The client waited ${duration(waited)} for 100 Continue`;
    return say(facts, 'continue', waited, [lead, ': the app asked for the body only then.']);
  },
  body: (facts) => {
    const { body } = facts.parts;
    const { appStart, received } = facts.exchange;
    const rest = appStart < received ? ', while the app read it.' : `.${appItself(facts.app)}`;
    return say(facts, 'body', body, [`The body of the request took ${duration(body)} to arrive`, rest]);
  },
  app: (facts) => firstOf(appRules, facts),
  stall: (facts) => {
    const { app, stall } = facts.parts;
    return say(facts, 'stall', stall, [
      `The app answered in ${duration(app)}`,
      `; the client took ${duration(stall)} to read.`,
    ]);
  },
  send: (facts) => {
    const { send } = facts.parts;
    return say(facts, 'send', send, [`Sending the response took ${duration(send)}`, '.']);
  },
  overhead: (facts) => {
    const { overhead } = facts.parts;
    const lead = `The way to the app and back took ${duration(overhead)}`;
    return say(facts, 'overhead', overhead, [lead, `: the server’s own time.${appItself(facts.app)}`]);
  },
};

/** ms */
const quickMs = 5;
