import { comparedRun, type Comparison } from '../../src/core/trace/comparison';
import type { ConcurrencyModel } from '../../src/core/trace/concurrency';
import { TraceStore } from '../../src/core/trace/traceStore';
import { Traffic } from './traffic';

/** When each request comes, and how long the app works on it. The last two share a connection, where one may. */
const requests: readonly {
  readonly target: string;
  readonly at: number;
  readonly app: number;
  readonly client: number;
}[] = [
  { target: '/slow?seconds=0.3', at: 0, app: 302, client: 1 },
  { target: '/slow?seconds=0.3', at: 12, app: 301, client: 2 },
  { target: '/slow?seconds=0.3', at: 25, app: 303, client: 3 },
  { target: '/report/7?format=csv&columns=all', at: 40, app: 120, client: 4 },
  { target: '/hello', at: 60, app: 4, client: 5 },
  { target: '/slow?seconds=0.2', at: 90, app: 202, client: 6 },
  { target: '/cart', at: 110, app: 30, client: 7 },
  { target: '/cart/items', at: 180, app: 45, client: 7 },
];

/** Threads, and one connection at a time: written as the server would have measured them. */
export function writtenComparison(): Comparison {
  return {
    runs: [overlapping('threads', 4), oneByOne()],
    requests: requests.length,
    remarks: ['Left out: 1 request with a body over 64 KiB, or one that did not arrive whole.'],
  };
}

function overlapping(model: ConcurrencyModel, slots: number): Comparison['runs'][0] {
  const traffic = new Traffic();
  const begin = 4000;
  const free = Array.from({ length: slots }, () => 0);
  const connections = new Map<number, ReturnType<Traffic['connection']>>();
  const last = new Map(requests.map(({ client }, index) => [client, index]));
  requests.forEach(({ target, at, app, client }, index) => {
    const connection = connections.get(client) ?? traffic.connection(begin + at, 50_000 + client);
    connections.set(client, connection);
    const slot = free.indexOf(Math.min(...free));
    const wait = Math.max(0, (free[slot] ?? 0) - at);
    free[slot] = at + wait + app;
    const row = traffic.exchange(connection, { at: begin + at + 0.4, target, app, wait, slot: slot + 1 });
    if (last.get(client) === index) traffic.close(connection, row.start + row.end + 0.3, 'client', 'FIN');
  });
  return compared(traffic, model, slots, begin);
}

function oneByOne(): Comparison['runs'][1] {
  const traffic = new Traffic();
  const begin = 9000;
  let free = 0;
  let port = 51_000;
  for (const { target, at, app } of requests) {
    const connection = traffic.connection(begin + at, ++port);
    const turn = Math.max(at, free);
    if (turn > at) connection.turn = begin + turn;
    const failed = target === '/hello';
    const row = traffic.exchange(connection, {
      at: begin + turn + 0.4,
      target,
      app,
      ...(failed ? { status: 500, outcome: 'app error' } : {}),
    });
    traffic.close(connection, row.start + row.end + 0.3, 'server', 'FIN');
    free = turn + row.end + 1;
  }
  return compared(traffic, 'iterative', 1, begin);
}

function compared(traffic: Traffic, model: ConcurrencyModel, slots: number, zero: number): Comparison['runs'][0] {
  const trace = new TraceStore(1000);
  trace.append(traffic.batch(zero + 3000));
  return comparedRun({ model, slots, trace, exchanges: requests.map((_, index) => index + 1), zero });
}
