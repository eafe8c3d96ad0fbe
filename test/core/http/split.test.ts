import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventsOf } from './events';
import { streams } from './streams';

describe('the HTTP core', () => {
  it('makes the same of the same bytes, however they are split', () => {
    fc.assert(
      fc.property(streams, fc.array(fc.nat(), { maxLength: 6 }), fc.boolean(), (bytes, places, fin) => {
        const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
        const pieces = [...cuts, bytes.length].map((cut, index) => bytes.subarray(index ? cuts[index - 1] : 0, cut));
        assert.deepEqual(eventsOf(pieces, fin), eventsOf([bytes], fin));
      }),
      { numRuns: 2000 },
    );
  });
});
