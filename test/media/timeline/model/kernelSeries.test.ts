import assert from 'node:assert/strict';
import { Series } from '../../../../src/core/trace/series';
import { depthSeries, lagSeries } from '../../../../media/timeline/model/kernelSeries';
import { Viewport } from '../../../../media/timeline/viewport';

function seriesOf(...values: [number, number][]): Series {
  const series = new Series(64);
  for (const [at, value] of values) series.add(at, value);
  return series;
}

/** 10 columns of 10 ms each. */
const viewport = new Viewport(100, 100, 10);

describe('lagSeries', () => {
  it('tells a lag from the instant at which something was due until it was done', () => {
    const lags = lagSeries(seriesOf([90, 25], [130, 35], [190, 1000]));
    assert.deepEqual([...lags.maxima(viewport)], [25, 25, 0, 35, 35, 35, 35, 0, 0, 1000]);
    assert.deepEqual(
      [89, 90, 115, 116, 130, 165, 166].map((time) => lags.valueAt(time)),
      [0, 25, 25, 0, 35, 35, 0],
    );
    assert.equal(lags.current, 1000);
  });

  it('finds a long lag that began long before the plot, behind many short ones', () => {
    const lags = lagSeries(seriesOf([0, 500], [20, 1], [40, 1], [60, 1], [80, 1]));
    assert.deepEqual([...lags.maxima(viewport)], new Array(10).fill(500));
    assert.equal(lags.valueAt(300), 500);
  });

  it('is flat where nothing was late', () => {
    const lags = lagSeries(seriesOf());
    assert.deepEqual([...lags.maxima(viewport)], new Array(10).fill(0));
    assert.equal(lags.current, 0);
    assert.equal(lags.valueAt(100), 0);
  });
});

describe('depthSeries', () => {
  it('holds a depth until the next one', () => {
    const depths = depthSeries(seriesOf([50, 2], [120, 3], [145, 0], [171, 1]));
    assert.deepEqual([...depths.maxima(viewport)], [2, 2, 3, 3, 3, 0, 0, 1, 1, 1]);
    assert.deepEqual(
      [49, 50, 119, 120, 150, 171].map((time) => depths.valueAt(time)),
      [0, 2, 2, 3, 0, 1],
    );
    assert.equal(depths.current, 1);
  });
});
