import { closers, closings, outcomes, type ConnectionRow, type ExchangeRow } from './columns';
import { duration } from './duration';

/**
 * Who left when, in a sentence, where the client began to take the connection down before all was done for the exchange;
 * else empty.
 *
 * A FIN says only that the client sends no more: most clients have left by then, some still read.
 *
 * @param now clock reading that ends what still goes on, in ms
 */
export function departureSentence(exchange: ExchangeRow, connection: ConnectionRow | undefined, now: number): string {
  const how = closings[connection?.how ?? 0];
  if (!connection || Number.isNaN(connection.closing)) return '';
  if (closers[connection.closedBy] !== 'client' || (how !== 'FIN' && how !== 'RST')) return '';
  const left = connection.closing - exchange.start;
  const over = !Number.isNaN(exchange.end);
  const outcome = outcomes[exchange.outcome];
  const said = `The client sent ${how} at +${duration(Math.max(0, left))}`;
  const { appStart } = exchange;
  const appEnd = Number.isNaN(exchange.appEnd) && over ? exchange.end : exchange.appEnd;
  const answered =
    how === 'FIN' && outcome === 'complete' ? ' The response was sent all the same: it may still read.' : '';

  if (Number.isNaN(appStart)) return outcome === 'client left' ? `${said}, before the app was called.` : '';
  if (Number.isNaN(appEnd)) {
    const since = duration(Math.max(0, now - exchange.start - Math.max(left, appStart)));
    return left < appStart
      ? `${said}; the app was called all the same.`
      : `${said}; the app runs on, for ${since} so far.`;
  }
  if (left < appStart)
    return `${said}, before the app was called; the call took ${duration(Math.max(0, appEnd - appStart))}.${answered}`;
  if (left < appEnd) return `${said}; the app ran on for ${duration(appEnd - left)}.${answered}`;
  return outcome === 'client left' ? `${said}, before it had all of the response.` : '';
}
