import assert from 'node:assert/strict';
import { bytes, counted, duration, instant, ordinal, portOf, socketPair } from '../../../media/timeline/format';

describe('duration', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [0.00004, '0'],
    [-0.00004, '0'],
    [0.0004, '0.4 µs'],
    [0.004, '4 µs'],
    [0.0042, '4.2 µs'],
    [0.082, '82 µs'],
    [0.9994, '999 µs'],
    [0.9996, '1.00 ms'],
    [4.123, '4.12 ms'],
    [9.996, '10.0 ms'],
    [41.24, '41.2 ms'],
    [212.4, '212 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1040, '1.04 s'],
    [12_340, '12.3 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 min'],
    [-3.5, '−3.50 ms'],
    [NaN, '–'],
  ];
  for (const [ms, text] of cases) it(`writes ${ms} ms as ${text}`, () => assert.equal(duration(ms), text));
});

describe('ordinal', () => {
  it('ends as English has it', () => {
    const written = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111, 112].map(ordinal);
    assert.equal(written.join(' '), '1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th 112th');
  });
});

describe('instant', () => {
  it('counts seconds, then minutes, then hours', () => {
    assert.equal(instant(512), '0.512 s');
    assert.equal(instant(12_345, 2), '12.35 s');
    assert.equal(instant(59_999.9), '1:00.000', 'rounding carries over');
    assert.equal(instant(65_350, 2), '1:05.35');
    assert.equal(instant(65_000, 0), '1:05');
    assert.equal(instant(7_205_000, 0), '2:00:05');
    assert.equal(instant(-250), '−0.250 s');
    assert.equal(instant(NaN), '–');
  });
});

describe('bytes', () => {
  it('uses units of 1024', () => {
    assert.deepEqual([0, 13, 1023, 1024, 1126, 10_240, 86_016, 1_048_000, 1_048_576, 5_368_709_120].map(bytes), [
      '0 B',
      '13 B',
      '1023 B',
      '1.0 KB',
      '1.1 KB',
      '10 KB',
      '84 KB',
      '1023 KB',
      '1.0 MB',
      '5.0 GB',
    ]);
  });
});

describe('words about addresses and counts', () => {
  it('knows one from many', () => {
    assert.equal(counted(1, 'request'), '1 request');
    assert.equal(counted(0, 'request'), '0 requests');
    assert.equal(counted(6250, 'request'), '6,250 requests');
  });

  it('shows the far end whole and of ours the port, also of IPv6', () => {
    assert.equal(socketPair('127.0.0.1:8888', '127.0.0.1:54310'), '127.0.0.1:54310 ⇄ :8888');
    assert.equal(socketPair('[::1]:8888', '[::1]:54310'), '[::1]:54310 ⇄ :8888');
    assert.equal(portOf('[fe80::1]:80'), ':80');
    assert.equal(socketPair('', ''), 'unknown peer');
  });
});
