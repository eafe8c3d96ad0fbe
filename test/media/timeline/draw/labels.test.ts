import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeLabels, type Label, type LabelRequest } from '../../../../media/timeline/draw/labels';

const measure = (text: string): number => text.length * 7;

function request(part: Partial<LabelRequest> & { from: number; to: number; texts?: () => string[] }): LabelRequest {
  const { from, to, ...rest } = part;
  return { texts: () => ['GET /hello 200', '200'], inside: { from, to }, after: to, limit: Infinity, ...rest };
}

describe('placeLabels', () => {
  it('puts a label into its bar where it fits', () => {
    const [label] = placeLabels([request({ from: 100, to: 300 })], 800, measure);
    assert.deepEqual([label?.where, label?.text, label?.x], ['inside', 'GET /hello 200', 106]);
  });

  it('keeps the label in view while its bar begins left of the plot', () => {
    const [label] = placeLabels([request({ from: -500, to: 300 })], 800, measure);
    assert.deepEqual([label?.where, label?.x], ['inside', 6]);
  });

  it('takes a shorter wording inside, a longer one outside, and the status alone only where nothing else fits', () => {
    const texts = (): string[] => ['GET /hello?x=1 200', '/hello 200', '200'];
    const place = (to: number, limit: number): (string | undefined)[] => {
      const [label] = placeLabels([request({ from: 100, to, limit, texts })], 800, measure);
      return [label?.where, label?.text];
    };
    assert.deepEqual(place(200, Infinity), ['inside', '/hello 200']);
    assert.deepEqual(place(140, Infinity), ['after', 'GET /hello?x=1 200']);
    assert.deepEqual(place(140, 240), ['after', '/hello 200']);
    assert.deepEqual(place(140, 145), ['inside', '200']);
    const [label] = placeLabels(
      [request({ from: 100, to: 160, limit: 165, texts, brief: () => ['/hello'] })],
      800,
      measure,
    );
    assert.deepEqual([label?.where, label?.text], ['inside', '/hello']);
  });

  it('puts it into the free space after a bar that is too small', () => {
    const [label] = placeLabels([request({ from: 100, to: 105 })], 800, measure);
    assert.deepEqual([label?.where, label?.text, label?.x], ['after', 'GET /hello 200', 112]);
  });

  it('leaves it out where the next bar is near', () => {
    const labels = placeLabels(
      [request({ from: 100, to: 105, limit: 120 }), request({ from: 120, to: 300 })],
      800,
      measure,
    );
    assert.deepEqual(
      labels.map((label) => [label.of, label.where]),
      [[1, 'inside']],
    );
  });

  it('says nothing of what ended left of the plot', () => {
    const gone = request({ from: -60, to: -50, after: -40, mark: 'FIN' });
    assert.deepEqual(placeLabels([gone], 800, measure), []);
  });

  it('names how the connection closed first, then the request', () => {
    const labels = placeLabels([request({ from: 100, to: 105, after: 130, mark: 'FIN' })], 800, measure);
    assert.deepEqual(
      labels.map((label) => [label.where, label.text, label.x]),
      [
        ['mark', 'FIN', 137],
        ['after', 'GET /hello 200', 165],
      ],
    );
  });

  it('never lets words overlap words, leave the plot, or lie over a bar that is not theirs', () => {
    const lane = fc
      .array(
        fc.record({
          gap: fc.integer({ min: 0, max: 200 }),
          width: fc.integer({ min: 3, max: 220 }),
          length: fc.integer({ min: 0, max: 40 }),
          mark: fc.boolean(),
          words: fc.boolean(),
        }),
        { maxLength: 25 },
      )
      .map((bars) => {
        let x = -300;
        const placed = bars.map(({ gap, width, length, mark, words }) => {
          x += gap;
          const bar = { from: x, to: x + width, length, mark, words };
          x += width;
          return bar;
        });
        return placed;
      });
    fc.assert(
      fc.property(lane, fc.integer({ min: 50, max: 1500 }), (bars, right) => {
        const requests = bars.map((bar, index): LabelRequest => {
          const next = bars[index + 1];
          return {
            texts: () => ['x'.repeat(bar.length), 'y'.repeat(bar.length >> 1)].filter((text) => text !== ''),
            inside: bar.words ? { from: bar.from, to: bar.to } : undefined,
            after: bar.to,
            limit: next ? next.from : Infinity,
            ...(bar.mark ? { mark: 'FIN' } : {}),
          };
        });
        const labels = placeLabels(requests, right, measure);
        const sorted = [...labels].sort((a, b) => a.x - b.x);
        sorted.forEach((label, index) => {
          const end = label.x + label.width;
          assert.ok(end <= right, 'inside the plot');
          const next = sorted[index + 1];
          if (next) assert.ok(end <= next.x, `${label.text} over ${next.text}`);
          assert.ok(
            bars.every((bar, of) => isOwn(label, of) || end <= bar.from || label.x >= bar.to),
            'over a bar',
          );
        });
      }),
      { numRuns: 500 },
    );
  });
});

function isOwn(label: Label, bar: number): boolean {
  return label.where === 'inside' && label.of === bar;
}
