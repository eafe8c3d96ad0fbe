import assert from 'node:assert/strict';
import { TraceStore } from '../../src/core/trace/traceStore';
import { pairExchanges } from '../../src/replay/pairing';
import { batchOf, connectionRow, exchangeRow } from '../core/trace/traceRows';

describe('the pairs of a replay', () => {
  it('are found by port and position, also where a port was used twice', () => {
    const trace = new TraceStore(100);
    trace.append(
      batchOf({
        strings: ['127.0.0.1:50001', '[::1]:50002', '127.0.0.1:50003'],
        connections: [
          connectionRow({ id: 1, remote: 1 }),
          connectionRow({ id: 2, remote: 2 }),
          connectionRow({ id: 3, remote: 1 }),
          connectionRow({ id: 4, remote: 3 }),
          connectionRow({ id: 5, remote: 3 }),
        ],
        exchanges: [
          exchangeRow({ id: 1, connection: 2 }),
          exchangeRow({ id: 2, connection: 1 }),
          exchangeRow({ id: 3, connection: 2 }),
          exchangeRow({ id: 4, connection: 3 }),
          exchangeRow({ id: 5, connection: 4 }),
          exchangeRow({ id: 6, connection: 5 }),
        ],
      }),
    );
    const pairs = pairExchanges(trace, [
      { exchange: 14, localPort: 50001, connection: 3, position: 1 },
      { exchange: 11, localPort: 50002, connection: 1, position: 1 },
      { exchange: 12, localPort: 50001, connection: 2, position: 1 },
      { exchange: 13, localPort: 50002, connection: 1, position: 2 },
      { exchange: 15, localPort: 50002, connection: 1, position: 3 },
      { exchange: 16, localPort: 50009, connection: 4, position: 1 },
      { exchange: 17, localPort: 50003, connection: 5, position: 1 },
    ]);
    assert.deepEqual(
      [...pairs].sort(([a], [b]) => a - b),
      [
        [11, 1],
        [12, 2],
        [13, 3],
        [14, 4],
        [17, 6],
      ],
      'what the server never saw has no pair, nor what was not sent by these clients',
    );
  });
});
