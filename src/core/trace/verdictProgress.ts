import { duration } from './duration';
import { say, type Rule } from './verdict';
import { groupedNames } from './verdictWords';
import { slotWords } from './verdictWaits';
import { selfWaitOf } from './waits';

/** What an exchange does that is not over, from its first step to its last. */
export const progressRules: readonly Rule[] = [
  (facts) => {
    if (facts.over || !Number.isNaN(facts.exchange.headEnd)) return undefined;
    const { head } = facts.parts;
    return say(facts, 'head', head, [`The head of the request has been arriving for ${duration(head)}`, '.']);
  },
  (facts) => {
    if (facts.over || !Number.isNaN(facts.exchange.ready)) return undefined;
    const { body } = facts.parts;
    return say(facts, 'body', body, [`The body of the request has been arriving for ${duration(body)}`, '.']);
  },
  (facts) => {
    const { over, parts, exchange } = facts;
    if (over || !Number.isNaN(exchange.appStart)) return undefined;
    if (exchange.queuePosition === 0)
      return say(facts, 'overhead', parts.overhead, [`On its way to the app for ${duration(parts.overhead)}`, '.']);
    const { because, blockers } = slotWords(facts);
    const lead = `Waiting for a free slot for ${duration(parts.slot)}`;
    return say(facts, 'slot', parts.slot, [lead, `${because}.`], 'measured', blockers);
  },
  (facts) => {
    const { over, parts, exchange } = facts;
    if (over || Number.isNaN(exchange.stallStart) || !Number.isNaN(exchange.stallEnd)) return undefined;
    const lead = `The client has not read for ${duration(parts.stall)}`;
    return say(facts, 'stall', parts.stall, [lead, ': the rest of the response waits until it does.']);
  },
  (facts) => {
    const { over, store, exchange, app, now } = facts;
    if (over || !Number.isNaN(exchange.appEnd)) return undefined;
    const lead = `In the app call for ${duration(app)}`;
    const asked = selfWaitOf(store, exchange, now);
    if (asked?.open) {
      const rest = `: it asks this server itself (${groupedNames(store, asked.blockers, asked.more)}).`;
      return say(facts, 'self', app, [lead, rest], 'inferred', asked.blockers);
    }
    if (Number.isNaN(exchange.sendStart)) return say(facts, 'app', app, [lead, '.']);
    const streamed = app + exchange.appStart - exchange.sendStart;
    return say(facts, 'streaming', streamed, [`The app has been sending for ${duration(streamed)}`, ' and goes on.']);
  },
  (facts) => {
    if (facts.over) return undefined;
    const { send } = facts.parts;
    return say(facts, 'send', send, [`Sending the response for ${duration(send)}`, '.']);
  },
];
