import { exchangeFlags, type ConnectionRow, type ExchangeRow } from '../../../src/core/trace/columns';
import type { Series } from '../../../src/core/trace/series';
import { duration } from '../format';
import { notableLagMs } from './ownError';

/**
 * Why the times of an exchange are to be doubted; empty where they are not: the server's own thread was late while it
 * lasted, or before it accepted the connection, when nothing of the client's wait can be seen.
 *
 * @param now ms on the trace's clock, for an exchange that goes on
 */
export function doubtOf(
  lags: Series,
  exchange: Pick<ExchangeRow, 'flags' | 'start' | 'end'>,
  connection: Pick<ConnectionRow, 'accepted'> | undefined,
  now: number,
): string {
  const end = Number.isNaN(exchange.end) ? now : exchange.start + exchange.end;
  const during = worstBetween(lags, exchange.start, end);
  if (during >= notableLagMs) {
    return `The server’s own thread was late by up to ${duration(during)} during this request: what it stamped then is late by up to that. The app call was stamped by the app’s process and is exact.`;
  }
  const first = (exchange.flags & exchangeFlags.first) !== 0;
  const accepted = connection?.accepted ?? NaN;
  // It accepts as the first thing that it does again.
  const before = first ? worstBetween(lags, accepted - justBeforeMs, accepted) : 0;
  if (before < notableLagMs) return '';
  return `The server’s own thread was busy for ${duration(before)} until it accepted this connection. The client may have waited for as long in the kernel’s accept queue, which no phase here shows.`;
}

/** The longest lag that touches a stretch of time; 0 where there was none. */
function worstBetween(lags: Series, from: number, to: number): number {
  if (lags.worst < 0) return 0;
  let worst = 0;
  const longest = lags.valueAt(lags.worst);
  for (let position = lags.firstAfter(from - longest - 1); position < lags.length; position++) {
    const [at, lag] = [lags.timeAt(position), lags.valueAt(position)];
    if (at > to) break;
    if (lag > worst && at + lag >= from) worst = lag;
  }
  return worst;
}

const justBeforeMs = 20;
