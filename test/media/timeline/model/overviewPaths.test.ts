import assert from 'node:assert/strict';
import { areaPath, grouped, linePath, marksPath } from '../../../../media/timeline/model/overviewPaths';

describe('Paths of the overview', () => {
  it('joins neighbours of the same height, and leaves out what has none', () => {
    assert.equal(areaPath([0, 4, 4, 2, 0], 10), 'M1 6h2v4h-2zM3 8h1v2h-1z');
    assert.equal(areaPath([1, 1], 10, [4, 6]), 'M0 6h1v1h-1zM1 4h1v1h-1z');
    assert.equal(linePath([0, 4, 4, 2, 0, 1], 10), 'M1 6H3V8H4M5 9H6');
  });

  it('widens what a single column shows, and loses no height', () => {
    assert.deepEqual([...grouped([0, 5, 0, 0, 0, 0, 2], 3)], [5, 5, 5, 0, 0, 0, 2]);
  });

  it('marks every stretch of errors', () => {
    assert.equal(marksPath([0, 1, 1, 1, 0, 2], 10), 'M1 5h2v5h-2zM3 5h2v5h-2zM5 5h2v5h-2z');
  });
});
