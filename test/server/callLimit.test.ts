import assert from 'node:assert/strict';
import type { Call } from '../../src/server/call';
import { CallLimit, Outstanding } from '../../src/server/callLimit';
import { Slots } from '../../src/server/slots';
import { eventually } from '../support/servers';

/** The limit asks nothing of a call: it only tells whose time is over. */
const anyCall = {} as Call;

class Calls {
  readonly slots = new Slots<Outstanding>();
  readonly told: number[] = [];
  readonly limit: CallLimit;
  #turns = 0;

  constructor(ms: number) {
    this.limit = new CallLimit(this.slots, ms, ({ turn }) => this.told.push(turn));
  }

  add(): { readonly call: Outstanding; end(): void } {
    const call = new Outstanding(anyCall, ++this.#turns, this.limit);
    const number = this.slots.add(call);
    return {
      call,
      end: () => {
        this.slots.delete(number);
        this.limit.over(call);
      },
    };
  }

  look(free: number, stuck: boolean): boolean {
    return this.limit.look(this.#turns, free, stuck);
  }
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

describe('the time limit of app calls', () => {
  it('sets one timer for calls that are known to run, and none without one', () => {
    const before = timers();
    const calls = new Calls(60_000);
    const [first, second, third] = [calls.add(), calls.add(), calls.add()];
    assert.equal(timers(), before, 'calls of which nothing is known may be short');
    calls.limit.begun(first.call, 0);
    calls.limit.begun(second.call, 10);
    assert.equal(timers(), before + 1);
    first.end();
    third.end();
    assert.equal(timers(), before + 1);
    second.end();
    assert.equal(timers(), before);
  });

  it('sets none where there is no limit', () => {
    const before = timers();
    const calls = new Calls(Infinity);
    calls.limit.begun(calls.add().call, 1e9);
    assert.equal(calls.look(4, true), false);
    assert.equal(timers(), before);
  });

  it('counts from when a call began, and tells of each once', async () => {
    const calls = new Calls(10_000);
    const [early, late] = [calls.add(), calls.add()];
    calls.limit.begun(late.call, 0);
    calls.limit.begun(early.call, 9_990);
    await eventually('the end of its time', () => (calls.told.length > 0 ? true : undefined));
    assert.deepEqual(calls.told, [1]);
    assert.equal(calls.limit.overdue, 1);
    calls.limit.begun(early.call, 20_000);
    early.end();
    assert.equal(calls.limit.overdue, 0);
    late.end();
    assert.deepEqual(calls.told, [1]);
  });

  it('takes a silent worker to run what it was sent first, in slots that are free', async () => {
    const calls = new Calls(30);
    const known = calls.add();
    known.call.runs = true;
    calls.add().end();
    for (let count = 0; count < 4; count++) calls.add();
    assert.equal(calls.look(2, true), true);
    await eventually('the end of their time', () => (calls.told.length > 1 ? true : undefined));
    assert.deepEqual(calls.told, [3, 4]);
  });

  it('finds a call that lasts while others come and go at the second look', async () => {
    const calls = new Calls(60_000);
    const lasting = calls.add();
    assert.equal(calls.look(4, false), false, 'it may be short');
    const look = (): true | undefined => {
      calls.add().end();
      return calls.look(4, false) || undefined;
    };
    assert.equal(look(), undefined, 'one does not look all the time');
    await eventually('the second look', look);
    assert.ok(lasting.call.deadline < Infinity);
    lasting.end();
  });
});
