import assert from 'node:assert/strict';
import { unsorted } from '../../../../media/timeline/model/rowOrder';
import { tableColumns } from '../../../../media/timeline/model/tableColumns';
import {
  freshTable,
  resized,
  restoredTable,
  shownColumns,
  sortedAnew,
  toggled,
  totalWidth,
  widthOf,
  type TableState,
} from '../../../../media/timeline/model/tableState';

const names = (state: TableState, room: number): string[] => shownColumns(state, room).map(({ name }) => name);

describe('the state of the request table', () => {
  it('comes back from what was saved, and starts afresh from nonsense', () => {
    const saved: TableState = {
      sorting: { column: 'total', descending: true },
      columns: ['path', 'status'],
      widths: { path: 300 },
    };
    assert.deepEqual(restoredTable(JSON.parse(JSON.stringify(saved))), saved);
    assert.deepEqual(restoredTable(JSON.parse(JSON.stringify(freshTable))), freshTable);
    for (const nonsense of [undefined, null, 5, 'x', [], { columns: [], widths: 7, sorting: { column: 'shoe' } }]) {
      assert.deepEqual(restoredTable(nonsense), freshTable);
    }
    assert.deepEqual(restoredTable({ widths: { path: -4, app: 1e9, shoe: 70 } }).widths, {});
    assert.deepEqual(restoredTable({ columns: ['shoe', 'app', 7] }).columns, ['app']);
  });

  it('shows as many columns as there is room for, the most telling ones last to go', () => {
    const all = names(freshTable, 5000);
    assert.ok(all.includes('waterfall') && all.includes('slot') && !all.includes('cpu'));
    for (const room of [1000, 700, 400, 300]) {
      const shown = shownColumns(freshTable, room);
      assert.ok(totalWidth(shown, freshTable) <= room || shown.length === 1, `${room}`);
      assert.ok(shown.some(({ name }) => name === 'path'));
    }
    assert.deepEqual(names(freshTable, 0), ['path']);
  });

  it('shows those that the user wants, whatever the room, and at least one', () => {
    let state: TableState = { ...freshTable, columns: ['path'] };
    assert.equal(toggled(state, 'path', shownColumns(state, 100)), state);
    state = toggled(state, 'cpu', shownColumns(state, 100));
    assert.deepEqual(names(state, 10), ['path', 'cpu']);
    state = toggled(state, 'path', shownColumns(state, 100));
    assert.deepEqual(names(state, 10), ['cpu']);
  });

  it('begins with what is shown when the first one is taken away', () => {
    const before = shownColumns(freshTable, 700);
    const state = toggled(freshTable, 'method', before);
    assert.deepEqual(
      names(state, 700),
      before.map(({ name }) => name).filter((name) => name !== 'method'),
    );
  });

  it('remembers widths within bounds, and forgets them', () => {
    const [column] = tableColumns;
    assert.ok(column);
    const wide = resized(freshTable, column.name, 120.4);
    assert.equal(widthOf(column, wide), 120);
    assert.equal(widthOf(column, resized(wide, column.name, -50)), 40);
    assert.equal(widthOf(column, resized(wide, column.name, undefined)), column.width);
  });

  it('is sorted one way, the other way, and then not at all', () => {
    let state: TableState = { ...freshTable, sorting: sortedAnew(freshTable, 'total') };
    assert.deepEqual(state.sorting, { column: 'total', descending: true }, 'the slowest first');
    state = { ...state, sorting: sortedAnew(state, 'total') };
    assert.deepEqual(state.sorting, { column: 'total', descending: false });
    assert.deepEqual(sortedAnew(state, 'total'), unsorted);
    assert.deepEqual(sortedAnew(state, 'path'), { column: 'path', descending: false });
    assert.deepEqual(sortedAnew(freshTable, 'start'), { column: 'start', descending: true }, 'the newest first');
  });
});
