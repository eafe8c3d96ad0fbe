import { closers, closings } from '../../src/core/trace/columns';
import type { KernelView, PairView, TcpState } from '../../src/core/trace/kernelView';
import type { TraceStore } from '../../src/core/trace/traceStore';

/** What the kernel would tell of a written trace: its pairs as their connections ended. */
export function kernelViewOf(store: TraceStore, waiting: number): KernelView {
  const pairs: PairView[] = [];
  for (let id = store.connections.first; id <= store.connections.last; id++) {
    const row = store.connection(id);
    if (!row) continue;
    const by = closers[row.closedBy];
    const how = closings[row.how];
    const ends: [TcpState, number][] =
      how === 'RST'
        ? [['CLOSED', row.closed]]
        : by === 'server'
          ? [
              ['FIN_WAIT2', row.closing + 4],
              ['TIME_WAIT', row.closed + 3],
            ]
          : by === 'client'
            ? [
                ['CLOSE_WAIT', row.closing + 2],
                ['CLOSED', row.closed + 3],
              ]
            : [];
    pairs.push({
      connection: id,
      states: [
        { state: 'ESTABLISHED', at: row.accepted },
        ...ends.filter(([, at]) => at <= store.now).map(([state, at]) => ({ state, at })),
      ],
      unacknowledged: by === 'open' && id % 2 === 0 ? 12_288 : 0,
      unread: 0,
      expires: by === 'server' ? row.closed + 60_000 : NaN,
    });
  }
  const at = store.now;
  return {
    absent: '',
    at,
    pauseMs: 200,
    pairs,
    acceptQueue: { depth: waiting, limit: 1024 },
    pulse: waiting > 0 ? { at: at - 1240, lag: 1240, answered: false } : { at, lag: 0.21, answered: true },
    ...(waiting > 0 ? { depths: new Float64Array([1210, 5, 2020, 0]) } : {}),
  };
}
