import assert from 'node:assert/strict';
import { readJson, type JsonDocument } from '../../../../../media/timeline/model/content/jsonDocument';
import { JsonTree } from '../../../../../media/timeline/model/content/jsonTree';

function treeOf(value: unknown): JsonTree {
  return new JsonTree(readJson(JSON.stringify(value)) as JsonDocument);
}

function shown(tree: JsonTree): string[] {
  return tree.rows().map((row) => {
    if (row.kind === 'more') return `${row.depth} more: ${row.shown} of ${row.count}`;
    const { node, open, position, size, element } = row;
    const state = open === undefined ? '' : open ? ' open' : ' closed';
    return `${node.depth} ${element ? position : (node.name ?? '')} ${node.source || node.kind}${state} ${position}/${size}`;
  });
}

describe('JsonTree', () => {
  it('shows all of a small document', () => {
    assert.deepEqual(shown(treeOf({ a: [1, { b: null }], c: {} })), [
      '0  object open 1/1',
      '1 a array open 1/2',
      '2 1 1 1/2',
      '2 2 object open 2/2',
      '3 b null 1/1',
      '1 c object 2/2',
    ]);
  });

  it('closes and opens what is within', () => {
    const tree = treeOf({ a: [1, 2], c: 3 });
    tree.close(1);
    assert.deepEqual(shown(tree), ['0  object open 1/1', '1 a array closed 1/2', '1 c 3 2/2']);
    tree.open(1);
    assert.equal(shown(tree).length, 5);
  });

  it('opens only the outermost of a large one, and shows a part of many', () => {
    const tree = treeOf({ many: Array.from({ length: 250 }, (_, index) => [index]), last: true });
    assert.deepEqual(shown(tree), ['0  object open 1/1', '1 many array closed 1/2', '1 last true 2/2']);
    tree.open(1);
    assert.equal(shown(tree)[101], '2 100 array closed 100/250');
    assert.deepEqual(shown(tree).slice(102), ['2 more: 100 of 250', '1 last true 2/2']);
    tree.showMore(1);
    assert.equal(shown(tree).length, 253);
  });
});
