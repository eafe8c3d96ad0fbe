import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { eventsOf, visible } from './events';
import { llhttpReading } from './llhttp';
import { streams } from './streams';
import { wireCases } from './wireCases';

/** Every disagreement is explained in this table. */
const table = readFileSync(join(import.meta.dirname, '..', '..', 'wire', 'llhttp.md'), 'utf8');
const explained = new Set(
  [...table.matchAll(/^\| ([\w.-]+|other requests) +\| (\w+|other requests) +\| \S/gm)]
    .map(([, ours = '', theirs = '']) => `${ours} / ${theirs}`)
    .filter((pair) => pair !== 'ours / llhttp'),
);

/** "bad-host / accepts", or undefined where both say the same. */
function disagreement(bytes: Uint8Array): string | undefined {
  const theirs = llhttpReading(bytes);
  const events = eventsOf([bytes], true);
  const refusal = events.find((event) => event.startsWith('refused '))?.split(' ')[2];
  const [ours, llhttps] = [bodiesIn(events), theirs.bodies.map(visible)];
  const readsOn = events.at(-1) === 'end, close' && llhttps.length >= ours.length;
  if ((refusal === undefined) !== (theirs.error === undefined) && !readsOn) {
    return `${refusal ?? 'accepts'} / ${theirs.error ?? 'accepts'}`;
  }
  // Where both refuse, how much of the body each had read before is of no consequence.
  if (refusal !== undefined) return undefined;
  const same = JSON.stringify(ours) === JSON.stringify(llhttps) && theirs.error === undefined;
  return same ? undefined : 'other requests / other requests';
}

function bodiesIn(events: readonly string[]): string[] {
  const bodies: string[] = [];
  let body = '';
  for (const event of events) {
    if (event.startsWith('body ')) body = event.slice('body '.length);
    if (!event.startsWith('end, ')) continue;
    bodies.push(body);
    body = '';
  }
  return bodies;
}

describe('the HTTP core beside llhttp', () => {
  const seen = new Set<string>();
  const check = (bytes: Uint8Array): void => {
    const found = disagreement(bytes);
    if (found === undefined) return;
    seen.add(found);
    assert.ok(explained.has(found), `"${found}" is not explained in test/wire/llhttp.md`);
  };

  for (const { title, bytes } of wireCases()) it(title, () => check(bytes));

  it('decides the same on mutations, or as explained', () => {
    // The seed is fixed: which disagreements there are must not depend on the day.
    fc.assert(
      fc.property(streams, (bytes) => check(bytes)),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('needs every row of the table', () => {
    assert.ok(explained.size > 10, 'the table is found');
    assert.deepEqual([...seen].sort(), [...explained].sort());
  });
});
