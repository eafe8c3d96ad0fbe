import { groupings, type GroupBy } from './model/grouping';
import { readStand, type KeptStand } from './model/keptStand';
import { readPins, type Pin } from './model/pins';
import { panes, type Panes } from './model/panes';
import { freshTable, restoredTable, type TableState } from './model/tableState';
import type { Selection } from './selection';

/** What survives a reload of the page. It comes back as unknown data, so each part is checked. */
export interface SavedState {
  readonly selection: Selection;
  readonly follow: boolean;
  readonly paused: boolean;
  /** Share of the window that the inspector takes, beside the picture and below it. */
  readonly inspectorWidth: number;
  readonly inspectorHeight: number;
  readonly inspectorOpen: boolean;
  /** What the kernel tells is shown. */
  readonly kernel: boolean;
  readonly groupBy: GroupBy;
  /** Each phase has room, however short it was. */
  readonly notToScale: boolean;
  /** Keys of the groups whose lanes are hidden. */
  readonly collapsed: readonly string[];
  /** Text of the filter, as it was typed. */
  readonly filter: string;
  /** What does not match it is hidden, not dimmed. */
  readonly hiding: boolean;
  readonly pins: readonly Pin[];
  readonly panes: Panes;
  readonly table: TableState;
  /** Share of their room that the table takes, below the picture and beside it. */
  readonly tableHeight: number;
  readonly tableWidth: number;
  /** Where the picture stands; undefined where it never did. */
  readonly stand: KeptStand | undefined;
}

export const freshState: SavedState = {
  selection: { kind: 'none' },
  follow: true,
  paused: false,
  inspectorWidth: 0.32,
  inspectorHeight: 0.46,
  inspectorOpen: true,
  kernel: true,
  groupBy: 'connection',
  notToScale: false,
  collapsed: [],
  filter: '',
  hiding: false,
  pins: [],
  panes: 'both',
  table: freshTable,
  tableHeight: 0.38,
  tableWidth: 0.45,
  stand: undefined,
};

export const longestFilter = 1000;

export function restoredState(saved: unknown): SavedState {
  if (typeof saved !== 'object' || saved === null) return freshState;
  const parts: Partial<Record<keyof SavedState, unknown>> = saved;
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  return {
    selection: selectionOf(parts.selection),
    follow: flag(parts.follow, freshState.follow),
    paused: flag(parts.paused, freshState.paused),
    inspectorWidth: shareOf(parts.inspectorWidth, freshState.inspectorWidth),
    inspectorHeight: shareOf(parts.inspectorHeight, freshState.inspectorHeight),
    inspectorOpen: flag(parts.inspectorOpen, freshState.inspectorOpen),
    kernel: flag(parts.kernel, freshState.kernel),
    groupBy: groupings.find((each) => each === parts.groupBy) ?? freshState.groupBy,
    notToScale: flag(parts.notToScale, freshState.notToScale),
    collapsed: collapsedOf(parts.collapsed),
    filter: typeof parts.filter === 'string' ? parts.filter.slice(0, longestFilter) : freshState.filter,
    hiding: flag(parts.hiding, freshState.hiding),
    pins: readPins(parts.pins),
    panes: panes.find((each) => each === parts.panes) ?? freshState.panes,
    table: restoredTable(parts.table),
    tableHeight: shareOf(parts.tableHeight, freshState.tableHeight),
    tableWidth: shareOf(parts.tableWidth, freshState.tableWidth),
    stand: readStand(parts.stand),
  };
}

/** Neither side of a split may vanish. */
export function shareOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(0.8, Math.max(0.15, value)) : otherwise;
}

/** Clients come and go, so only the newest are remembered. */
function collapsedOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return freshState.collapsed;
  return value.filter((each) => typeof each === 'string').slice(-mostCollapsed);
}

const mostCollapsed = 100;

function selectionOf(value: unknown): Selection {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value)) return { kind: 'none' };
  const { kind, id } = value;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return { kind: 'none' };
  return kind === 'exchange' || kind === 'connection' ? { kind, id } : { kind: 'none' };
}
