import type { ConnectionRow, ExchangeRow } from './columns';
import { outcomes } from './columns';
import { spansOf } from './spans';

/**
 * A request as one row of a table: method, target, status, outcome, then ms waited for a slot, in the app call and
 * altogether, bytes received and sent, and the client; apart by tabs.
 *
 * @param text gives an interned string
 * @param now clock reading that ends what still goes on, in ms
 */
export function copiedRow(
  exchange: ExchangeRow,
  connection: ConnectionRow | undefined,
  text: (id: number) => string,
  now: number,
): string {
  const spans = spansOf(exchange, connection, now);
  const sum = (phase: string): number =>
    spans.filter((span) => span.phase === phase).reduce((all, { duration }) => all + duration, 0);
  const total = Number.isNaN(exchange.end) ? now - exchange.start : exchange.end;
  const cells = [
    text(exchange.method),
    text(exchange.target),
    exchange.status > 0 ? String(exchange.status) : '',
    outcomes[exchange.outcome] ?? '',
    ...[sum('queue'), sum('app'), total].map((ms) => ms.toFixed(3)),
    String(exchange.bytesIn),
    String(exchange.bytesOut),
    connection ? text(connection.remote) : '',
  ];
  return cells.map(safeCell).join('\t');
}

/** A spreadsheet takes what begins like a formula for one, unless an apostrophe stands before it. */
function safeCell(cell: string): string {
  const text = cell.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
