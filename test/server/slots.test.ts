import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Slots } from '../../src/server/slots';

describe('slots', () => {
  it('agree with a map, and give numbers that fit into 32 bits', () => {
    const step = fc.record({ add: fc.boolean(), pick: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const slots = new Slots<string>();
        const model = new Map<number, string>();
        const gone: number[] = [];
        steps.forEach(({ add, pick }, turn) => {
          if (add || model.size === 0) {
            const number = slots.add(`${turn}`);
            assert.ok(number >= 1 && number <= 0xffff_ffff && !model.has(number) && !gone.includes(number));
            model.set(number, `${turn}`);
          } else {
            const number = [...model.keys()][pick % model.size] ?? 0;
            slots.delete(number);
            slots.delete(number);
            model.delete(number);
            gone.push(number);
          }
        });
        assert.equal(slots.size, model.size);
        assert.deepEqual(slots.values().sort(), [...model.values()].sort());
        assert.deepEqual(new Map(slots.entries()), model);
        for (const [number, member] of model) assert.equal(slots.get(number), member);
        for (const number of gone) assert.equal(slots.get(number), undefined);
      }),
    );
  });

  it('do not take the number of an earlier member of the slot for that of the present one', () => {
    const slots = new Slots<number>();
    const first = slots.add(0);
    slots.delete(first);
    for (let turn = 1; turn < 0xffff; turn++) {
      const number = slots.add(turn);
      assert.equal(slots.get(first), undefined);
      slots.delete(number);
    }
  });

  it('are empty after all were taken, and go on', () => {
    const slots = new Slots<string>();
    const numbers = [slots.add('a'), slots.add('b')];
    assert.deepEqual(slots.take(), ['a', 'b']);
    assert.deepEqual(
      [slots.size, slots.values(), numbers.map((number) => slots.get(number))],
      [0, [], [undefined, undefined]],
    );
    assert.equal(slots.get(slots.add('c')), 'c');
    assert.equal(slots.size, 1);
  });
});
