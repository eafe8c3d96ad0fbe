import { exchangeFlags, type ExchangeRow } from '../../../src/core/trace/columns';
import type { TraceStore } from '../../../src/core/trace/traceStore';
import { bytes, duration, instant, portOf } from '../format';
import { phaseTime } from './filterTest';
import { mediaTypeName } from './mediaTypeName';
import { visibleText } from './content/visibleText';
import type { Trace } from './trace';
import { requestName, resultName } from './words';

/** The columns of the request table: what each says of a request, and what it is sorted by. */
export type ColumnName =
  | 'start'
  | 'method'
  | 'path'
  | 'status'
  | 'type'
  | 'size'
  | 'received'
  | 'connection'
  | 'client'
  | 'slot'
  | 'wait'
  | 'app'
  | 'cpu'
  | 'total'
  | 'waterfall';

/** What a column is sorted by: a number, or a text by the number under which it is known. Open times are infinite. */
export type SortKey =
  | { readonly kind: 'id' }
  | { readonly kind: 'number'; readonly of: (store: TraceStore, row: number) => number }
  | {
      readonly kind: 'text';
      readonly of: (store: TraceStore, row: number) => number;
      readonly text: (store: TraceStore, of: number) => string;
    };

export interface TableColumn {
  readonly name: ColumnName;
  readonly title: string;
  /** A sentence for the tooltip of its head. */
  readonly explains: string;
  /** Pixels, unless the user has set others. */
  readonly width: number;
  readonly numeric: boolean;
  readonly key: SortKey;
  /** What a first click on the head puts first. */
  readonly first: 'lowest' | 'highest';
  /** The higher, the sooner it has to go where there is no room; none where it shows only when it is asked for. */
  readonly spare: number | undefined;
  /** @param now ends what goes on */
  readonly text: (trace: Trace, exchange: ExchangeRow, now: number) => string;
  /** For a tooltip, where the text may be cut or is short for something. */
  readonly whole?: (trace: Trace, exchange: ExchangeRow) => string;
}

const numbered = (of: (store: TraceStore, row: number) => number): SortKey => ({ kind: 'number', of });
const interned = (of: (store: TraceStore, row: number) => number): SortKey => {
  return { kind: 'text', of, text: (store, id) => store.text(id) };
};

/** Infinite while it goes on, so that the order does not change by nothing but time. */
const lasting = (phase: 'queue' | 'app', store: TraceStore, row: number): number =>
  phaseTime(phase, store, row, Infinity);

export const tableColumns: readonly TableColumn[] = [
  {
    name: 'start',
    title: 'Start',
    explains: 'When its first byte came, since the trace began',
    width: 76,
    numeric: true,
    key: { kind: 'id' },
    first: 'lowest',
    spare: 11,
    text: (_trace, { start }) => instant(start),
  },
  {
    name: 'method',
    title: 'Method',
    explains: 'Method of the request',
    width: 66,
    numeric: false,
    key: interned(({ exchanges }, row) => exchanges.columns.method[row] ?? 0),
    first: 'lowest',
    spare: 3,
    text: (trace, { method }) => trace.store.text(method),
  },
  {
    name: 'path',
    title: 'Path',
    explains: 'Target of the request, with its query',
    width: 150,
    numeric: false,
    key: interned(({ exchanges }, row) => exchanges.columns.target[row] ?? 0),
    first: 'lowest',
    spare: 0,
    text: pathOf,
    whole: pathOf,
  },
  {
    name: 'status',
    title: 'Status',
    explains: 'Status of the response, or how the request ended; ⚠ where something was found',
    width: 96,
    numeric: true,
    key: numbered(({ exchanges }, row) => {
      const { status, outcome } = exchanges.columns;
      return (status[row] ?? 0) * 256 + (outcome[row] ?? 0);
    }),
    first: 'highest',
    spare: 1,
    text: (_trace, exchange) => resultName(exchange),
  },
  {
    name: 'type',
    title: 'Type',
    explains: 'Media type of the response, by its Content-Type',
    width: 64,
    numeric: false,
    key: {
      kind: 'text',
      of: ({ exchanges }, row) => exchanges.columns.mediaType[row] ?? 0,
      text: ({ mediaTypes }, number) => mediaTypeName(mediaTypes.name(number)),
    },
    first: 'lowest',
    spare: 8,
    text: ({ store }, { mediaType }) => visibleText(mediaTypeName(store.mediaTypes.name(mediaType))),
    whole: ({ store }, { mediaType }) => visibleText(store.mediaTypes.name(mediaType)),
  },
  {
    name: 'size',
    title: 'Sent',
    explains: 'What was sent to the client, head and framing included',
    width: 72,
    numeric: true,
    key: numbered(({ exchanges }, row) => exchanges.columns.bytesOut[row] ?? 0),
    first: 'highest',
    spare: 7,
    text: (_trace, { bytesOut }) => (bytesOut > 0 ? bytes(bytesOut) : '–'),
  },
  {
    name: 'received',
    title: 'Received',
    explains: 'What the client sent, head and framing included',
    width: 76,
    numeric: true,
    key: numbered(({ exchanges }, row) => exchanges.columns.bytesIn[row] ?? 0),
    first: 'highest',
    spare: undefined,
    text: (_trace, { bytesIn }) => bytes(bytesIn),
  },
  {
    name: 'connection',
    title: 'Connection',
    explains: 'Port of the client: requests with the same one came on one connection',
    width: 90,
    numeric: true,
    key: numbered(({ exchanges }, row) => exchanges.columns.connection[row] ?? 0),
    first: 'lowest',
    spare: 9,
    text: (trace, exchange) => portOf(remoteOf(trace, exchange)).replace(':', ''),
  },
  {
    name: 'client',
    title: 'Client',
    explains: 'Address and port of the client',
    width: 130,
    numeric: false,
    key: interned(({ exchanges, connections }, row) => {
      const at = connections.rowOf(exchanges.columns.connection[row] ?? 0);
      return at < 0 ? 0 : (connections.columns.remote[at] ?? 0);
    }),
    first: 'lowest',
    spare: undefined,
    text: remoteOf,
  },
  {
    name: 'slot',
    title: 'Slot',
    explains: 'Slot that ran the app call; with several workers, the worker before it',
    width: 52,
    numeric: true,
    key: numbered(({ exchanges }, row) => {
      const { worker, slot } = exchanges.columns;
      return (worker[row] ?? 0) * 256 + (slot[row] ?? 0);
    }),
    first: 'lowest',
    spare: 10,
    text: (trace, { worker, slot }) => {
      if (slot === 0) return '–';
      return trace.workers.size > 1 ? `${worker}.${slot}` : String(slot);
    },
  },
  {
    name: 'wait',
    title: 'Wait',
    explains: 'How long it waited for a free slot, or for its turn where one connection is served at a time',
    width: 70,
    numeric: true,
    key: numbered((store, row) => lasting('queue', store, row) + turnTime(store, row, Infinity)),
    first: 'highest',
    spare: 4,
    text: (trace, { id }, now) => {
      const row = trace.store.exchanges.rowOf(id);
      return duration(phaseTime('queue', trace.store, row, now) + turnTime(trace.store, row, now));
    },
  },
  {
    name: 'app',
    title: 'App',
    explains: 'How long the app call took',
    width: 70,
    numeric: true,
    key: numbered((store, row) => lasting('app', store, row)),
    first: 'highest',
    spare: 5,
    text: (trace, { id, appStart }, now) =>
      Number.isNaN(appStart) ? '–' : duration(phaseTime('app', trace.store, trace.store.exchanges.rowOf(id), now)),
  },
  {
    name: 'cpu',
    title: 'CPU',
    explains: 'Processor time of the app call; not measured for short ones',
    width: 70,
    numeric: true,
    key: numbered(({ exchanges }, row) => {
      const cpu = exchanges.columns.cpu[row] ?? NaN;
      return Number.isNaN(cpu) ? -1 : cpu;
    }),
    first: 'highest',
    spare: undefined,
    text: (_trace, { cpu }) => duration(cpu),
  },
  {
    name: 'total',
    title: 'Total',
    explains: 'From the first byte of the request until nothing of it remained to be done',
    width: 70,
    numeric: true,
    key: numbered(({ exchanges }, row) => finite(exchanges.columns.end[row] ?? NaN)),
    first: 'highest',
    spare: 2,
    text: (_trace, { start, end }, now) =>
      Number.isNaN(end) ? `${duration(Math.max(0, now - start))}…` : duration(end),
  },
  {
    name: 'waterfall',
    title: 'Phases',
    explains: 'The phases as in the timeline; sorts by when the request ended',
    width: 130,
    numeric: false,
    key: numbered(({ exchanges }, row) => {
      const { start, end } = exchanges.columns;
      return finite((start[row] ?? NaN) + (end[row] ?? NaN));
    }),
    first: 'lowest',
    spare: 6,
    text: () => '',
  },
];

const byName = new Map(tableColumns.map((column) => [column.name, column]));

export function columnOf(name: ColumnName): TableColumn {
  const found = byName.get(name);
  if (!found) throw new Error(`no column is called ${name}`);
  return found;
}

/** What goes on stands behind all that has ended. */
function finite(end: number): number {
  return Number.isNaN(end) ? Infinity : end;
}

function pathOf(trace: Trace, exchange: ExchangeRow): string {
  return visibleText(trace.store.text(exchange.target)) || (exchange.method ? '' : requestName(trace, exchange));
}

function remoteOf(trace: Trace, exchange: ExchangeRow): string {
  const { connections } = trace.store;
  const row = connections.rowOf(exchange.connection);
  return row < 0 ? '' : trace.store.text(connections.columns.remote[row] ?? 0);
}

/** ms that its connection waited for its turn, where the request is the first on it: `turnOf`, without copying rows. */
function turnTime({ exchanges, connections }: TraceStore, row: number, now: number): number {
  if (((exchanges.columns.flags[row] ?? 0) & exchangeFlags.first) === 0) return 0;
  const at = connections.rowOf(exchanges.columns.connection[row] ?? 0);
  if (at < 0) return 0;
  const { registered, turn, closing, closed } = connections.columns;
  const from = registered[at] ?? NaN;
  if (Number.isNaN(from) || turn[at] === from) return 0;
  const until = [turn[at], closing[at], closed[at]].find((time) => time !== undefined && !Number.isNaN(time)) ?? now;
  return Math.max(0, until - from);
}
