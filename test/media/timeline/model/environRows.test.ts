import assert from 'node:assert/strict';
import fc from 'fast-check';
import { environRows, hasText, previousRequests } from '../../../../media/timeline/model/environRows';
import { Trace } from '../../../../media/timeline/model/trace';
import type { EnvironVariable } from '../../../../src/core/trace/shownEnviron';
import { Traffic } from '../../../ui/traffic';

function variables(values: Readonly<Record<string, string>>): EnvironVariable[] {
  return Object.entries(values)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, text: true, origin: 'field X', reference: '', secret: name === 'S' }));
}

describe('the rows of an environ', () => {
  it('say what changed, what is new and what is gone', () => {
    const rows = environRows(variables({ A: '1', C: '3', D: '4' }), variables({ A: '1', B: '2', C: '0' }));
    assert.deepEqual(
      rows.map(({ variable: { name, value }, change, before }) => [name, value, change, before]),
      [
        ['A', '1', 'none', undefined],
        ['B', '2', 'gone', undefined],
        ['C', '3', 'changed', '0'],
        ['D', '4', 'added', undefined],
      ],
    );
    const alone = environRows(variables({ A: '1' }), undefined);
    assert.deepEqual(
      alone.map(({ change }) => change),
      ['none'],
    );
  });

  it('have each name of both once, in order, and lose none', () => {
    const environ = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E'), fc.constantFrom('1', '2'));
    fc.assert(
      fc.property(environ, environ, (now, before) => {
        const rows = environRows(variables(now), variables(before));
        const names = [...new Set([...Object.keys(now), ...Object.keys(before)])].sort();
        assert.deepEqual(
          rows.map(({ variable }) => variable.name),
          names,
        );
        for (const { variable, change } of rows) {
          const [mine, other] = [now[variable.name], before[variable.name]];
          const expected =
            mine === undefined ? 'gone' : other === undefined ? 'added' : mine === other ? 'none' : 'changed';
          assert.equal(change, expected);
        }
      }),
    );
  });

  it('are found by name, value and origin, and never by what is hidden', () => {
    const [row] = environRows(variables({ S: 'abc' }), variables({ S: 'xyz' }));
    assert.ok(row);
    const found = (text: string, shown: boolean): boolean => hasText(row, text, shown);
    assert.deepEqual([found('s', false), found('FIELD', false), found('', false)], [true, true, true]);
    assert.deepEqual([found('abc', false), found('xyz', false)], [false, false]);
    assert.deepEqual([found('aBc ', true), found('xyz', true), found('q', true)], [true, true, false]);
  });
});

describe('the requests before one', () => {
  it('are the last on its connection and the last of all that reached the app', () => {
    const traffic = new Traffic();
    const [one, two] = [traffic.connection(0, 54310), traffic.connection(1, 54311)];
    traffic.exchange(one, { at: 10, target: '/1', app: 1 });
    traffic.exchange(two, { at: 20, target: '/2', app: 1 });
    traffic.exchange(two, { at: 30, target: '', method: '', outcome: 'refused', status: 400 });
    traffic.exchange(one, { at: 40, target: '/4', app: 1 });
    const trace = new Trace(100);
    trace.append(traffic.batch(100));
    assert.deepEqual(previousRequests(trace, 4), { connection: 1, any: 2 });
    assert.deepEqual(previousRequests(trace, 2), { any: 1 });
    assert.deepEqual(previousRequests(trace, 1), {});
    assert.deepEqual(previousRequests(trace, 99), {});
  });
});
