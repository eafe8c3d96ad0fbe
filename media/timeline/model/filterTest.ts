import { assertNever } from '../../../src/core/assertNever';
import { exchangeFlags, outcomes } from '../../../src/core/trace/columns';
import type { PhaseName } from '../../../src/core/trace/phases';
import { turnOf } from '../../../src/core/trace/spans';
import type { TraceStore } from '../../../src/core/trace/traceStore';
import { readSize, readStatus, readTime } from './filterFields';
import type { Compare, Filter, Term } from './filterText';
import { isMediaType } from './mediaTypeName';
import { toneOf } from './words';

/** Whether the exchange of a row matches; `now` ends what goes on. */
export type RowTest = (row: number, now: number) => boolean;

/** Makes of a filter a test over the columns of a trace. What is asked of a string is asked once of each. */
export function testOf(filter: Filter, store: TraceStore): RowTest {
  const tests = filter.terms.map((term) => {
    const test = termTest(term, store);
    return term.negated ? (row: number, now: number): boolean => !test(row, now) : test;
  });
  return (row, now) => tests.every((test) => test(row, now));
}

/** A request in progress may match later, by nothing but time. */
export function dependsOnTime(filter: Filter): boolean {
  return filter.terms.some(
    (term) => term.kind === 'phase' || (term.kind === 'field' && (term.field === 'slower' || term.field === 'faster')),
  );
}

function termTest(term: Term, store: TraceStore): RowTest {
  if (term.kind === 'text') return textTest(term.text, store);
  if (term.kind === 'phase') return phaseTest(term.phase, term.compare, readTime(term.time), store);
  const { exchanges } = store;
  const { values } = term;
  const first = values[0] ?? '';
  switch (term.field) {
    case 'method': {
      const wanted = values.map((value) => value.toLowerCase());
      const test = perString(store, (text) => wanted.includes(text.toLowerCase()));
      return (row) => test(exchanges.columns.method[row] ?? 0);
    }
    case 'path': {
      const test = perString(store, (text) => values.some((value) => isPath(text, value)));
      return (row) => test(exchanges.columns.target[row] ?? 0);
    }
    case 'client': {
      const test = perString(store, (text) => values.some((value) => isClient(text, value)));
      return (row) => test(remoteOf(store, row));
    }
    case 'status': {
      const ranges = values.map((value) => readStatus(value) ?? [NaN, NaN]);
      return (row) => {
        const status = exchanges.columns.status[row] ?? 0;
        return ranges.some(([low, high]) => status >= low && status <= high);
      };
    }
    case 'type': {
      const wanted = values.map((value) => value.toLowerCase());
      const test = askedOnce(
        (number) => store.mediaTypes.name(number),
        (type) => wanted.some((each) => isMediaType(type, each)),
      );
      // Without a response there is nothing that could lack a type.
      return (row) => (exchanges.columns.status[row] ?? 0) > 0 && test(exchanges.columns.mediaType[row] ?? 0);
    }
    case 'error': {
      const wanted = values.map((value) => value.toLowerCase());
      return (row) => {
        const [status, outcome] = [exchanges.columns.status[row] ?? 0, exchanges.columns.outcome[row] ?? 0];
        if (toneOf({ status, outcome }) === 'plain') return false;
        return wanted.length === 0 || wanted.some((each) => outcomes[outcome]?.includes(each));
      };
    }
    case 'larger': {
      const size = readSize(first);
      return (row) => (exchanges.columns.bytesOut[row] ?? 0) > size;
    }
    case 'smaller': {
      const size = readSize(first);
      return (row) => (exchanges.columns.bytesOut[row] ?? 0) < size;
    }
    case 'slower': {
      const time = readTime(first);
      return (row, now) => durationOf(store, row, now) > time;
    }
    case 'faster': {
      const time = readTime(first);
      return (row, now) => durationOf(store, row, now) < time;
    }
    default:
      return assertNever(term.field);
  }
}

/** In "GET /slow?seconds=3", in the status or outcome, or in the client's address. */
function textTest(text: string, store: TraceStore): RowTest {
  const wanted = text.toLowerCase();
  const found = (where: string): boolean => where.toLowerCase().includes(wanted);
  const { exchanges } = store;
  const requests = new Map<number, boolean>();
  const client = perString(store, found);
  const outcome = outcomes.map(found);
  return (row) => {
    const { columns } = exchanges;
    const [method, target] = [columns.method[row] ?? 0, columns.target[row] ?? 0];
    const key = method * 2 ** 32 + target;
    let request = requests.get(key);
    if (request === undefined) {
      if (requests.size >= mostKnown) requests.clear();
      request = found(`${store.text(method)} ${store.text(target)}`);
      requests.set(key, request);
    }
    if (request) return true;
    const status = columns.status[row] ?? 0;
    if (status > 0 && found(String(status))) return true;
    return outcome[columns.outcome[row] ?? 0] === true || client(remoteOf(store, row));
  };
}

/** Beyond this many strings, what is known of them is asked anew. */
const mostKnown = 100_000;

function perString(store: TraceStore, test: (text: string) => boolean): (id: number) => boolean {
  return askedOnce((id) => store.text(id), test);
}

function askedOnce(read: (id: number) => string, test: (text: string) => boolean): (id: number) => boolean {
  const known = new Map<number, boolean>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    if (known.size >= mostKnown) known.clear();
    const result = test(read(id));
    known.set(id, result);
    return result;
  };
}

function isPath(target: string, value: string): boolean {
  const path = target.split('?', 1)[0] ?? '';
  return value.startsWith('/') ? path.startsWith(value) : path.toLowerCase().includes(value.toLowerCase());
}

/** "192.168" is how 192.168.1.7 begins, but not 192.1681; ":54310" is a port; brackets of IPv6 may be left out. */
function isClient(remote: string, value: string): boolean {
  if (value.startsWith(':') && !value.startsWith('::')) return remote.endsWith(value);
  const address = value.startsWith('[') ? remote : remote.replace('[', '');
  if (!address.startsWith(value)) return false;
  return address.length === value.length || /[.:\]]/.test(value.slice(-1) + (address[value.length] ?? ''));
}

function remoteOf({ exchanges, connections }: TraceStore, row: number): number {
  const connection = connections.rowOf(exchanges.columns.connection[row] ?? 0);
  return connection < 0 ? 0 : (connections.columns.remote[connection] ?? 0);
}

function durationOf({ exchanges }: TraceStore, row: number, now: number): number {
  const { start, end } = exchanges.columns;
  return orElse(end[row] ?? NaN, now - (start[row] ?? NaN));
}

function phaseTest(phase: PhaseName, compare: Compare, time: number, store: TraceStore): RowTest {
  switch (compare) {
    case '>':
      return (row, now) => phaseTime(phase, store, row, now) > time;
    case '>=':
      return (row, now) => phaseTime(phase, store, row, now) >= time;
    case '<':
      return (row, now) => phaseTime(phase, store, row, now) < time;
    case '<=':
      return (row, now) => phaseTime(phase, store, row, now) <= time;
    default:
      return assertNever(compare);
  }
}

/** ms in a phase, 0 where it was not entered: what `spansOf` comes to, without copying the row. */
export function phaseTime(phase: PhaseName, store: TraceStore, row: number, now: number): number {
  const { columns } = store.exchanges;
  const flags = columns.flags[row] ?? 0;
  const end = durationOf(store, row, now);
  const between = (from: number, to: number): number => (Number.isNaN(from) ? 0 : Math.max(0, orElse(to, end) - from));
  const at = (column: Float32Array): number => column[row] ?? NaN;
  const queued = (flags & exchangeFlags.queued) !== 0;
  switch (phase) {
    case 'recv':
      return between(0, at(columns.received));
    case 'body':
      return at(columns.received) > at(columns.headEnd) ? at(columns.received) - at(columns.headEnd) : 0;
    case 'parse':
      return orElse(at(columns.parseTime), 0);
    case 'environ':
      return between(at(columns.environStart), at(columns.ready));
    case 'queue':
      return queued ? between(at(columns.ready), at(columns.appStart)) : 0;
    case 'hop': {
      const to = queued ? 0 : between(at(columns.ready), at(columns.appStart));
      return to + between(at(columns.appEnd), at(columns.replied));
    }
    case 'app':
      return between(at(columns.appStart), at(columns.appEnd));
    case 'sendall':
      return between(at(columns.sendStart), at(columns.sendEnd));
    case 'stall':
      return between(at(columns.stallStart), at(columns.stallEnd));
    case 'accept':
    case 'turn':
      return flags & exchangeFlags.first ? connectionTime(phase, store, row, now) : 0;
    case 'close':
      // The connection's, and not asked for.
      return 0;
    default:
      return assertNever(phase);
  }
}

/** What is the connection's belongs to its first exchange. */
function connectionTime(phase: 'accept' | 'turn', store: TraceStore, row: number, now: number): number {
  const connection = store.connection(store.exchanges.columns.connection[row] ?? 0);
  if (!connection) return 0;
  if (phase === 'turn') return turnOf(connection, now)[0]?.duration ?? 0;
  const { accepted, registered } = connection;
  return Number.isNaN(accepted) ? 0 : Math.max(0, orElse(registered, now) - accepted);
}

function orElse(value: number, other: number): number {
  return Number.isNaN(value) ? other : value;
}
