import { assertNever } from '../../../src/core/assertNever';
import {
  closings,
  exchangeFlags,
  outcomes,
  type Closing,
  type ConnectionRow,
  type ExchangeRow,
  type Outcome,
} from '../../../src/core/trace/columns';
import { closeName } from '../../../src/core/trace/closeName';
import { phaseOf } from '../../../src/core/trace/phases';
import { counted } from '../format';
import { visibleText } from './content/visibleText';
import type { Trace } from './trace';

/** What the picture, the tooltip and the inspector say about a row, in the same words everywhere. */

export { closeName };

function outcomeOf(exchange: Pick<ExchangeRow, 'outcome'>): Outcome {
  return outcomes[exchange.outcome] ?? 'in progress';
}

export type Tone = 'plain' | 'warning' | 'error';

/** Whether an exchange went well: decides its colour. */
export function toneOf(exchange: Pick<ExchangeRow, 'outcome' | 'status'>): Tone {
  const outcome = outcomeOf(exchange);
  switch (outcome) {
    case 'app error':
    case 'worker lost':
    case 'timed out':
    case 'deadlock':
      return 'error';
    case 'refused':
    case 'client left':
    case 'send timeout':
    case 'server stopped':
    case 'closed by hand':
      return 'warning';
    case 'complete':
    case 'in progress':
      return exchange.status >= 500 ? 'error' : 'plain';
    default:
      return assertNever(outcome);
  }
}

/** "GET /slow?seconds=3", or what stands for it where the head could not be read. */
export function requestName(trace: Trace, exchange: Pick<ExchangeRow, 'method' | 'target' | 'outcome'>): string {
  const method = trace.store.text(exchange.method);
  const target = trace.store.text(exchange.target);
  const name = `${method} ${target}`.trim();
  // Almost every name is plain, and names are asked for with every frame.
  if (name) return /[^ -~]/.test(name) ? visibleText(name) : name;
  return outcomeOf(exchange) === 'in progress' ? 'request arriving' : 'unreadable request';
}

/** "200", or how it ended where there is no status; empty while it goes on without one. */
export function resultName(exchange: Pick<ExchangeRow, 'status' | 'outcome'>): string {
  const outcome = outcomeOf(exchange);
  if (outcome === 'in progress') return exchange.status > 0 ? String(exchange.status) : '';
  if (outcome === 'client left' || outcome === 'send timeout' || outcome === 'server stopped') return outcome;
  if (outcome === 'closed by hand') return outcome;
  if ((outcome === 'worker lost' || outcome === 'timed out') && exchange.status === 0) return outcome;
  return exchange.status > 0 ? String(exchange.status) : outcome;
}

/** Something was found that had better be looked at. */
export function hasFindings(exchange: Pick<ExchangeRow, 'flags'>): boolean {
  return (exchange.flags & exchangeFlags.found) !== 0;
}

function closingOf(connection: ConnectionRow): Closing {
  return closings[connection.how] ?? '';
}

/** The word at the end of a lane: FIN, RST, timeout. */
export function closeMark(connection: ConnectionRow): { text: string; tone: Tone } {
  const how = closingOf(connection);
  switch (how) {
    case 'RST':
      return { text: 'RST', tone: 'error' };
    case 'idle timeout':
    case 'request timeout':
    case 'send timeout':
      return { text: 'timeout', tone: how === 'idle timeout' ? 'plain' : 'warning' };
    case 'error':
      return { text: 'error', tone: 'error' };
    case 'server stopped':
      return { text: 'stopped', tone: 'plain' };
    case 'by hand':
    case 'FIN':
    case '':
      return { text: 'FIN', tone: 'plain' };
    default:
      return assertNever(how);
  }
}

/** The second line of a lane's title: "3 requests · keep-alive". */
export function laneSummary(trace: Trace, connection: ConnectionRow): string {
  return laneSummaries(trace, connection)[0] ?? '';
}

/** The same from the longest wording to the shortest, for where there is less room. */
export function laneSummaries(trace: Trace, connection: ConnectionRow): string[] {
  const list = trace.lanes.exchangesOf(connection.id);
  const count = Math.max(connection.requests, list.length);
  const ended = closeName(connection);
  const last = list[list.length - 1];
  if (count === 0) {
    if (ended) return [`no request · ${ended}`, 'no request'];
    if (Number.isNaN(connection.turn)) return [phaseOf('turn').label, 'waiting'];
    const heldUp = holdsUp(trace, connection);
    return heldUp ? [`no request yet · ${heldUp}`, heldUp] : ['no request yet'];
  }
  const requests = counted(count, 'request');
  const inProgress = last !== undefined && trace.open.has(last);
  const state = ended || holdsUp(trace, connection) || (inProgress ? 'in progress' : 'keep-alive');
  return [`${requests} · ${state}`, `${count} req. · ${state}`, requests];
}

/** "holds up 2": others wait until this connection has closed; empty where none does. */
function holdsUp(trace: Trace, connection: ConnectionRow): string {
  const served = !Number.isNaN(connection.turn) && Number.isNaN(connection.closed);
  const oneAtATime = trace.store.models.at(-1)?.model === 'iterative';
  return served && oneAtATime && trace.inLine.size > 0 ? `holds up ${trace.inLine.size}` : '';
}
