import assert from 'node:assert/strict';
import fc from 'fast-check';
import { eventsOf } from './events';
import { wireCases } from './wireCases';

/** The bytes of wire cases, some of them put one after another, with a few bytes changed. */
const streams = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        ...wireCases()
          .map(({ bytes }) => bytes)
          .filter(({ length }) => length < 500),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'\r\n \t:;,0a\0\x80'.split(''), 'chunked', '\r\n\r\n')), {
      maxLength: 2,
    }),
  )
  .map(([parts, changes]) => {
    let text = Buffer.concat(parts).toString('latin1');
    for (const [place, change] of changes) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + change + text.slice(at + 1);
    }
    return Buffer.from(text, 'latin1');
  });

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
