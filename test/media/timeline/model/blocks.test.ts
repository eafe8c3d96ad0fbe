import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Blocks, largestBlock, type BlockItem } from '../../../../media/timeline/model/blocks';

function item(start: number, length: number, failed = false): BlockItem {
  return { start, end: start + length, waited: length / 4, total: length, errors: failed ? 1 : 0, matches: 1 };
}

function many(count: number): BlockItem[] {
  return Array.from({ length: count }, (_, index) => item(index * 10, 5, index % 100 === 99));
}

describe('Blocks', () => {
  it('takes the largest block that is short enough', () => {
    const items = many(1000);
    const blocks = new Blocks();
    blocks.update(items.length, (position) => items[position]);
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
    blocks.update(24, (position) => items[position]);
    assert.equal(blocks.blockAt(0, 24, 1e9), undefined);
    assert.equal(blocks.blockAt(8, 24, 1e9)?.count, 8);
    assert.equal(blocks.blockAt(16, 24, 1e9), undefined);
    items[3] = item(30, 5);
    blocks.changed(3);
    blocks.update(24, (position) => items[position]);
    assert.equal(blocks.blockAt(0, 24, 1e9)?.count, 8);
  });

  it('keeps the place of what stays when the oldest are dropped', () => {
    const items = many(largestBlock + 128);
    const blocks = new Blocks();
    blocks.update(items.length, (position) => items[position]);
    items.splice(0, largestBlock);
    blocks.dropped(largestBlock);
    blocks.update(items.length, (position) => items[position]);
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
          blocks.update(items.length, (at) => items[at]);
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
});
