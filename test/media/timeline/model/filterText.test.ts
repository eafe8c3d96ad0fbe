import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filterFields, filterPhases } from '../../../../media/timeline/model/filterFields';
import { printFilter, readFilter, wordsOf, type Term } from '../../../../media/timeline/model/filterText';

const text = (value: string, negated = false): Term => ({ kind: 'text', negated, text: value });

describe('readFilter', () => {
  it('reads text, fields with several values, phases and what is left out', () => {
    const { terms, problems } = readFilter('slow method:GET,POST -path:/static PHASE.queue>=50ms error: "a b" -"c:d"');
    assert.deepEqual(problems, []);
    assert.deepEqual(terms, [
      text('slow'),
      { kind: 'field', negated: false, field: 'method', values: ['GET', 'POST'] },
      { kind: 'field', negated: true, field: 'path', values: ['/static'] },
      { kind: 'phase', negated: false, phase: 'queue', compare: '>=', time: '50ms' },
      { kind: 'field', negated: false, field: 'error', values: [] },
      text('a b'),
      text('c:d', true),
    ]);
  });

  it('takes what begins like no field as text', () => {
    for (const word of ['/a:b', '127.0.0.1:80', 'seconds=3', 'état', '<b>']) {
      assert.deepEqual(readFilter(word), { terms: [text(word)], problems: [] }, word);
    }
  });

  it('holds values together by quotes', () => {
    const [first, second] = readFilter('path:"/a b","c,d" client:::1').terms;
    assert.deepEqual(first, { kind: 'field', negated: false, field: 'path', values: ['/a b', 'c,d'] });
    assert.deepEqual(second, { kind: 'field', negated: false, field: 'client', values: ['::1'] });
    assert.deepEqual(readFilter('"a \\"b\\" \\\\"').terms, [text('a "b" \\')]);
  });

  it('names what it cannot read, and reads the rest', () => {
    for (const [word, says] of [
      ['status:abc', 'status:abc cannot be read'],
      ['status:', 'status: needs a value'],
      ['slower:10,20', 'slower:10,20 cannot be read'],
      ['larger:10x', 'such as larger:10k'],
      ['phase.nap>1s', 'There is no phase.nap'],
      ['phase.queue:1s', 'phase.queue>50ms'],
      ['phase.queue>soon', 'needs a time'],
      ['colour:red', 'There is no colour:'],
      ['slower>5ms', 'with a colon'],
      ['"open', 'quote is not closed'],
      ['path:"/a', 'quote is not closed'],
      ['-', 'behind the minus'],
    ] as const) {
      const { terms, problems } = readFilter(`hello ${word}`);
      assert.equal(problems.length, 1, word);
      assert.ok(problems[0]?.includes(says), `${word}: ${problems[0]}`);
      assert.deepEqual(terms, [text('hello')], word);
    }
  });

  it('never throws, and what was read and is printed reads the same', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      ' ',
      ',',
      ':',
      '-',
      'phase.',
      'queue',
      '>',
      '=',
      'status',
      '5xx',
      'path',
      '/',
    );
    const hostile = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 12 });
    fc.assert(
      fc.property(hostile, (parts) => {
        const { terms } = readFilter(parts.join(''));
        assert.deepEqual(readFilter(printFilter(terms)), { terms, problems: [] });
      }),
      { numRuns: 3000 },
    );
  });

  it('reads whatever terms are printed', () => {
    const values = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
    const negated = fc.boolean();
    const open = filterFields.filter(({ several, name }) => several && name !== 'status').map(({ name }) => name);
    const plain = { noNullPrototype: true };
    const term: fc.Arbitrary<Term> = fc.oneof(
      fc.record({ kind: fc.constant('text' as const), negated, text: values }, plain),
      fc.record(
        {
          kind: fc.constant('field' as const),
          negated,
          field: fc.constantFrom(...open),
          values: fc.array(values, { minLength: 1, maxLength: 3 }),
        },
        plain,
      ),
      fc.record(
        {
          kind: fc.constant('phase' as const),
          negated,
          phase: fc.constantFrom(...filterPhases),
          compare: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
          time: fc.constantFrom('5ms', '1.5s', '80us', '3'),
        },
        plain,
      ),
    );
    fc.assert(
      fc.property(fc.array(term, { maxLength: 5 }), (terms) => {
        assert.deepEqual(readFilter(printFilter(terms)), { terms, problems: [] });
      }),
      { numRuns: 2000 },
    );
  });
});

describe('wordsOf', () => {
  it('leaves nothing out but spaces, and says where each word stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (whole) => {
        let last = 0;
        for (const { from, to, text } of wordsOf(whole)) {
          assert.equal(whole.slice(from, to), text);
          assert.equal(whole.slice(last, from).trim(), '');
          last = to;
        }
        assert.equal(whole.slice(last).trim(), '');
      }),
    );
  });
});
