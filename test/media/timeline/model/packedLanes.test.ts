import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PackedLanes } from '../../../../media/timeline/model/packedLanes';

describe('PackedLanes', () => {
  it('lays stretches so that none covers another, and no lane is opened while one is free', () => {
    const stretches = fc.array(fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 20 })), { maxLength: 60 });
    fc.assert(
      fc.property(stretches, (gaps) => {
        const packed = new PackedLanes();
        const ends: number[][] = [];
        let start = 0;
        gaps.forEach(([gap, length], index) => {
          start += gap / 10;
          packed.put(index + 1, start, start + length);
          const lane = packed.laneOf(index + 1, start);
          const before = ends[lane] ?? [];
          const overlaps = before.some((end) => end > start);
          assert.ok(!overlaps || packed.length === 12, 'covers another though there is room');
          const free = ends.findIndex((each) => each.every((end) => end <= start));
          if (free >= 0) assert.ok(lane <= free, 'a free lane above was passed by');
          ends[lane] = [...before, start + length];
        });
        assert.equal(packed.count, gaps.length);
        assert.equal(packed.open, 0);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a stretch in its lane while it grows, ends, and comes again', () => {
    const packed = new PackedLanes();
    packed.put(1, 10, NaN);
    packed.put(2, 20, NaN);
    assert.deepEqual([packed.length, packed.open], [2, 2]);
    packed.put(1, 10, 30);
    packed.put(3, 40, NaN);
    assert.deepEqual(
      [1, 2, 3].map((id) => packed.laneOf(id, id === 1 ? 10 : id * 20 - 20)),
      [0, 1, 0],
    );
    packed.put(1, 10, 30);
    assert.deepEqual([packed.length, packed.open, packed.count], [2, 2, 3]);
    packed.remove(2, 20);
    assert.deepEqual([packed.open, packed.count], [1, 2]);
  });

  it('forgets the oldest', () => {
    const packed = new PackedLanes();
    for (let id = 1; id <= 5; id++) packed.put(id, id, id === 5 ? NaN : 100);
    packed.forget(5);
    assert.equal(packed.count, 1);
    assert.equal(packed.laneOf(5, 5), 4);
    packed.forget(6);
    assert.deepEqual([packed.length, packed.open], [0, 0]);
  });
});
