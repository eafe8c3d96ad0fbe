import type { ConnectionRow, ExchangeRow } from '../../../src/core/trace/columns';
import { duration, ordinal } from '../format';
import type { Trace } from './trace';
import { closeName } from './words';

/** What a connection did at an instant, where no request was under way on it: in a sentence; empty where one was. */
export function laneMoment(trace: Trace, connection: ConnectionRow, time: number, now: number): string {
  const { accepted, registered, turn, closing, closed } = connection;
  const closes = Number.isNaN(closing) ? closed : closing;
  const list = trace.lanes.listOf(connection.id);
  if (time < accepted) return `Not accepted yet: ${duration(accepted - time)} later.`;
  if (time <= registered) return `Accepted; its addresses were known ${duration(registered - accepted)} later.`;
  if (time > closed) return `${closerOf(connection)}, ${duration(time - closed)} before.`;
  if (time >= closes) return closeSentence(connection, now);
  if (Number.isNaN(turn) || time < turn) return '';
  const next = list?.from(time) ?? 0;
  const [before, after] = [trace.exchange(list?.ids[next - 1] ?? 0), trace.exchange(list?.ids[next] ?? 0)];
  if (before && !(before.start + before.end <= time)) return '';
  const from = before ? before.start + before.end : turn;
  const until = after ? after.start : Number.isNaN(closes) ? now : closes;
  const idle = `Idle for ${duration(Math.max(0, until - from))}`;
  if (!before) return `${idle}${after ? ' before its first request.' : ', without a request.'}`;
  const place = placeOnConnection(trace, before);
  if (!after) return `${idle} after ${place === 1 ? 'its only request' : `the ${ordinal(place)} request`}.`;
  return `${idle} between its ${ordinal(place)} and ${ordinal(place + 1)} request.`;
}

/** Who ended it, how, when and how long that took. */
function closeSentence(connection: ConnectionRow, now: number): string {
  const { closing, closed } = connection;
  const began = Number.isNaN(closing) ? closed : closing;
  const took = Number.isNaN(closed) ? `for ${duration(now - began)} so far` : `took ${duration(closed - began)}`;
  return `${closerOf(connection)}; the close ${Number.isNaN(closed) ? 'goes on ' : ''}${took}.`;
}

/** "Closed by server", "Client left (RST)" */
function closerOf(connection: ConnectionRow): string {
  const name = closeName(connection) || 'closed';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Which request of its connection it is, counted from 1, forgotten ones among them. */
export function placeOnConnection(trace: Trace, exchange: Pick<ExchangeRow, 'id' | 'connection' | 'start'>): number {
  const list = trace.lanes.listOf(exchange.connection);
  const position = list?.positionOf(exchange.id, exchange.start) ?? -1;
  if (!list || position < 0) return 1;
  const all = Math.max(list.length, trace.connection(exchange.connection)?.requests ?? 0);
  return all - (list.length - 1 - position);
}

/** "3rd request on its connection, which was idle for 472 ms before"; empty for the first one. */
export function reuseSentence(trace: Trace, exchange: Pick<ExchangeRow, 'id' | 'connection' | 'start'>): string {
  const place = placeOnConnection(trace, exchange);
  if (place <= 1) return '';
  const list = trace.lanes.listOf(exchange.connection);
  const before = trace.exchange(list?.ids[list.positionOf(exchange.id, exchange.start) - 1] ?? 0);
  const idle = before ? exchange.start - before.start - before.end : NaN;
  const name = `${ordinal(place)} request on its connection`;
  return idle > 0 ? `${name}, after ${duration(idle)} idle` : name;
}
