import type { TraceStore } from '../core/trace/traceStore';
import type { SentRequest } from './replay';

/**
 * Which exchange of the second server's trace is which request, by its exchange in the first.
 *
 * Both ends know the client's port. It may have been used again, so the connections from one port are paired in the
 * order in which they were opened, from the last one back: what the server saw before was none of these requests.
 */
export function pairExchanges(trace: TraceStore, sent: readonly SentRequest[]): ReadonlyMap<number, number> {
  const served = connectionsByPort(trace);
  const opened = new Map<number, number[]>();
  for (const { localPort, connection } of [...sent].sort((a, b) => a.connection - b.connection)) {
    const list = opened.get(localPort) ?? [];
    if (list.at(-1) !== connection) list.push(connection);
    opened.set(localPort, list);
  }
  const exchanges = exchangesByConnection(trace);
  const pairs = new Map<number, number>();
  for (const { exchange, localPort, connection, position } of sent) {
    const ours = opened.get(localPort) ?? [];
    const fromLast = ours.indexOf(connection) - ours.length;
    const other = exchanges.get(served.get(localPort)?.at(fromLast) ?? 0)?.[position - 1];
    if (other !== undefined) pairs.set(exchange, other);
  }
  return pairs;
}

function connectionsByPort(trace: TraceStore): Map<number, number[]> {
  const { connections } = trace;
  const byPort = new Map<number, number[]>();
  for (let id = connections.first; id <= connections.last; id++) {
    const connection = trace.connection(id);
    if (!connection) continue;
    const port = Number(/:(\d+)$/.exec(trace.text(connection.remote))?.[1]);
    const list = byPort.get(port) ?? [];
    list.push(id);
    byPort.set(port, list);
  }
  return byPort;
}

function exchangesByConnection(trace: TraceStore): Map<number, number[]> {
  const { exchanges } = trace;
  const byConnection = new Map<number, number[]>();
  for (let id = exchanges.first; id <= exchanges.last; id++) {
    const connection = trace.exchange(id)?.connection;
    if (connection === undefined) continue;
    const list = byConnection.get(connection) ?? [];
    list.push(id);
    byConnection.set(connection, list);
  }
  return byConnection;
}
