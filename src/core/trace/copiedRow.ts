import type { ConnectionRow, ExchangeRow } from './columns';
import { outcomes } from './columns';
import { spansOf } from './spans';
import type { TraceStore } from './traceStore';

/**
 * A request as one row of a table: method, target, status, media type, outcome, then ms waited for a slot, in the app call and
 * altogether, bytes received and sent, and the client; apart by tabs.
 *
 * @param store gives what the numbers of both rows stand for
 * @param now clock reading that ends what still goes on, in ms
 */
export function copiedRow(
  exchange: ExchangeRow,
  connection: ConnectionRow | undefined,
  store: Pick<TraceStore, 'text' | 'mediaTypes'>,
  now: number,
): string {
  const spans = spansOf(exchange, connection, now);
  const sum = (phase: string): number =>
    spans.filter((span) => span.phase === phase).reduce((all, { duration }) => all + duration, 0);
  const total = Number.isNaN(exchange.end) ? now - exchange.start : exchange.end;
  const cells = [
    store.text(exchange.method),
    store.text(exchange.target),
    exchange.status > 0 ? String(exchange.status) : '',
    store.mediaTypes.name(exchange.mediaType),
    outcomes[exchange.outcome] ?? '',
    ...[sum('queue'), sum('app'), total].map((ms) => ms.toFixed(3)),
    String(exchange.bytesIn),
    String(exchange.bytesOut),
    connection ? store.text(connection.remote) : '',
  ];
  return cells.map(safeCell).join('\t');
}

/** A spreadsheet takes what begins like a formula for one, unless an apostrophe stands before it. */
function safeCell(cell: string): string {
  const text = cell.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
