import { exchangeFlags, outcomes, type ConnectionRow, type ExchangeRow, type Outcome } from './columns';
import type { ExchangeDetail } from './detail';
import type { Run } from './overlaps';
import type { TraceStore } from './traceStore';
import { companyOf } from './waits';

/** Where the time of an exchange went, as far as its own rows tell: what the rules of the verdict go by. Times are ms. */
export interface Facts {
  readonly store: TraceStore;
  readonly exchange: ExchangeRow;
  readonly connection: ConnectionRow | undefined;
  readonly detail: ExchangeDetail | undefined;
  readonly now: number;
  readonly outcome: Outcome;
  readonly over: boolean;
  /** From its first byte, or from its accept where it waited for its turn then, to its end or `now`. */
  readonly total: number;
  readonly parts: Readonly<Record<Part, number>>;
  /** The whole app call; NaN where there was none. */
  readonly app: number;
  /** The other calls that ran during the app call: looked for when they are first asked for. */
  readonly company: () => readonly Run[];
}

/** Stretches that do not overlap, so that shares mean something: where two phases do, the one that waits has the time. */
export type Part =
  | 'turn'
  | 'head'
  /** The client waits to be told that it may send its body. */
  | 'continue'
  | 'body'
  | 'slot'
  | 'app'
  /** The client does not read. */
  | 'stall'
  /** Sending after the app was done. */
  | 'send'
  /** Our own work: parser, environ, the way to the app worker and back. */
  | 'overhead';

export function factsOf(
  store: TraceStore,
  exchange: ExchangeRow,
  detail: ExchangeDetail | undefined,
  now: number,
): Facts {
  const connection = store.connection(exchange.connection);
  const over = !Number.isNaN(exchange.end);
  const end = over ? exchange.end : Math.max(0, now - exchange.start);
  const parts = partsOf(exchange, connection, detail, end);
  const { appStart, appEnd } = exchange;
  let company: readonly Run[] | undefined;
  return {
    store,
    exchange,
    connection,
    detail,
    now,
    outcome: outcomes[exchange.outcome] ?? 'in progress',
    over,
    total: end + parts.turn,
    parts,
    app: length(appStart, orElse(appEnd, end)),
    company: () => (company ??= companyOf(store, exchange, now)),
  };
}

function partsOf(
  exchange: ExchangeRow,
  connection: ConnectionRow | undefined,
  detail: ExchangeDetail | undefined,
  end: number,
): Readonly<Record<Part, number>> {
  const { flags, headEnd, received, environStart, ready, appStart, appEnd, replied } = exchange;
  const { sendStart, sendEnd, stallStart, stallEnd } = exchange;
  const first = (flags & exchangeFlags.first) !== 0;
  const queued = (flags & exchangeFlags.queued) !== 0;
  const stall: Stretch = [stallStart, orElse(stallEnd, end)];
  const app: Stretch = [appStart, orElse(appEnd, end)];
  const asked = detail?.marks.find((mark) => mark.name === '100 Continue')?.at ?? NaN;
  // Nothing of the body came before the server asked for it.
  const allowed = orElse(asked - exchange.start, headEnd);
  // While the body is still to come, `received` is the last byte so far.
  const bodyEnd = Number.isNaN(ready) && Number.isNaN(exchange.end) ? end : received;
  const body: Stretch = [allowed, bodyEnd];
  const sent: Stretch = [latest(sendStart, appEnd), orElse(sendEnd, end)];
  const ours = positive(ready - environStart);
  return {
    turn: first && connection ? positive(connection.turn - connection.registered) : 0,
    head: positive(orElse(headEnd, end)),
    continue: positive(allowed - headEnd),
    body: Number.isNaN(headEnd) ? 0 : size(body),
    slot: queued ? length(ready, orElse(appStart, end), 0) : 0,
    app: Math.max(0, size(app) - overlap(app, stall) - overlap(app, body) - overlap(app, [headEnd, allowed])),
    stall: size(stall),
    send: Number.isNaN(sendStart) ? 0 : Math.max(0, size(sent) - overlap(sent, stall)),
    overhead: ours + (queued ? 0 : length(ready, orElse(appStart, end), 0)) + length(appEnd, replied, 0),
  };
}

type Stretch = readonly [from: number, until: number];

function size([from, until]: Stretch): number {
  return length(from, until, 0);
}

function overlap([a, b]: Stretch, [c, d]: Stretch): number {
  return positive(Math.min(b, d) - Math.max(a, c));
}

/** @param otherwise where one of the two is not known */
function length(from: number, until: number, otherwise = NaN): number {
  return Number.isNaN(from) || Number.isNaN(until) ? otherwise : Math.max(0, until - from);
}

function positive(ms: number): number {
  return ms > 0 ? ms : 0;
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}

function latest(a: number, b: number): number {
  return Number.isNaN(b) ? a : Math.max(a, b);
}
