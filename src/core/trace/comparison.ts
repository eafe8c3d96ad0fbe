import type { Batch } from './batch';
import { connectionSchema, exchangeSchema, type ConnectionRow, type ExchangeRow } from './columns';
import type { ConcurrencyModel } from './concurrency';
import { packRows } from './packedRows';
import type { TraceStore } from './traceStore';

/**
 * The same requests twice, under two models. Both runs are traces of their own in which time is 0 when the first
 * connection was accepted, and in which the same request has the same id: its place in the order of the first run, counted
 * from 1.
 */
export interface Comparison {
  /** As it was, and run again. */
  readonly runs: readonly [ComparedRun, ComparedRun];
  readonly requests: number;
  /** What is to be known beside it, in sentences: requests that were left out, and why. */
  readonly remarks: readonly string[];
}

export interface ComparedRun {
  readonly model: ConcurrencyModel;
  readonly slots: number;
  readonly batch: Batch;
}

/** Where the rows of one run are found. */
export interface RunSource {
  readonly model: ConcurrencyModel;
  readonly slots: number;
  readonly trace: TraceStore;
  /** The exchanges, in the order of the comparison; undefined where one was not sent. */
  readonly exchanges: readonly (number | undefined)[];
  /** When the first connection was accepted, on the trace's clock. */
  readonly zero: number;
}

export function comparedRun({ model, slots, trace, exchanges, zero }: RunSource): ComparedRun {
  const strings = new Map<string, number>();
  const intern = (id: number): number => {
    const text = trace.text(id);
    if (text === '') return 0;
    const known = strings.get(text) ?? strings.size + 1;
    strings.set(text, known);
    return known;
  };
  const rows = exchanges.flatMap((id, index): ExchangeRow[] => {
    const row = id === undefined ? undefined : trace.exchange(id);
    if (!row) return [];
    const { method, target, start } = row;
    return [{ ...row, id: index + 1, method: intern(method), target: intern(target), start: start - zero }];
  });
  const used = [...new Set(rows.map(({ connection }) => connection))];
  const connections = used.flatMap((id): ConnectionRow[] => {
    const row = trace.connection(id);
    if (!row) return [];
    const { local, remote, accepted, registered, turn, closing, closed } = row;
    const times = { accepted: accepted - zero, registered: registered - zero, turn: turn - zero };
    const ends = { closing: closing - zero, closed: closed - zero };
    return [{ ...row, ...times, ...ends, local: intern(local), remote: intern(remote) }];
  });
  const batch: Batch = {
    exchanges: packRows(exchangeSchema, rows),
    connections: packRows(connectionSchema, connections),
    firstString: 1,
    strings: [...strings.keys()],
    mediaTypes: trace.mediaTypes.all(),
    notes: [],
    models: [{ at: 0, model, slots }],
    lag: 0,
    now: trace.now - zero,
  };
  return { model, slots, batch };
}
