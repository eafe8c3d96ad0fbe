import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareTexts, ranksOf, sortedByNumber } from '../../../../media/timeline/model/sorting';

/** Runs it to its end, however often it rests. */
function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const anyNumber = fc.double({ noNaN: true });

describe('sortedByNumber', () => {
  it('puts numbers of any size and sign in order, equal ones as they came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyNumber, fc.constantFrom(0, -0, 1, 256, 65_536, Infinity, -Infinity))),
        (numbers) => {
          const order = finished(sortedByNumber(Float64Array.from(numbers)));
          const wanted = numbers.map((_, at) => at).sort((a, b) => compare(numbers[a], numbers[b]) || a - b);
          assert.deepEqual([...order], wanted);
        },
      ),
    );
  });

  it('leaves the numbers themselves alone', () => {
    const numbers = Float64Array.of(3, 1, 2);
    finished(sortedByNumber(numbers));
    assert.deepEqual([...numbers], [3, 1, 2]);
  });

  it('rests on its way through many', () => {
    const work = sortedByNumber(Float64Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 200_000));
    let rests = 0;
    while (!work.next().done) rests++;
    assert.ok(rests > 20, `${rests} rests`);
  });
});

describe('ranksOf', () => {
  it('ranks as the texts compare, equal ones equally', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        const ranks = finished(ranksOf(texts));
        texts.forEach((one, at) =>
          texts.forEach((other, against) => {
            assert.equal(Math.sign((ranks[at] ?? 0) - (ranks[against] ?? 0)), compareTexts(one, other));
          }),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('does so for more than it sorts at once', () => {
    const texts = Array.from({ length: 10_001 }, (_, at) => `/item/${(at * 7919) % 10_001}`);
    const ranks = finished(ranksOf(texts));
    const sorted = [...texts].sort(compareTexts);
    texts.forEach((text, at) => assert.equal(sorted[ranks[at] ?? -1], text));
  });
});

function compare(a = 0, b = 0): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
