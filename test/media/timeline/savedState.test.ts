import assert from 'node:assert/strict';
import { freshState, restoredState, type SavedState } from '../../../media/timeline/savedState';

describe('restoredState', () => {
  it('comes back from what was saved', () => {
    const saved: SavedState = {
      selection: { kind: 'exchange', id: 12 },
      follow: false,
      paused: true,
      inspectorWidth: 0.5,
      inspectorHeight: 0.3,
      inspectorOpen: false,
      kernel: false,
      groupBy: 'slot',
      notToScale: true,
      collapsed: ['127.0.0.1'],
      filter: 'status:5xx "a b',
      hiding: true,
      pins: [{ id: 12, start: 1040.0625 }],
      panes: 'table',
      table: { sorting: { column: 'total', descending: true }, columns: ['path', 'total'], widths: { path: 300 } },
      tableHeight: 0.5,
      tableWidth: 0.3,
      stand: { window: { from: 12.5, to: 900 }, span: 887.5, lanes: 40.5, origin: 1_764_000_000_000.25 },
    };
    assert.deepEqual(restoredState(JSON.parse(JSON.stringify(saved))), saved);
  });

  it('starts afresh from nothing and from nonsense', () => {
    for (const nonsense of [undefined, null, 7, 'x', [], { selection: 5 }, { selection: { kind: 'x', id: 1 } }]) {
      assert.deepEqual(restoredState(nonsense), freshState);
    }
    assert.deepEqual(restoredState({ groupBy: 'colour', collapsed: [7, null], filter: 7, hiding: 'x' }), freshState);
    assert.deepEqual(restoredState({ stand: { window: { from: 7 }, span: 'auto', lanes: 0, origin: 7 } }), freshState);
    assert.deepEqual(
      restoredState({ pins: [7, null, { id: 1.5, start: 3 }, { id: 2 }, { id: 3, start: 'x' }] }),
      freshState,
    );
    assert.deepEqual(
      restoredState({ follow: 'no', inspectorWidth: 'NaN', selection: { kind: 'exchange', id: 1.5 } }),
      freshState,
    );
  });

  it('lets neither pane vanish', () => {
    assert.equal(restoredState({ inspectorWidth: 40 }).inspectorWidth, 0.8);
    assert.equal(restoredState({ inspectorHeight: -1 }).inspectorHeight, 0.15);
  });
});
