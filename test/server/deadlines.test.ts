import assert from 'node:assert/strict';
import { Deadlines } from '../../src/server/deadlines';
import { eventually, pause } from '../support/servers';

function member(deadline: number): { deadline: number; expiries: number; expired: () => void } {
  const self = {
    deadline,
    expiries: 0,
    expired: () => {
      self.expiries++;
      self.deadline = Infinity;
    },
  };
  return self;
}

describe('deadlines', () => {
  it('expire once, each at its time', async () => {
    const deadlines = new Deadlines();
    const now = performance.now();
    const [soon, later, never] = [member(now + 20), member(now + 120), member(Infinity)];
    for (const each of [later, soon, never]) deadlines.add(each);
    await eventually('the first', () => (soon.expiries > 0 ? true : undefined));
    assert.equal(later.expiries, performance.now() < now + 120 ? 0 : later.expiries);
    await eventually('the second', () => (later.expiries > 0 ? true : undefined));
    await pause(50);
    assert.deepEqual([soon.expiries, later.expiries, never.expiries], [1, 1, 0]);
  });

  it('may be moved away without telling', async () => {
    const deadlines = new Deadlines();
    const moved = member(performance.now() + 20);
    deadlines.add(moved);
    moved.deadline = performance.now() + 150;
    await pause(60);
    assert.equal(moved.expiries, 0);
    await eventually('the moved one', () => (moved.expiries > 0 ? true : undefined));
  });

  it('keep no timer when their members have gone', () => {
    const before = timers();
    const deadlines = new Deadlines();
    const gone = member(performance.now() + 60_000);
    deadlines.add(gone);
    assert.equal(timers(), before + 1);
    deadlines.delete(gone);
    assert.equal(timers(), before);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
