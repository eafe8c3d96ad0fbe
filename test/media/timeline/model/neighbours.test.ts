import assert from 'node:assert/strict';
import { Arrangement } from '../../../../media/timeline/model/arrangement';
import { neighbour } from '../../../../media/timeline/model/neighbours';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

describe('neighbour', () => {
  const traffic = new Traffic();
  const upper = traffic.connection(0, 54310);
  traffic.connection(1, 54311);
  const lower = traffic.connection(2, 54312);
  traffic.exchange(upper, { at: 10, target: '/1', app: 1 });
  traffic.exchange(lower, { at: 20, target: '/2', app: 1 });
  traffic.exchange(upper, { at: 30, target: '/3', app: 1 });
  const trace = new Trace(100);
  trace.append(traffic.batch(100));
  const lanes = new Arrangement(trace, 'connection', [], { lane: 40, header: 20 });
  const exchange = (id: number): { kind: 'exchange'; id: number } => ({ kind: 'exchange', id });

  it('goes through requests by time, over all lanes, and stops at the ends', () => {
    assert.deepEqual(neighbour(trace, lanes, { kind: 'none' }, 'first'), exchange(1));
    assert.deepEqual(neighbour(trace, lanes, { kind: 'none' }, 'next'), exchange(1));
    assert.deepEqual(neighbour(trace, lanes, { kind: 'none' }, 'previous'), exchange(3));
    assert.deepEqual(neighbour(trace, lanes, exchange(1), 'next'), exchange(2));
    assert.deepEqual(neighbour(trace, lanes, exchange(3), 'previous'), exchange(2));
    assert.equal(neighbour(trace, lanes, exchange(3), 'next'), undefined);
    assert.equal(neighbour(trace, lanes, exchange(1), 'previous'), undefined);
  });

  it('goes through lanes, also those without a request, to what is nearest in time', () => {
    assert.deepEqual(neighbour(trace, lanes, exchange(3), 'laneDown'), { kind: 'connection', id: 2 });
    assert.deepEqual(neighbour(trace, lanes, { kind: 'connection', id: 2 }, 'laneDown'), exchange(2));
    assert.deepEqual(neighbour(trace, lanes, { kind: 'none' }, 'laneUp'), exchange(2));
    assert.equal(neighbour(trace, lanes, exchange(1), 'laneUp'), undefined);
    assert.deepEqual(neighbour(trace, lanes, { kind: 'connection', id: 1 }, 'next'), exchange(1));
  });

  it('goes through slots, and passes by who waited and stands in the lane of a slot', () => {
    const busy = new Traffic();
    const call = (at: number, part: { slot: number; wait?: number }): unknown =>
      busy.exchange(busy.connection(at, 50_000 + at), { at, target: '/', app: 50, ...part });
    call(10, { slot: 1 });
    call(20, { slot: 2 });
    call(30, { slot: 1, wait: 40 });
    const still = busy.exchange(busy.connection(40, 50_040), { at: 40, target: '/', wait: 1 });
    Object.assign(still, { appStart: NaN, slot: 0 });
    const slots = new Trace(100);
    slots.append(busy.batch(100));
    const by = new Arrangement(slots, 'slot', [], { lane: 40, header: 20 });
    assert.deepEqual(neighbour(slots, by, exchange(3), 'laneDown'), exchange(2));
    assert.deepEqual(neighbour(slots, by, exchange(2), 'laneDown'), exchange(4), 'the second lane of waiting');
    assert.deepEqual(neighbour(slots, by, exchange(4), 'laneUp'), exchange(2));
  });
});
