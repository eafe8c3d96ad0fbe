import assert from 'node:assert/strict';
import { mostPins, pinsIn, pinToggled, readPins, type Pin } from '../../../../media/timeline/model/pins';
import { Trace } from '../../../../media/timeline/model/trace';
import { Traffic } from '../../../ui/traffic';

function traceFrom(first: number, count = 30): Trace {
  const traffic = new Traffic();
  const connection = traffic.connection(0, 40_000);
  for (let at = 0; at < count; at++) traffic.exchange(connection, { at: first + at * 10, target: '/', app: 5 });
  const trace = new Trace(100);
  trace.append(traffic.batch(first + 1000));
  return trace;
}

describe('pins', () => {
  const trace = traceFrom(100);

  it('are put and taken away, the newest last', () => {
    const pins = pinToggled(pinToggled([], trace, 7), trace, 3);
    assert.deepEqual(pins, [
      { id: 7, start: 160 },
      { id: 3, start: 120 },
    ]);
    assert.deepEqual(pinToggled(pins, trace, 7), [{ id: 3, start: 120 }]);
    assert.equal(pinToggled(pins, trace, 99), pins, 'nobody knows it');
  });

  it('are bounded: the oldest go', () => {
    let pins: readonly Pin[] = [];
    for (let id = 1; id <= mostPins + 2; id++) pins = pinToggled(pins, trace, id);
    assert.equal(pins.length, mostPins);
    assert.equal(pins[0]?.id, 3);
  });

  it('are forgotten where another trace has the same ids, or has forgotten them', () => {
    const pins = pinToggled(pinToggled([], trace, 7), trace, 3);
    assert.equal(pinsIn(trace, pins), pins);
    assert.deepEqual(pinsIn(traceFrom(100.5), pins), []);
    assert.deepEqual(pinsIn(traceFrom(100, 5), pins), [{ id: 3, start: 120 }]);
    assert.deepEqual(pinsIn(trace, readPins(JSON.parse(JSON.stringify(pins)))), pins);
  });
});
