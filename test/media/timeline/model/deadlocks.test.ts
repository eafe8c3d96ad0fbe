import assert from 'node:assert/strict';
import { deadlockIn } from '../../../../media/timeline/model/deadlocks';
import { Trace } from '../../../../media/timeline/model/trace';
import { WrittenTrace } from '../../../core/trace/writtenTrace';

describe('deadlockIn', () => {
  function traceOf(slots: number): Trace {
    const written = new WrittenTrace('threads', slots);
    const outer = written.request('GET /outer', { at: 0, app: [10] });
    written.request('GET /inner', { at: 110, queued: 1, on: written.connection(100, { caller: outer.id }) });
    const trace = new Trace(100);
    trace.append(written.store(1000).snapshot());
    return trace;
  }

  it('finds the one that goes on, by a call that is part of it', () => {
    const alarm = deadlockIn(traceOf(1), 1000);
    assert.equal(alarm?.exchange, 1);
    assert.equal(alarm.lead, 'The app called its own server and waits for itself: deadlock with 1 slot');
  });

  it('gives no alarm before it is certain, or while a slot is free', () => {
    assert.equal(deadlockIn(traceOf(1), 200), undefined);
    assert.equal(deadlockIn(traceOf(2), 1000), undefined);
  });
});
