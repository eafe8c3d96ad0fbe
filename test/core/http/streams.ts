import fc from 'fast-check';
import { wireCases } from './wireCases';

/** The bytes of wire cases, some of them put one after another, with a few bytes changed. */
export const streams = fc
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
