import { unsorted, type Sorting } from './rowOrder';
import { columnOf, tableColumns, type ColumnName, type TableColumn } from './tableColumns';

/** How the user has set up the request table. */
export interface TableState {
  readonly sorting: Sorting;
  /** The columns that the user wants; undefined: as many as there is room for. */
  readonly columns: readonly ColumnName[] | undefined;
  /** Widths that the user has set, in pixels. */
  readonly widths: Readonly<Partial<Record<ColumnName, number>>>;
}

export const freshTable: TableState = { sorting: unsorted, columns: undefined, widths: {} };

const narrowest = 40;
const widest = 2000;

/** What was saved comes back as unknown data. */
export function restoredTable(saved: unknown): TableState {
  if (typeof saved !== 'object' || saved === null) return freshTable;
  const parts: Partial<Record<keyof TableState, unknown>> = saved;
  return {
    sorting: sortingOf(parts.sorting),
    columns: columnsOf(parts.columns),
    widths: widthsOf(parts.widths),
  };
}

/** In the order in which they stand. At least one is left, as nothing could be chosen from a table of none. */
export function shownColumns(state: TableState, room: number): readonly TableColumn[] {
  const { columns } = state;
  if (columns) return tableColumns.filter(({ name }) => columns.includes(name));
  let shown = tableColumns.filter(({ spare }) => spare !== undefined);
  while (shown.length > 1 && totalWidth(shown, state) > room) {
    const most = Math.max(...shown.map(({ spare }) => spare ?? 0));
    shown = shown.filter(({ spare }) => spare !== most);
  }
  return shown;
}

export function widthOf(column: TableColumn, state: TableState): number {
  return state.widths[column.name] ?? column.width;
}

export function totalWidth(columns: readonly TableColumn[], state: TableState): number {
  return columns.reduce((sum, column) => sum + widthOf(column, state), 0);
}

/** @param width undefined: its own */
export function resized(state: TableState, name: ColumnName, width: number | undefined): TableState {
  const { [name]: _before, ...others } = state.widths;
  if (width === undefined) return { ...state, widths: others };
  return { ...state, widths: { ...others, [name]: Math.round(Math.min(widest, Math.max(narrowest, width))) } };
}

/** Shows a column that is hidden, or the other way round; the last one stays. */
export function toggled(state: TableState, name: ColumnName, shown: readonly TableColumn[]): TableState {
  const names = shown.map((column) => column.name);
  const others = names.filter((each) => each !== name);
  const columns = others.length < names.length ? others : [...names, name];
  return columns.length === 0 ? state : { ...state, columns };
}

/** A click on the head of a column: first one way, then the other, then as they came. */
export function sortedAnew({ sorting }: TableState, name: ColumnName): Sorting {
  const descends = columnOf(name).first === 'highest';
  if (sorting.column !== name) return { column: name, descending: descends };
  if (sorting.descending === descends) return { column: name, descending: !descends };
  return unsorted;
}

function sortingOf(value: unknown): Sorting {
  if (typeof value !== 'object' || value === null) return unsorted;
  const { column, descending }: Partial<Record<keyof Sorting, unknown>> = value;
  const found = tableColumns.find(({ name }) => name === column);
  return found && typeof descending === 'boolean' ? { column: found.name, descending } : unsorted;
}

function columnsOf(value: unknown): readonly ColumnName[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = tableColumns.map(({ name }) => name).filter((name) => value.includes(name));
  return names.length > 0 ? names : undefined;
}

function widthsOf(value: unknown): TableState['widths'] {
  if (typeof value !== 'object' || value === null) return freshTable.widths;
  const widths: Partial<Record<string, unknown>> = { ...value };
  return Object.fromEntries(
    tableColumns
      .map(({ name }) => [name, widths[name]] as const)
      .filter(([, width]) => typeof width === 'number' && width >= narrowest && width <= widest),
  );
}
