import assert from 'node:assert/strict';
import { eventsOf } from './events';

const head = 'GET / HTTP/1.1\r\nHost: a\r\n';

/** Each piece is repeated up to the limit of a head, before what makes the line right, and before what makes it wrong. */
const pieces = [' ', '\t', ' \t', 'a', 'a ', ',', ', ', 'a,', ' , ', '%', ':', ';', '"', '0', '\\', '[', '.', '-'];
const places: readonly ((run: string) => string)[] = [
  (run) => `${head}A:${run}`,
  (run) => `${head}A: a${run}b`,
  (run) => `${head}A:${run}\x01`,
  (run) => `${head}A: a${run}\x01`,
  (run) => `${head}Connection: a${run}b`,
  (run) => `${head}Connection: ${run}`,
  (run) => `${head}Transfer-Encoding: a${run}b`,
  (run) => `${head}Content-Length: 1${run}1`,
  (run) => `${head}Expect: 1${run}1`,
  (run) => `GET / HTTP/1.1\r\nHost: a${run}b`,
  (run) => `${head}a${run}\x01`,
  (run) => run,
];

describe('the time that a head takes', () => {
  for (const piece of pieces) {
    // A pattern that tries each place of a run for each of its places takes seconds for this.
    it(`stays in proportion to its length, with a run of ${JSON.stringify(piece)}`, () => {
      const run = piece.repeat(Math.floor(60_000 / piece.length));
      for (const place of places) {
        const bytes = Buffer.from(`${place(run)}\r\n\r\n`, 'latin1');
        const took = Math.min(...[1, 2, 3].map(() => time(() => eventsOf([bytes], true))));
        assert.ok(took < 500, `${Math.round(took)} ms for ${JSON.stringify(place('…'))}`);
      }
    });
  }

  it('so does a run in the line of a chunk', () => {
    for (const piece of pieces) {
      const run = piece.repeat(Math.floor(3000 / piece.length));
      const bytes = Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n1${run};${run}\x01\r\n`, 'latin1');
      assert.ok(time(() => eventsOf([bytes], true)) < 500, JSON.stringify(piece));
    }
  });
});

function time(act: () => void): number {
  const began = performance.now();
  act();
  return performance.now() - began;
}
