import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decodedString,
  readJson,
  type JsonDocument,
  type JsonNode,
} from '../../../../../media/timeline/model/content/jsonDocument';

/** The value that a document describes, to compare with what `JSON.parse` makes of the same text. */
function valueAt(nodes: readonly JsonNode[], index: number): unknown {
  const node = nodes[index];
  assert.ok(node);
  if (node.kind === 'string') return decodedString(node.source);
  if (node.kind === 'number' || node.kind === 'word') return JSON.parse(node.source);
  const children: number[] = [];
  for (let at = index + 1; at < node.next; at = nodes[at]?.next ?? node.next) children.push(at);
  assert.equal(children.length, node.count);
  if (node.kind === 'array') return children.map((at) => valueAt(nodes, at));
  return Object.fromEntries(children.map((at) => [nodes[at]?.name ?? '', valueAt(nodes, at)]));
}

function document(text: string): JsonDocument {
  const read = readJson(text);
  if (!('nodes' in read)) assert.fail(`${text}: expected ${read.expected} at ${read.at}`);
  return read;
}

/** Plain objects without a prototype of their own do not compare; `__proto__` is a name like any other in JSON. */
const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const { nodes, cut } = document(text);
        assert.equal(cut, false);
        assert.deepEqual(valueAt(nodes, 0), JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '\\u00e4',
      '\n',
      ' ',
      '-',
      '0',
      '12',
      '1.5',
      '1e',
      '.',
      'true',
      'nul',
      'null',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const read = readJson(text);
        assert.equal('nodes' in read && !read.cut, valid, text);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads any beginning of a document as far as it goes', () => {
    fc.assert(
      fc.property(
        fc.array(json, { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, share) => {
          const text = JSON.stringify(value);
          const beginning = text.slice(0, Math.max(1, Math.floor(text.length * share)));
          const whole = document(text).nodes;
          const { nodes, cut } = document(beginning);
          assert.equal(cut, beginning !== text);
          // All but the last may be told: it may be a text or number that goes on.
          assert.deepEqual(
            nodes.slice(0, -1).map(({ kind, name, depth }) => ({ kind, name, depth })),
            whole.slice(0, nodes.length - 1).map(({ kind, name, depth }) => ({ kind, name, depth })),
          );
        },
      ),
    );
  });

  it('keeps what JSON.parse loses: digits, names that stand twice', () => {
    const { nodes } = document('{"id": 12345678901234567890, "a": 1e400, "a": -0.0}');
    assert.deepEqual(
      nodes.map(({ name, source }) => [name, source]),
      [
        [undefined, ''],
        ['id', '12345678901234567890'],
        ['a', '1e400'],
        ['a', '-0.0'],
      ],
    );
  });

  it('says where it is wrong and what was expected', () => {
    assert.deepEqual(readJson('{"a": 1,}'), { at: 8, expected: 'a name in quotes' });
    assert.deepEqual(readJson("{'a': 1}"), { at: 1, expected: 'a name in quotes or “}”' });
    assert.deepEqual(readJson('[1] x'), { at: 4, expected: 'nothing more' });
    assert.deepEqual(readJson(''), { at: 0, expected: 'a value' });
  });

  it('reads any depth', () => {
    const depth = 100_000;
    assert.equal(document('['.repeat(depth) + ']'.repeat(depth)).nodes.length, depth);
  });
});
