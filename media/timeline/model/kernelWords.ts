import { assertNever } from '../../../src/core/assertNever';
import { closers, closings, type ConnectionRow } from '../../../src/core/trace/columns';
import type { KernelHistory } from '../../../src/core/trace/kernelHistory';
import type { PairView, TcpState } from '../../../src/core/trace/kernelView';
import type { Series } from '../../../src/core/trace/series';
import { bytes, counted, duration, instant } from '../format';

/** What the state of a pair means, as the server sees it. */
export function stateSentence(state: TcpState): string {
  switch (state) {
    case 'ESTABLISHED':
      return 'Open: both sides may send.';
    case 'FIN_WAIT1':
      return 'The server has sent its FIN, and the client has not acknowledged it yet.';
    case 'FIN_WAIT2':
      return 'The client has acknowledged the server’s FIN, but has not sent its own: it has not closed yet.';
    case 'CLOSING':
      return 'Both have sent a FIN at the same time, and the client has not acknowledged the server’s.';
    case 'TIME_WAIT':
      return 'Both have closed, the server first. The kernel keeps the pair for a minute, so that a late packet cannot fall into a new connection of the same pair. It costs nothing but its place.';
    case 'CLOSE_WAIT':
      return 'The client has sent its FIN, and the server has not closed yet: it may still send.';
    case 'LAST_ACK':
      return 'The client has closed first, now the server too: only the client’s last acknowledgement is to come.';
    case 'CLOSED':
      return 'The kernel does not know the pair any more.';
    case 'SYN_SENT':
    case 'SYN_RECV':
      return 'The connection is being opened.';
    case 'LISTEN':
      return 'The socket takes new connections.';
    default:
      return assertNever(state);
  }
}

/** Who sent the first FIN, and with whom TIME_WAIT stays; empty while the connection is open. */
export function closeDirection(connection: ConnectionRow, pair: PairView): string {
  const seen = (...states: TcpState[]): boolean => pair.states.some(({ state }) => states.includes(state));
  if (seen('CLOSING')) return 'Both sides sent their FIN at the same time: each keeps the pair in TIME_WAIT.';
  if (seen('CLOSE_WAIT', 'LAST_ACK')) return clientFirst;
  if (seen('FIN_WAIT1', 'FIN_WAIT2', 'TIME_WAIT')) {
    return seen('TIME_WAIT') || !seen('CLOSED') ? serverFirst : `${serverFirst} An RST may have ended that early.`;
  }
  const by = closers[connection.closedBy] ?? 'open';
  const how = closings[connection.how] ?? '';
  if (by === 'open') return '';
  if (how === 'RST' || how === 'send timeout') return 'An RST ended it at once: neither side waits in TIME_WAIT.';
  if (by === 'client') return clientFirst;
  // A client that closes when it has the answer may be quicker than our own FIN, which follows the answer.
  return how === 'FIN' && seen('CLOSED') ? nothingSeen : serverFirst;
}

const clientFirst = 'The client sent its FIN first: TIME_WAIT stays on its side, and nothing remains here.';
const nothingSeen =
  'The server closed it, but no TIME_WAIT was seen on this side: the client’s FIN may have been first.';
const serverFirst = 'The server sent its FIN first: TIME_WAIT stays on this side.';

/** What lies in the queues of the pair: "12 KB sent, and not acknowledged by the client." Empty where nothing does. */
export function queueSentences(pair: PairView): string[] {
  const state = pair.states.at(-1)?.state;
  // A FIN takes a number in the sequence as a byte does (RFC 9293, 3.4).
  const finSent = state === 'FIN_WAIT1' || state === 'CLOSING' || state === 'LAST_ACK';
  const finReceived = state === 'CLOSE_WAIT' || state === 'LAST_ACK' || state === 'CLOSING';
  const out = pair.unacknowledged - (finSent ? 1 : 0);
  const into = pair.unread - (finReceived ? 1 : 0);
  return [
    ...(out > 0 ? [`${bytes(out)} that the client has not acknowledged: in the send queue, or on the way.`] : []),
    ...(into > 0 ? [`${bytes(into)} that the server has not read: in the receive queue.`] : []),
  ];
}

/**
 * Who waits to be accepted, or waited, and why; empty where nobody ever did.
 *
 * @param lags of the server thread: it accepts, so where connections wait, it is busy
 */
export function acceptQueueSentence(kernel: KernelHistory, lags: Series): string {
  const { depths } = kernel;
  const alert = acceptQueueAlert(kernel);
  if (alert !== '') return `${alert}.`;
  if (depths.worst < 0) return '';
  const [at, most] = [depths.timeAt(depths.worst), depths.valueAt(depths.worst)];
  const lag = lagAround(lags, at);
  const busy = Number.isNaN(lag) ? '' : `: the server thread was busy for ${duration(lag)}`;
  return `${counted(most, 'connection')} waited in the kernel’s accept queue at ${instant(at)}${busy}.`;
}

/** Who waits at this moment, and for how long the thread has been busy; empty where nobody does. */
export function acceptQueueAlert({ acceptQueue, pulse }: Pick<KernelHistory, 'acceptQueue' | 'pulse'>): string {
  const depth = acceptQueue?.depth ?? 0;
  if (depth === 0) return '';
  const busy = pulse && !pulse.answered ? `: the server thread has been busy for ${duration(pulse.lag)}` : '';
  return `${counted(depth, 'connection')} ${depth === 1 ? 'waits' : 'wait'} in the kernel’s accept queue${busy}`;
}

/** The lag of the thread at an instant; NaN where it was on time. */
function lagAround(lags: Series, at: number): number {
  let most = NaN;
  // Of lags that began before, one that is long enough counts, however many short ones came after it.
  for (let position = lags.firstAfter(at) - 1; position >= 0; position--) {
    const [from, lag] = [lags.timeAt(position), lags.valueAt(position)];
    if (from + lag >= at && !(lag <= most)) most = lag;
    if (at - from > lags.valueAt(lags.worst)) break;
  }
  return most;
}
