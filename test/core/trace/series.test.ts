import assert from 'node:assert/strict';
import { Series } from '../../../src/core/trace/series';

function all(series: Series): [number, number][] {
  return Array.from({ length: series.length }, (_, position) => [series.timeAt(position), series.valueAt(position)]);
}

describe('Series', () => {
  it('keeps values in the order of time, whenever they come', () => {
    const series = new Series(8);
    for (const [time, value] of [
      [10, 1],
      [30, 5],
      [20, 2],
      [5, 9],
    ] as const) {
      series.add(time, value);
    }
    assert.deepEqual(all(series), [
      [5, 9],
      [10, 1],
      [20, 2],
      [30, 5],
    ]);
    assert.equal(series.worst, 0);
    assert.equal(series.firstAfter(20), 3);
    assert.equal(series.firstAfter(4), 0);
  });

  it('takes the higher of two values of one instant', () => {
    const series = new Series(8);
    for (const value of [3, 7, 2]) series.add(10, value);
    assert.deepEqual(all(series), [[10, 7]]);
    assert.equal(series.valueAt(series.worst), 7);
  });

  it('is bounded, and never loses the worst of a stretch', () => {
    const series = new Series(9);
    for (let time = 0; time < 1000; time++) series.add(time, time === 413 ? 50 : time % 3);
    assert.ok(series.length <= 9);
    assert.deepEqual([series.timeAt(series.worst), series.valueAt(series.worst)], [413, 50]);
    const times = all(series).map(([time]) => time);
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok((times.at(-1) ?? 0) >= 998, 'the newest is there');
  });

  it('goes to another one and back', () => {
    const series = new Series(8);
    series.add(1, 2);
    series.add(3, 4);
    const other = new Series(8);
    other.unpack(series.pack());
    other.unpack(series.pack()); // twice does no harm
    assert.deepEqual(all(other), all(series));
    series.clear();
    assert.equal(series.length, 0);
    assert.equal(series.worst, -1);
  });
});
