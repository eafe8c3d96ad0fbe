import assert from 'node:assert/strict';
import { ClockOffset } from '../../src/server/clockOffset';

/** A worker whose clock is 1000 ms ahead, behind a line with the given delays (ms, there and back). */
function related(delays: readonly (readonly [number, number])[]): { clock: ClockOffset; asked: number } {
  let now = 0;
  let asked = 0;
  const clock: ClockOffset = new ClockOffset(
    () => now,
    () => asked++,
  );
  clock.refresh();
  for (const [there, back] of delays) {
    const sent = now;
    const read = sent + there + 1000;
    now = sent + there + back;
    clock.answered(sent, read, read);
  }
  return { clock, asked };
}

describe('the offset between two clocks', () => {
  it('is exact where both ways take the same time', () => {
    const { clock } = related([[2, 2]]);
    assert.equal(clock.toTrace(1234), 234);
    assert.equal(clock.error, 2);
  });

  it('comes from the shortest round trip, and is off by no more than the error says', () => {
    const { clock } = related([
      [9, 1],
      [0.3, 0.1],
      [20, 30],
    ]);
    assert.ok(Math.abs(clock.error - 0.2) < 1e-9);
    assert.ok(Math.abs(clock.toTrace(1234) - 234) <= clock.error);
  });

  it('is asked for eight times, and then not again for a while', () => {
    const { clock, asked } = related(Array.from({ length: 8 }, () => [1, 1] as const));
    assert.equal(asked, 8);
    assert.equal(clock.asking, false);
    clock.refresh();
    assert.equal(clock.asking, false);
  });

  it('has no error to tell before the first answer', () => {
    assert.equal(related([]).clock.error, Infinity);
  });
});
