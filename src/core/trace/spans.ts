import { exchangeFlags, type ConnectionRow, type ExchangeRow } from './columns';
import type { PhaseName } from './phases';

/** One phase of one exchange as it is drawn and exported. */
export interface Span {
  readonly phase: PhaseName;
  /** ms on the trace's clock */
  readonly start: number;
  /** ms; up to `now` while the phase goes on */
  readonly duration: number;
  /** The phase has not ended yet. */
  readonly open: boolean;
}

/**
 * The phases of an exchange, in the order of `phases`, without those that it never entered. The hop can stand twice:
 * to the worker, and back.
 *
 * @param connection the connection's row: its accept belongs to the connection's first exchange; where the connection
 *   closes after this exchange (`last`), so does its close
 * @param now clock reading that ends what still goes on, in ms
 */
export function spansOf(
  exchange: ExchangeRow,
  connection: ConnectionRow | undefined,
  now: number,
  last = false,
): Span[] {
  const spans: Span[] = [];
  const at = (offset: number): number => exchange.start + offset;
  const over = !Number.isNaN(exchange.end);
  const end = over ? at(exchange.end) : now;
  const add = (phase: PhaseName, start: number, stop: number): void => {
    if (Number.isNaN(start)) return;
    const open = Number.isNaN(stop) && !over;
    const until = Number.isNaN(stop) ? end : stop;
    spans.push({ phase, start, duration: Math.max(0, until - start), open });
  };

  const { headEnd, parseTime, received } = exchange;
  const queued = (exchange.flags & exchangeFlags.queued) !== 0;
  if (connection && exchange.flags & exchangeFlags.first) {
    add('accept', connection.accepted, connection.registered);
    spans.push(...turnOf(connection, now));
  }
  add('recv', exchange.start, at(exchange.received));
  if (received > headEnd) add('body', at(headEnd), at(received));
  const parsed = Number.isNaN(headEnd) ? parseTime : headEnd;
  add('parse', at(parsed - parseTime), at(parsed));
  add('environ', at(exchange.environStart), at(exchange.ready));
  add(queued ? 'queue' : 'hop', at(exchange.ready), at(exchange.appStart));
  add('app', at(exchange.appStart), at(exchange.appEnd));
  if (!Number.isNaN(exchange.appEnd)) add('hop', at(exchange.appEnd), at(exchange.replied));
  add('sendall', at(exchange.sendStart), at(exchange.sendEnd));
  add('stall', at(exchange.stallStart), at(exchange.stallEnd));
  if (connection && last && !Number.isNaN(connection.closing)) {
    const open = Number.isNaN(connection.closed);
    const until = open ? now : connection.closed;
    spans.push({ phase: 'close', start: connection.closing, duration: Math.max(0, until - connection.closing), open });
  }
  return spans;
}

/**
 * The wait of a connection for the server's turn; none where it was served at once. It is over too where the connection
 * was given up before.
 *
 * @param now clock reading that ends what still goes on, in ms
 */
export function turnOf(connection: ConnectionRow, now: number): Span[] {
  const { registered, turn, closing, closed } = connection;
  if (Number.isNaN(registered) || turn === registered) return [];
  const end = [turn, closing, closed].find((at) => !Number.isNaN(at));
  return [
    { phase: 'turn', start: registered, duration: Math.max(0, (end ?? now) - registered), open: end === undefined },
  ];
}
