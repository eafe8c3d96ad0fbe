import assert from 'node:assert/strict';
import { KernelHistory } from '../../../src/core/trace/kernelHistory';
import type { KernelView, PairView } from '../../../src/core/trace/kernelView';

const pair = (connection: number, more: Partial<PairView> = {}): PairView => ({
  connection,
  states: [{ state: 'ESTABLISHED', at: 1 }],
  unacknowledged: 0,
  unread: 0,
  expires: NaN,
  ...more,
});

const view = (at: number, more: Partial<KernelView> = {}): KernelView => ({
  absent: '',
  at,
  pauseMs: 200,
  pairs: [],
  acceptQueue: { depth: 0, limit: 128 },
  pulse: undefined,
  ...more,
});

describe('KernelHistory', () => {
  it('knows of each pair what was said last', () => {
    const history = new KernelHistory();
    history.append(view(10, { pairs: [pair(1), pair(2)] }));
    history.append(view(20, { pairs: [pair(1, { unread: 5 })] }));
    assert.equal(history.pair(1)?.unread, 5);
    assert.equal(history.pair(2)?.unread, 0);
    assert.equal(history.pair(3), undefined);
    assert.equal(history.at, 20);
  });

  it('keeps the depths of the accept queue where they change', () => {
    const history = new KernelHistory();
    for (const [at, depth] of [
      [10, 0],
      [20, 3],
      [30, 3],
      [40, 0],
    ] as const) {
      history.append(view(at, { acceptQueue: { depth, limit: 128 } }));
    }
    assert.deepEqual([...history.depths.pack()], [20, 3, 40, 0]);
    assert.deepEqual(history.acceptQueue, { depth: 0, limit: 128 });
  });

  it('forgets the pairs that changed longest ago', () => {
    const history = new KernelHistory();
    history.append(view(10, { pairs: [pair(1), pair(2)] }));
    history.append(view(20, { pairs: [pair(1)] }));
    history.append(view(30, { pairs: Array.from({ length: 999 }, (_, index) => pair(index + 3)) }));
    assert.equal(history.pair(2), undefined);
    assert.ok(history.pair(1));
    assert.ok(history.pair(1001));
  });

  it('hands all of it to a viewer that has nothing yet', () => {
    const history = new KernelHistory();
    assert.equal(history.snapshot(), undefined);
    history.append(view(10, { pairs: [pair(1)], acceptQueue: { depth: 2, limit: 128 } }));
    history.append(view(20, { pairs: [pair(2)] }));
    const snapshot = history.snapshot();
    assert.ok(snapshot);
    const other = new KernelHistory();
    other.append(snapshot);
    assert.deepEqual(other.snapshot(), snapshot);
    assert.deepEqual([...other.depths.pack()], [10, 2, 20, 0]);
    other.clear();
    assert.equal(other.pair(1), undefined);
  });
});
