import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Blocks, largestBlock, type BlockItem, type WriteItem } from '../../../../media/timeline/model/blocks';

function item(start: number, length: number, failed = false): BlockItem {
  return { start, end: start + length, waited: length / 4, total: length, errors: failed ? 1 : 0, matches: 1 };
}

/** What is unknown has neither beginning nor end. */
function writing(items: readonly (BlockItem | undefined)[]): WriteItem {
  return (position, into, at) => {
    const { start, end, waited, total, errors, matches } = items[position] ?? unknown;
    into.set([start, end, waited, total, errors, matches], at);
  };
}

const unknown: BlockItem = { start: NaN, end: NaN, waited: 0, total: 0, errors: 0, matches: 0 };

function many(count: number): BlockItem[] {
  return Array.from({ length: count }, (_, index) => item(index * 10, 5, index % 100 === 99));
}

describe('Blocks', () => {
  it('takes the largest block that is short enough', () => {
    const items = many(1000);
    const blocks = new Blocks();
    blocks.update(items.length, 0, writing(items));
    assert.equal(blocks.blockAt(0, 1000, 20), undefined);
    assert.equal(blocks.blockAt(0, 1000, 100)?.count, 8);
    assert.equal(blocks.blockAt(0, 1000, 700)?.count, 64);
    assert.deepEqual(blocks.blockAt(0, 1000, 6000), {
      start: 0,
      end: 5115,
      waited: 640,
      total: 2560,
      errors: 5,
      matches: 512,
      count: 512,
    });
    assert.equal(blocks.blockAt(8, 1000, 6000)?.count, 8, 'only where a larger one begins');
    assert.equal(blocks.blockAt(3, 1000, 6000), undefined);
    assert.equal(blocks.blockAt(992, 1000, 6000)?.count, 8);
  });

  it('makes no block of what is in progress or unknown', () => {
    const items: (BlockItem | undefined)[] = many(24);
    items[3] = { ...item(30, 5), end: NaN };
    items[20] = undefined;
    const blocks = new Blocks();
    blocks.update(24, 0, writing(items));
    assert.equal(blocks.blockAt(0, 24, 1e9), undefined);
    assert.equal(blocks.blockAt(8, 24, 1e9)?.count, 8);
    assert.equal(blocks.blockAt(16, 24, 1e9), undefined);
    items[3] = item(30, 5);
    blocks.changed(3);
    blocks.update(24, 0, writing(items));
    assert.equal(blocks.blockAt(0, 24, 1e9)?.count, 8);
  });

  it('keeps the place of what stays when the oldest are dropped', () => {
    const items = many(largestBlock + 128);
    const blocks = new Blocks();
    blocks.update(items.length, 0, writing(items));
    items.splice(0, largestBlock);
    blocks.dropped(largestBlock);
    blocks.update(items.length, 0, writing(items));
    assert.deepEqual(blocks.blockAt(64, 128, 1000)?.start, (largestBlock + 64) * 10);
  });

  it('agrees with a sum over the items, in whatever portions they come and change', () => {
    const steps = fc.array(fc.record({ add: fc.integer({ min: 0, max: 40 }), change: fc.nat(500) }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (portions) => {
        const items: BlockItem[] = [];
        const blocks = new Blocks();
        for (const { add, change } of portions) {
          for (let count = 0; count < add; count++) items.push(item(items.length * 10, 4));
          const position = change % Math.max(1, items.length);
          const old = items[position];
          if (old) {
            items[position] = { ...old, end: old.end + 1, waited: old.waited + 1, errors: 1 };
            blocks.changed(position);
          }
          blocks.update(items.length, 0, writing(items));
        }
        for (let at = 0; at < items.length; at++) {
          const block = blocks.blockAt(at, items.length, 1e9);
          if (!block) continue;
          const part = items.slice(at, at + block.count);
          assert.equal(block.start, part[0]?.start);
          assert.equal(block.end, Math.max(...part.map((each) => each.end)));
          assert.equal(
            block.waited,
            part.reduce((sum, each) => sum + each.waited, 0),
          );
          assert.equal(
            block.errors,
            part.reduce((sum, each) => sum + each.errors, 0),
          );
        }
        assert.equal(blocks.blockAt(0, items.length, 1e9) !== undefined, items.length >= 8);
      }),
    );
  });

  it('counts anew where other items match', () => {
    const items = many(100);
    const blocks = new Blocks();
    blocks.update(items.length, 0, writing(items));
    assert.equal(blocks.blockAt(0, 100, 1000)?.matches, 64);
    const fewer = items.map((each, index) => ({ ...each, matches: index === 70 ? 1 : 0 }));
    blocks.update(items.length, 0, writing(fewer));
    assert.equal(blocks.blockAt(0, 100, 1000)?.matches, 64, 'nothing has changed');
    const isMatch = (at: number): boolean => fewer[at]?.matches === 1;
    assert.equal(blocks.recount(1, 0, writing(fewer)), 0);
    assert.equal(blocks.blockAt(0, 100, 1000)?.matches, 64, 'not yet');
    assert.deepEqual(
      [blocks.stale, blocks.someMatch(70, isMatch), blocks.someMatch(100, isMatch)],
      [true, false, true],
    );
    assert.equal(blocks.recount(1, 10, writing(fewer)), 100);
    assert.equal(blocks.blockAt(0, 100, 1000)?.matches, 0);
    assert.deepEqual([blocks.stale, blocks.someMatch(70, isMatch)], [false, false]);
    assert.ok(
      blocks.someMatch(100, () => false),
      'a block counts it',
    );
    assert.equal(blocks.recount(1, 10, writing(fewer)), 0);
  });

  it('counts very many anew a stretch at a time, and is right where it has', () => {
    const items = many(3 * largestBlock + 100);
    const blocks = new Blocks();
    blocks.update(items.length, 0, writing(items));
    const none = items.map((each) => ({ ...each, matches: 0, errors: 0 }));
    const matches = (): (number | undefined)[] =>
      [0, 1, 2, 3].map((at) => blocks.blockAt(at * largestBlock, items.length, 1e9)?.matches);
    assert.equal(blocks.recount(7, 100, writing(none)), largestBlock);
    assert.deepEqual(matches(), [0, largestBlock, largestBlock, 64]);
    assert.equal(blocks.recount(7, largestBlock + 1, writing(none)), 2 * largestBlock);
    assert.deepEqual(matches(), [0, 0, 0, 64]);
    assert.equal(blocks.recount(7, 1000, writing(none)), 100);
    assert.deepEqual(matches(), [0, 0, 0, 0]);
  });

  it('tells, backwards, of every item that lasts to a time, and of few others', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 600 });
    fc.assert(
      fc.property(lengths, fc.nat(600), fc.nat(200), (given, from, ago) => {
        const items = given.map((length, index) => item(index * 10, length === 3 && index % 37 === 0 ? 2000 : length));
        const blocks = new Blocks();
        blocks.update(items.length, 0, writing(items));
        const position = Math.min(from, items.length);
        const time = position * 10 - ago;
        const told: number[] = [];
        blocks.back(position, 0, time, (each) => told.push(each));
        const wanted = items.flatMap(({ end }, at) => (at < position && end >= time ? [at] : [])).reverse();
        assert.deepEqual(
          told.filter((at) => wanted.includes(at)),
          wanted,
        );
        assert.ok(told.length <= wanted.length * 8 * 4 + 64, `${told.length} told, ${wanted.length} last`);
      }),
    );
  });
});
