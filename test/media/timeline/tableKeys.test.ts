import assert from 'node:assert/strict';
import { moveOf, type TableMove } from '../../../media/timeline/tableKeys';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const inRows = (key: string, held: Partial<typeof plain> = {}): TableMove | undefined =>
  moveOf({ ...plain, ...held, key }, false);
const inHead = (key: string, held: Partial<typeof plain> = {}): TableMove | undefined =>
  moveOf({ ...plain, ...held, key }, true);

describe('the keys of the request table', () => {
  it('move by rows, pages and cells, and choose with Shift', () => {
    assert.deepEqual(inRows('ArrowDown'), { kind: 'rows', by: 1, choosing: false });
    assert.deepEqual(inRows('ArrowUp', { shiftKey: true }), { kind: 'rows', by: -1, choosing: true });
    assert.deepEqual(inRows('PageDown'), { kind: 'pages', by: 1, choosing: false });
    assert.deepEqual(inRows('End'), { kind: 'rows', by: Infinity, choosing: false });
    assert.deepEqual(inRows('Home', { ctrlKey: true }), { kind: 'rows', by: -Infinity, choosing: false });
    assert.deepEqual(inRows('ArrowRight'), { kind: 'columns', by: 1 });
  });

  it('sort and resize in the heads, and choose and inspect in the rows', () => {
    assert.deepEqual(inHead('Enter'), { kind: 'sort' });
    assert.deepEqual(inHead(' '), { kind: 'sort' });
    assert.deepEqual(inHead('ArrowLeft', { shiftKey: true }), { kind: 'resize', by: -16 });
    assert.deepEqual(inRows(' '), { kind: 'choose' });
    assert.deepEqual(inRows('x'), { kind: 'choose' });
    assert.equal(inHead('x'), undefined);
    assert.deepEqual(inRows('Enter'), { kind: 'act', action: 'inspect' });
  });

  it('open a menu by either key for it', () => {
    assert.deepEqual(inRows('ContextMenu'), { kind: 'menu' });
    assert.deepEqual(inHead('F10', { shiftKey: true }), { kind: 'menu' });
    assert.equal(inRows('F10'), undefined);
  });

  it('leave to VS Code what is not theirs', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      assert.equal(inRows('ArrowDown', held), undefined);
      assert.equal(inRows('f', held), undefined);
    }
    assert.equal(inRows('Tab'), undefined);
    assert.equal(inRows('+'), undefined, 'there is nothing to zoom');
    assert.deepEqual(inRows('/'), { kind: 'act', action: 'filter' });
  });
});
