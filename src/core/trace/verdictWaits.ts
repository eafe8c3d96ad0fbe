import { deadlockOf } from './deadlock';
import { duration } from './duration';
import { say, type Verdict } from './verdict';
import type { Facts } from './verdictFacts';
import { appItself, busyWords, callName, capital, clientName, groupedNames } from './verdictWords';
import { slotWaitOf, turnWaitOf, type Blocker, type Wait } from './waits';
import type { TraceStore } from './traceStore';

/** A wait in words: "waited 3.10 s for a free slot", ": all 4 were busy (GET /slow ×4)", and who that was. */
export interface WaitWords {
  readonly did: string;
  /** Empty where it is not known. */
  readonly because: string;
  readonly blockers: readonly Blocker[];
}

/** The exchange is one of those that wait for each other, or was one when it was over. */
export function deadlock(facts: Facts): Verdict | undefined {
  const { store, exchange, now } = facts;
  const found = deadlockOf(store, exchange.id, now);
  if (!found) return undefined;
  const { slots, holders, open, start, end } = found;
  const verb = open ? 'waits' : 'waited';
  const lead = holders.includes(exchange.id)
    ? `The app called its own server and ${verb} for itself: deadlock with ${counted(slots)}`
    : `The app called its own server, and this request ${verb} for a slot that only its callers could free: deadlock with ${counted(slots)}`;
  const asked = found.exchange > 0 ? callName(store, found.exchange) : clientName(store, found.connection);
  const lasted = `${open ? 'has waited' : 'waited'} for ${duration(end - start)}`;
  const rest = `. ${asked} ${lasted}. Choose more slots (lifeline.slots) or another model, or call the function instead of the server.`;
  const blockers = holders
    .filter((id) => id !== exchange.id)
    .map((id): Blocker => ({ why: 'slot', exchange: id, connection: connectionOf(store, id), start, end, open }));
  const inner: Blocker = { why: 'self', exchange: found.exchange, connection: found.connection, start, end, open };
  const self = found.exchange === exchange.id ? [] : [inner];
  return say(facts, 'deadlock', end - start, [lead, rest], 'inferred', [...self, ...blockers]);
}

export function slot(facts: Facts): Verdict | undefined {
  const { did, because, blockers } = slotWords(facts);
  return say(
    facts,
    'slot',
    facts.parts.slot,
    [capital(did), `${because}.${appItself(facts.app)}`],
    'measured',
    blockers,
  );
}

export function slotWords({ store, exchange, parts, now }: Facts): WaitWords {
  const wait = slotWaitOf(store, exchange, now);
  const open = wait?.open ?? false;
  const did = open
    ? `waits for a free slot for ${duration(parts.slot)}`
    : `waited ${duration(parts.slot)} for a free slot`;
  if (!wait) return { did, because: '', blockers: [] };
  const { blockers, more } = wait;
  if (blockers.length === 0) return { did, because: startingWords(store, wait), blockers };
  const slots = store.modelAt(wait.start)?.slots ?? blockers.length;
  const ahead = Math.max(0, exchange.queuePosition - 1);
  const before = ahead > 0 ? ` and ${ahead} ${ahead === 1 ? 'other' : 'others'} came first` : '';
  const because = `: ${busyWords(slots, open)}${before} (${groupedNames(store, blockers, more)})`;
  return { did, because, blockers };
}

export function turn(facts: Facts): Verdict | undefined {
  const { did, because, blockers } = turnWords(facts);
  return say(
    facts,
    'turn',
    facts.parts.turn,
    [capital(did), `${because}.${appItself(facts.app)}`],
    'emulated',
    blockers,
  );
}

export function turnWords({ store, connection, now }: Facts): WaitWords {
  const wait = connection && turnWaitOf(store, connection, now);
  if (!wait) return { did: 'waited for its turn', because: '', blockers: [] };
  return turnWaitWords(store, wait);
}

/** How a connection waits, or waited, for others to be served. */
export function turnWaitWords(store: TraceStore, wait: Wait): WaitWords {
  const { start, end, open, blockers, more } = wait;
  const did = open ? `waits for its turn for ${duration(end - start)}` : `waited ${duration(end - start)} for its turn`;
  const [longest] = blockers;
  if (!longest) return { did, because: '', blockers };
  const holder = blockers.find((blocker) => blocker.open) ?? longest;
  const name = clientName(store, holder.connection);
  const others = blockers.length + more - 1;
  const also = others > 0 ? `, and ${others} ${others === 1 ? 'other' : 'others'} came before it` : '';
  const what =
    holder.exchange > 0
      ? `${name} was accepted first (${callName(store, holder.exchange)})`
      : `${name} was accepted first and ${holder.open ? 'has' : 'had'} sent nothing: an idle browser preconnect`;
  return { did, because: `: ${what}${also}; one connection at a time in this model`, blockers };
}

/** Nobody held a slot: it was the app worker that was not there yet. */
function startingWords(store: TraceStore, { start, end, open }: Wait): string {
  if (open) return ': the app is not ready yet';
  const ready = store.notes.some(({ name, at }) => name === 'app ready' && at >= start && at <= end + 50);
  return ready ? ': the app was starting' : '';
}

function connectionOf(store: TraceStore, exchange: number): number {
  return store.exchanges.columns.connection[store.exchanges.rowOf(exchange)] ?? 0;
}

function counted(slots: number): string {
  return slots === 1 ? '1 slot' : `${slots} slots`;
}
