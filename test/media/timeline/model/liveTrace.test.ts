import assert from 'node:assert/strict';
import { readFilter } from '../../../../media/timeline/model/filterText';
import { LiveTrace } from '../../../../media/timeline/model/liveTrace';
import { Trace } from '../../../../media/timeline/model/trace';
import { Viewport } from '../../../../media/timeline/viewport';
import { Handover } from '../../../../src/core/trace/handover';
import { TraceStore } from '../../../../src/core/trace/traceStore';
import { scenarios } from '../../../ui/scenarios';
import { Traffic } from '../../../ui/traffic';

function started(): { traffic: Traffic; live: LiveTrace } {
  const traffic = new Traffic();
  traffic.exchange(traffic.connection(0, 54310), { at: 1, target: '/slow' });
  const live = new LiveTrace();
  live.running = true;
  live.replace(traffic.batch(100), 1000, 5000);
  return { traffic, live };
}

describe('LiveTrace', () => {
  it('lets the clock go on between batches only while something is in progress and the server runs', () => {
    const { traffic, live } = started();
    assert.equal(live.now(5000), 100);
    assert.equal(live.now(5250), 350);
    live.running = false;
    assert.equal(live.now(5250), 100);
    live.running = true;
    const idle = new LiveTrace();
    idle.running = true;
    traffic.exchange(traffic.connection(2, 54311), { at: 3, target: '/', app: 1 });
    idle.replace(traffic.batch(120), 1000, 5000);
    assert.equal(idle.now(9000), 120);
  });

  it('stands still while paused, counts what comes, and has it all afterwards', () => {
    const { traffic, live } = started();
    live.pause(5100);
    const connection = traffic.connection(110, 54312);
    for (let count = 0; count < 3; count++) traffic.exchange(connection, { at: 120 + count, target: '/', app: 0.5 });
    live.append(traffic.batch(140), 5140);
    assert.equal(live.now(9000), 200);
    assert.equal(live.unseen, 3);
    assert.equal(live.trace.lanes.length, 1);
    assert.equal(live.resume(5200), true);
    assert.equal(live.trace.lanes.length, 2);
    assert.equal(live.trace.store.exchanges.last, 4);
    assert.equal(live.now(5200), 140);
  });

  it('asks for a snapshot when too much came while paused', () => {
    const { traffic, live } = started();
    live.pause(5100);
    const connection = traffic.connection(110, 54312);
    for (let count = 0; count < 60_000; count++)
      traffic.exchange(connection, { at: 120 + count, target: '/', app: 0.5 });
    live.append(traffic.batch(70_000), 5140);
    live.append(traffic.batch(70_001), 5141);
    assert.equal(live.unseen, 60_000);
    assert.equal(live.resume(5200), false);
  });

  it('takes a snapshot while paused and stays paused', () => {
    const { traffic, live } = started();
    live.pause(5100);
    traffic.exchange(traffic.connection(2, 54311), { at: 3, target: '/', app: 1 });
    live.replace(traffic.batch(300), 1000, 6000);
    assert.equal(live.paused, true);
    assert.equal(live.now(9000), 300);
  });

  it('shows the newest end of a long trace, and all of it when its parts have come, with what came meanwhile', () => {
    const { traffic, now } = scenarios.busy();
    const store = new TraceStore(10_000);
    store.append(traffic.batch(now));
    const handover = new Handover(store, 500);
    const live = new LiveTrace();
    live.replace(handover.batch, 10_000, 0, handover.parts);
    live.trace.filterBy(readFilter('status:500'), true);
    assert.equal(live.trace.store.exchanges.length, 500);
    assert.equal(live.loadingText, 'loading 0 %');
    const last = traffic.connection(now, 60_000);
    for (let index = 0; index < handover.parts; index++) {
      if (index === 4) {
        traffic.exchange(last, { at: now + 1, target: '/late', app: 1, status: 500 });
        const late = traffic.batch(now + 10);
        store.append(late);
        live.append(late, 0);
        assert.equal(live.trace.store.exchanges.last, 5001, 'it shows at once');
      }
      assert.equal(live.take(structuredClone(handover.part(index)), 0), index === handover.parts - 1);
    }
    assert.equal(live.loadingText, '');
    const whole = new Trace(10_000);
    whole.append(store.snapshot());
    const { trace } = live;
    assert.deepEqual([trace.store.exchanges.length, trace.lanes.length], [5001, 17]);
    for (let lane = 0; lane < 17; lane++) {
      const connection = whole.lanes.connectionAt(lane) ?? 0;
      assert.deepEqual(trace.lanes.exchangesOf(connection), whole.lanes.exchangesOf(connection));
      assert.deepEqual(trace.clients.of(connection), whole.clients.of(connection));
    }
    const view = new Viewport(0, now, 500);
    for (const of of ['running', 'waiting', 'demand', 'connections'] as const)
      assert.deepEqual([...trace[of].maxima(view)], [...whole[of].maxima(view)], of);
    whole.filterBy(readFilter('status:500'), true);
    assert.ok(whole.matches.count > 5);
    assert.equal(trace.matches.count, whole.matches.count, 'the filter was asked meanwhile');
    assert.equal(trace.matches.pending, false);
  });

  it('stands still at what there is when the last part comes while paused', () => {
    const { traffic, now } = scenarios.busy();
    const store = new TraceStore(10_000);
    store.append(traffic.batch(now));
    const handover = new Handover(store, 3000);
    const live = new LiveTrace();
    live.replace(handover.batch, 10_000, 0, handover.parts);
    live.pause(0);
    for (let index = 0; index < handover.parts; index++) live.take(handover.part(index), 0);
    assert.equal(live.paused, true);
    assert.equal(live.trace.store.exchanges.length, 5000);
    assert.equal(live.unseen, 0);
  });
});
