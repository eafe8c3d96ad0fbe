import { assertNever } from '../assertNever';
import { duration } from './duration';
import { say, type Verdict } from './verdict';
import type { Facts } from './verdictFacts';
import { slotWords } from './verdictWaits';

/** How the exchange ended, where that was not as it should; who left when is added by itself. */
export function endings(facts: Facts): Verdict | undefined {
  const { outcome, exchange, total, app, parts } = facts;
  const { status } = exchange;
  const called = !Number.isNaN(app);
  const failed = (time: number, lead: string, rest: string): Verdict => say(facts, 'failed', time, [lead, rest]);
  switch (outcome) {
    case 'in progress':
    case 'complete':
      return undefined;
    case 'refused':
      return failed(total, status > 0 ? `Refused with ${status}` : 'Refused', ', and not passed to the app.');
    case 'app error':
      return called
        ? failed(app, `The app failed after ${duration(app)}`, '.')
        : failed(total, 'What the app answered could not be sent', '.');
    case 'worker lost':
      return called
        ? failed(app, `The app worker went away after ${duration(app)} of this call`, '.')
        : failed(total, `No app worker took this request in ${duration(total)}`, '.');
    case 'timed out':
      return failed(app, `The app call was given up after ${duration(called ? app : total)}`, ': its time limit.');
    case 'deadlock':
      return failed(
        total,
        `Refused after ${duration(total)}`,
        ': it waited for a slot that only its own caller could free.',
      );
    case 'server stopped':
      return failed(total, `The server was stopped after ${duration(total)}, while the client waited`, '.');
    case 'closed by hand':
      return byHand(facts);
    case 'send timeout':
      return say(facts, 'stall', parts.stall, [
        `The client did not read its response for ${duration(parts.stall)}`,
        ', so the server closed the connection.',
      ]);
    case 'client left':
      return left(facts);
    default:
      return assertNever(outcome);
  }
}

/** The app may have run on. */
function byHand(facts: Facts): Verdict {
  const { connection, exchange, total } = facts;
  const until = Math.min(total, (connection?.closing ?? NaN) - exchange.start);
  const time = Number.isNaN(until) ? total : Math.max(0, until);
  return say(facts, 'failed', time, [
    `Its connection was closed by hand after ${duration(time)}`,
    ', before all was sent.',
  ]);
}

function left(facts: Facts): Verdict {
  const { exchange, parts, total } = facts;
  const { headEnd, ready, appStart } = exchange;
  const sent = exchange.bytesOut > 0;
  if (Number.isNaN(headEnd))
    return say(facts, 'left', total, ['The client left before the head of its request was complete', '.']);
  if (Number.isNaN(ready)) return say(facts, 'left', total, ['The client left while its body was arriving', '.']);
  if (Number.isNaN(appStart) && parts.slot > 0) {
    const { because, blockers } = slotWords(facts);
    const lead = `The client left after it had waited ${duration(parts.slot)} for a free slot`;
    return say(facts, 'left', parts.slot, [lead, `${because}.`], 'measured', blockers);
  }
  return sent
    ? say(facts, 'left', total, ['The client left before it had all of the response', '.'])
    : say(facts, 'left', total, ['The client left before the app had answered', '.']);
}
