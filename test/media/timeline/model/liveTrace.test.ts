import assert from 'node:assert/strict';
import { LiveTrace } from '../../../../media/timeline/model/liveTrace';
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
});
