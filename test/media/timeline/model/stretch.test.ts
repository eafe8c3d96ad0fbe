import assert from 'node:assert/strict';
import { Measuring } from '../../../../media/timeline/model/measuring';
import { measuredSentence, stretchFacts } from '../../../../media/timeline/model/stretch';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

function written(): Trace {
  const traffic = new Traffic();
  const trace = new Trace(1000);
  for (const [index, at] of [100, 150, 200, 900].entries()) {
    traffic.exchange(traffic.connection(at - 1, 40_000 + index), { at, target: '/', app: 300 });
  }
  trace.append(traffic.batch(2000));
  return trace;
}

describe('stretchFacts', () => {
  it('counts the requests that began within, and how many went on at most', () => {
    const trace = written();
    assert.deepEqual(stretchFacts(trace, { from: 100, to: 200, fixed: true }), { length: 100, begun: 2, most: 2 });
    assert.deepEqual(stretchFacts(trace, { from: 1000, to: 0, fixed: true }), { length: 1000, begun: 4, most: 3 });
    assert.deepEqual(stretchFacts(trace, { from: 600, to: 800, fixed: true }), { length: 200, begun: 0, most: 0 });
    const text = measuredSentence(trace, { from: 50, to: 160, fixed: true });
    assert.equal(text, 'Measured 110 ms: 2 requests began, at most 2 in flight');
  });

  it('counts right whatever order the ids have', () => {
    const traffic = new Traffic();
    const trace = new Trace(1000);
    const connections = [traffic.connection(0, 40_000), traffic.connection(0, 40_001)];
    for (const [index, connection] of connections.entries())
      for (const at of [100, 200, 300]) traffic.exchange(connection, { at: at - index * 50, target: '/', app: 1 });
    trace.append(traffic.batch(1000));
    const { begun } = stretchFacts(trace, { from: 90, to: 210, fixed: true });
    assert.equal(begun, 3);
  });
});

describe('Measuring', () => {
  it('is dragged at once', () => {
    const measuring = new Measuring();
    measuring.drag(10, 30, false);
    measuring.drag(10, 50, true);
    assert.deepEqual(measuring.stretch, { from: 10, to: 50, fixed: true });
    assert.equal(measuring.point(70), false);
    assert.equal(measuring.clear(), true);
    assert.equal(measuring.clear(), false);
  });

  it('goes from the pointer to the pointer by a key', () => {
    const measuring = new Measuring();
    measuring.press(20, { from: 0, to: 100 });
    assert.equal(measuring.point(60), true);
    assert.equal(measuring.move(5), undefined, 'keys pan meanwhile');
    measuring.press(60, { from: 0, to: 100 });
    assert.deepEqual(measuring.stretch, { from: 20, to: 60, fixed: true });
  });

  it('goes by keys from what is selected to what is selected next, or step by step', () => {
    const measuring = new Measuring();
    measuring.press(undefined, { from: 100, to: 150 });
    assert.equal(measuring.point(999), false, 'the pointer is elsewhere');
    measuring.reach(300, 380);
    assert.deepEqual(measuring.stretch, { from: 100, to: 380, fixed: false });
    assert.equal(measuring.move(-10), 370);
    measuring.reach(20, 40);
    measuring.press(undefined, { from: 20, to: 40 });
    assert.deepEqual(measuring.stretch, { from: 100, to: 20, fixed: true });
  });
});
