import type { ConnectionRow } from './columns';
import { duration } from './duration';
import type { TraceStore } from './traceStore';
import type { Verdict } from './verdict';
import { turnWaitWords } from './verdictWaits';
import { callName, capital } from './verdictWords';
import { turnWaitOf } from './waits';

/**
 * What is to be said of a connection beside its requests: that it waits for its turn, and for whom; that it sends nothing;
 * that the app itself has opened it. Undefined where there is nothing to say.
 */
export function connectionVerdictOf(store: TraceStore, id: number, now = store.now): Verdict | undefined {
  const connection = store.connection(id);
  if (!connection) return undefined;
  return waits(store, connection, now) ?? silent(store, connection, now) ?? calledByApp(store, connection);
}

function waits(store: TraceStore, connection: ConnectionRow, now: number): Verdict | undefined {
  const wait = turnWaitOf(store, connection, now);
  if (!wait || wait.end - wait.start < worthAWord) return undefined;
  const { did, because, blockers } = turnWaitWords(store, wait);
  const left = Number.isNaN(connection.turn) && !wait.open ? ' It was closed before that.' : '';
  const end = Number.isNaN(connection.closed) ? now : connection.closed;
  const share = (wait.end - wait.start) / Math.max(wait.end - wait.start, end - connection.accepted);
  return { kind: 'turn', lead: capital(did), rest: `${because}.${left}`, share, provenance: 'emulated', blockers };
}

function silent(store: TraceStore, connection: ConnectionRow, now: number): Verdict | undefined {
  const { requests, turn, closed, accepted } = connection;
  if (requests > 0 || Number.isNaN(turn)) return undefined;
  const open = Number.isNaN(closed);
  const lasted = (open ? now : closed) - accepted;
  const lead = open
    ? `It has sent nothing for ${duration(lasted)}`
    : `It was open for ${duration(lasted)} and sent nothing`;
  const alone = store.modelAt(turn)?.model === 'iterative';
  const rest = alone
    ? `: an idle browser preconnect, perhaps. One connection at a time in this model, so all others ${open ? 'wait' : 'waited'}.`
    : ': an idle browser preconnect, perhaps. In this model it holds nobody up.';
  return { kind: 'quick', lead, rest, share: 1, provenance: 'measured', blockers: [] };
}

function calledByApp(store: TraceStore, connection: ConnectionRow): Verdict | undefined {
  const caller = store.exchange(connection.caller);
  if (!caller) return undefined;
  const { accepted, closed } = connection;
  return {
    kind: 'self',
    lead: 'The app itself opened it',
    rest: `, in its call for ${callName(store, caller.id)} (inferred).`,
    share: 1,
    provenance: 'inferred',
    blockers: [
      {
        why: 'self',
        exchange: caller.id,
        connection: caller.connection,
        start: accepted,
        end: Number.isNaN(closed) ? store.now : closed,
        open: Number.isNaN(closed),
      },
    ],
  };
}

/** ms */
const worthAWord = 1;
