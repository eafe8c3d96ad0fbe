import assert from 'node:assert/strict';
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
  const exchange = (id: number): { kind: 'exchange'; id: number } => ({ kind: 'exchange', id });

  it('goes through requests by time, over all lanes, and stops at the ends', () => {
    assert.deepEqual(neighbour(trace, { kind: 'none' }, 'first'), exchange(1));
    assert.deepEqual(neighbour(trace, { kind: 'none' }, 'next'), exchange(1));
    assert.deepEqual(neighbour(trace, { kind: 'none' }, 'previous'), exchange(3));
    assert.deepEqual(neighbour(trace, exchange(1), 'next'), exchange(2));
    assert.deepEqual(neighbour(trace, exchange(3), 'previous'), exchange(2));
    assert.equal(neighbour(trace, exchange(3), 'next'), undefined);
    assert.equal(neighbour(trace, exchange(1), 'previous'), undefined);
  });

  it('goes through lanes, also those without a request, to what is nearest in time', () => {
    assert.deepEqual(neighbour(trace, exchange(3), 'laneDown'), { kind: 'connection', id: 2 });
    assert.deepEqual(neighbour(trace, { kind: 'connection', id: 2 }, 'laneDown'), exchange(2));
    assert.deepEqual(neighbour(trace, { kind: 'none' }, 'laneUp'), exchange(2));
    assert.equal(neighbour(trace, exchange(1), 'laneUp'), undefined);
    assert.deepEqual(neighbour(trace, { kind: 'connection', id: 1 }, 'next'), exchange(1));
  });
});
