import assert from 'node:assert/strict';
import { layoutDiffers, layoutOf, type Layout } from '../../../../media/timeline/draw/layout';

const lanesIn = ({ height, lanesTop, laneHeight }: Layout): number => (height - lanesTop) / laneHeight;

describe('layoutOf', () => {
  it('has at least four lanes in every height that a panel is likely to have', () => {
    for (let height = 108; height <= 1200; height++) {
      const layout = layoutOf(900, height, 3);
      assert.ok(lanesIn(layout) >= 4, `${lanesIn(layout)} lanes in ${height} px`);
    }
  });

  it('has no zone over another, and bars within their lanes', () => {
    for (const roomy of [false, true]) {
      for (let height = 0; height <= 1200; height++) {
        const { strip, calls, tracks, trackHeight, axis, lanesTop, laneHeight, barHeight } = layoutOf(
          900,
          height,
          3,
          roomy,
        );
        assert.equal(strip, calls + tracks * trackHeight);
        assert.equal(lanesTop, strip + axis);
        assert.ok(barHeight + 6 <= laneHeight, 'with room for the frame of what is selected');
      }
    }
  });

  it('gives up the strip, then its height, and tracks only where lanes have enough', () => {
    const callsAt = (height: number): number => layoutOf(900, height).calls;
    assert.deepEqual([108, 167, 260, 500].map(callsAt), [0, 24, 48, 68]);
    assert.deepEqual(
      [167, 300, 330, 900].map((height) => layoutOf(900, height, 3).tracks),
      [0, 1, 1, 3],
    );
    assert.equal(layoutOf(900, 900, 0).tracks, 0);
  });

  it('has titles in one line only where a lane has no room for two', () => {
    assert.equal(layoutOf(900, 167).oneLine, true);
    assert.equal(layoutOf(900, 167, 0, true).oneLine, false);
    assert.equal(layoutOf(900, 500).oneLine, false);
  });

  it('tells a change of height, and of what follows from it', () => {
    assert.equal(layoutDiffers(layoutOf(900, 500), layoutOf(900, 500)), false);
    assert.equal(layoutDiffers(layoutOf(900, 500), layoutOf(900, 501)), true);
    assert.equal(layoutDiffers(layoutOf(900, 500), layoutOf(900, 500, 1)), true);
    assert.equal(layoutDiffers(layoutOf(900, 500), layoutOf(900, 500, 0, true)), true);
  });
});
