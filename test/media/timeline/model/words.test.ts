import assert from 'node:assert/strict';
import { Trace } from '../../../../media/timeline/model/trace';
import { laneSummaries } from '../../../../media/timeline/model/words';
import { Traffic } from '../../../ui/traffic';

describe('the title of a lane', () => {
  const traffic = new Traffic();
  const trace = new Trace(100);
  const summary = (id: number): string | undefined => {
    const connection = trace.connection(id);
    return connection && laneSummaries(trace, connection)[0];
  };
  const served = traffic.connection(10, 54310);
  const next = traffic.connection(20, 54311);
  const last = traffic.connection(30, 54312);

  it('says how many a connection holds up that is served alone', () => {
    next.turn = NaN;
    last.turn = NaN;
    trace.append({ ...traffic.batch(50), models: [{ at: 0, model: 'iterative', slots: 1 }] });
    assert.deepEqual([1, 2, 3].map(summary), [
      'no request yet · holds up 2',
      'waiting for its turn',
      'waiting for its turn',
    ]);
    traffic.exchange(served, { at: 60, target: '/slow' });
    trace.append(traffic.batch(70));
    assert.equal(summary(1), '1 request · holds up 2');
  });

  it('says so no more when it has closed, or the model has changed', () => {
    traffic.close(served, 100, 'server', 'FIN');
    next.turn = 101;
    traffic.exchange(next, { at: 102, target: '/' });
    trace.append(traffic.batch(110));
    assert.deepEqual([1, 2, 3].map(summary), [
      '1 request · closed by server',
      '1 request · holds up 1',
      'waiting for its turn',
    ]);
    trace.append({ ...traffic.batch(120), models: [{ at: 115, model: 'threads', slots: 4 }] });
    assert.equal(summary(2), '1 request · in progress');
  });
});
