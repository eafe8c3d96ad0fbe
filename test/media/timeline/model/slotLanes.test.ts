import assert from 'node:assert/strict';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

describe('SlotLanes', () => {
  it('follows an exchange from its first byte through the queue to its slot', () => {
    const traffic = new Traffic();
    const trace = new Trace(100);
    const row = traffic.exchange(traffic.connection(0, 54310), { at: 10, target: '/', wait: 30, slot: 3, worker: 2 });
    const whole = { ...row };
    const { slotLanes } = trace;
    const count = (): number[] => [slotLanes.without.count, slotLanes.waiting.count, slotLanes.slots.length];

    Object.assign(row, { ready: NaN, appStart: NaN, flags: 0, slot: 0, worker: 0 });
    trace.append(traffic.batch(11));
    assert.deepEqual(count(), [1, 0, 0]);
    assert.equal(slotLanes.without.open, 1);

    Object.assign(row, { ready: whole.ready, flags: whole.flags });
    traffic.changed(row);
    trace.append(traffic.batch(12));
    assert.deepEqual(count(), [0, 1, 0]);
    assert.equal(slotLanes.waiting.open, 1);

    Object.assign(row, whole);
    traffic.changed(row);
    trace.append(traffic.batch(50));
    assert.deepEqual(count(), [0, 1, 1]);
    assert.equal(slotLanes.waiting.open, 0);
    assert.deepEqual(slotLanes.slots, [{ worker: 2, slot: 3 }]);
    assert.deepEqual(slotLanes.listOf({ worker: 2, slot: 3 })?.ids, [1]);
  });

  it('stands in order of the calls, which need not be that of the requests, and once each', () => {
    const traffic = new Traffic();
    const slow = traffic.exchange(traffic.connection(0, 54310), { at: 10, target: '/body', recv: 100, app: 5 });
    traffic.exchange(traffic.connection(0, 54311), { at: 20, target: '/', app: 5 });
    const trace = new Trace(100);
    const batch = traffic.batch(200);
    trace.append(batch);
    trace.append(batch);
    assert.deepEqual(trace.slotLanes.listOf({ worker: 1, slot: 1 })?.ids, [2, 1]);

    // The call went elsewhere: its worker was replaced before it began.
    traffic.changed(Object.assign(slow, { worker: 2, appStart: slow.appStart + 1 }));
    trace.append(traffic.batch(300));
    assert.deepEqual(trace.slotLanes.listOf({ worker: 1, slot: 1 })?.ids, [2]);
    assert.deepEqual(trace.slotLanes.listOf({ worker: 2, slot: 1 })?.ids, [1]);
  });

  it('is bounded as the trace is', () => {
    const traffic = new Traffic();
    const trace = new Trace(64);
    const connection = traffic.connection(0, 54310);
    for (let count = 0; count < 500; count++) {
      traffic.exchange(connection, { at: count * 10, target: '/', app: 1, ...(count % 2 ? { wait: 1 } : {}) });
      trace.append(traffic.batch(count * 10));
    }
    const { slotLanes } = trace;
    assert.ok((slotLanes.listOf({ worker: 1, slot: 1 })?.length ?? 0) <= 4096 + 64);
    assert.ok(slotLanes.waiting.count <= 4096 + 64);
  });
});
