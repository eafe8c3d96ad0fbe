import assert from 'node:assert/strict';
import { placeOn, trackOf } from '../../../../media/timeline/model/track';
import type { PhaseName } from '../../../../src/core/trace/phases';
import type { Span } from '../../../../src/core/trace/spans';

const span = (phase: PhaseName, start: number, duration: number): Span => ({ phase, start, duration, open: false });

describe('trackOf', () => {
  const request = [span('recv', 100, 1), span('app', 102, 6), span('sendall', 108, 2)];

  it('reaches from the first phase to the last, with an accept and a close that lie near', () => {
    assert.deepEqual(trackOf(request), { from: 100, to: 110 });
    assert.deepEqual(trackOf([span('accept', 98, 0.5), ...request, span('close', 111, 1)]), { from: 98, to: 112 });
  });

  it('leaves out an accept and a close of a connection that was idle before and after', () => {
    const spans = [span('accept', 2, 0.9), ...request, span('close', 5110, 1)];
    const track = trackOf(spans);
    assert.deepEqual(track, { from: 100, to: 110 });
    assert.deepEqual(
      spans.map((each) => placeOn(track, each)),
      [
        { left: 0, width: 0, outside: true },
        { left: 0, width: 10, outside: false },
        { left: 20, width: 60, outside: false },
        { left: 80, width: 20, outside: false },
        { left: 98.5, width: 0, outside: true },
      ],
    );
  });

  it('shows an accept that has nothing beside it', () => {
    const track = trackOf([span('accept', 5, 1)]);
    assert.deepEqual(track, { from: 5, to: 6 });
    assert.equal(placeOn(track, span('accept', 5, 1)).outside, false);
  });
});
