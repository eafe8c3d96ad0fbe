import assert from 'node:assert/strict';
import { Deadlines } from '../../src/server/deadlines';
import { Slots } from '../../src/server/slots';
import { eventually, pause } from '../support/servers';

interface Member {
  deadline: number;
  expiries: number;
  expired: () => void;
}

function member(deadline: number): Member {
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

function watch(...members: readonly Member[]): Deadlines {
  const slots = new Slots<Member>();
  const deadlines = new Deadlines(slots);
  for (const each of members) {
    slots.add(each);
    deadlines.watch(each);
  }
  return deadlines;
}

describe('deadlines', () => {
  it('expire once, each at its time', async () => {
    const now = performance.now();
    const [soon, later, never] = [member(now + 20), member(now + 120), member(Infinity)];
    watch(later, soon, never);
    await eventually('the first', () => (soon.expiries > 0 ? true : undefined));
    assert.equal(later.expiries, performance.now() < now + 120 ? 0 : later.expiries);
    await eventually('the second', () => (later.expiries > 0 ? true : undefined));
    await pause(50);
    assert.deepEqual([soon.expiries, later.expiries, never.expiries], [1, 1, 0]);
  });

  it('may be moved away without telling', async () => {
    const moved = member(performance.now() + 20);
    watch(moved);
    moved.deadline = performance.now() + 150;
    await pause(60);
    assert.equal(moved.expiries, 0);
    await eventually('the moved one', () => (moved.expiries > 0 ? true : undefined));
  });

  it('keep one timer, and none when they are stopped', () => {
    const before = timers();
    const deadlines = watch(member(performance.now() + 60_000), member(performance.now() + 50_000));
    assert.equal(timers(), before + 1);
    deadlines.stop();
    assert.equal(timers(), before);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
