import type { Columns, connectionSchema, exchangeSchema } from '../../../src/core/trace/columns';
import { phaseOf } from '../../../src/core/trace/phases';
import { filterFields, filterPhases, phaseExample } from './filterFields';
import { quoted, wordsOf } from './filterText';
import { mediaKind, mediaTypeName, noMediaType } from './mediaTypeName';
import type { Trace } from './trace';

/** Something to go on with in the box. */
export interface Completion {
  readonly label: string;
  readonly does: string;
  /** The whole text with it, and where the caret stands then. */
  readonly text: string;
  readonly caret: number;
}

const mostOffered = 12;
/** How many of the newest rows are looked at for values. */
const mostRead = 2000;

/** What the word at the caret may become: a field; behind its colon, values that there are in the trace. */
export function completionsOf(text: string, caret: number, trace: Trace): Completion[] {
  const word = wordsOf(text).find(({ from, to }) => from < caret && caret <= to);
  const from = word?.from ?? caret;
  const to = word?.to ?? caret;
  const written = text.slice(from, caret);
  const minus = written.startsWith('-') ? '-' : '';
  const typed = written.slice(minus.length);
  const [, field, values] = /^([a-z]+):(.*)$/is.exec(typed) ?? [];
  const offers =
    field === undefined || values === undefined ? namesFor(typed) : valuesFor(field.toLowerCase(), values, trace);
  return offers.slice(0, mostOffered).map(({ insert, does, label = insert }) => {
    const next = `${minus}${insert}`;
    return { label, does, text: `${text.slice(0, from)}${next}${text.slice(to)}`, caret: from + next.length };
  });
}

interface Offer {
  readonly insert: string;
  readonly does: string;
  readonly label?: string;
}

/** Fields whose name begins as typed; the phases once "phase" is. */
function namesFor(typed: string): Offer[] {
  const lower = typed.toLowerCase();
  const fields = filterFields
    .filter(({ name }) => name.startsWith(lower))
    .map(({ name, does, example }) => ({ insert: `${name}:`, label: example, does }));
  if (lower.startsWith('phase')) {
    const phases = filterPhases.map((name) => ({
      insert: `phase.${name}>`,
      label: `phase.${name}>50ms`,
      does: `Longer in the phase: ${phaseOf(name).label}`,
    }));
    return phases.filter(({ insert }) => insert.startsWith(lower) && insert !== lower);
  }
  const phase = { insert: 'phase.', label: phaseExample, does: 'Time in a phase, with > >= < <=' };
  return 'phase.'.startsWith(lower) ? [...fields, phase] : fields;
}

/** Behind the last comma; what is there already is not offered again. */
function valuesFor(field: string, values: string, trace: Trace): Offer[] {
  const comma = values.lastIndexOf(',') + 1;
  const before = values.slice(0, comma);
  const begun = values.slice(comma).replace(/^"/, '').toLowerCase();
  return foundValues(field, trace)
    .filter(({ value }) => value.toLowerCase().startsWith(begun) && value.toLowerCase() !== begun)
    .map(({ value, does }) => {
      const safe = /[\s",]/u.test(value) ? quoted(value) : value;
      return { insert: `${field}:${before}${safe}`, label: value, does };
    });
}

function foundValues(field: string, trace: Trace): { value: string; does: string }[] {
  const { store } = trace;
  switch (field) {
    case 'method':
      return told(newest(store.exchanges, (columns, row) => store.text(columns.method[row] ?? 0)));
    case 'status': {
      const found = newest(store.exchanges, (columns, row) => {
        const status = columns.status[row] ?? 0;
        return status > 0 ? String(status) : '';
      });
      const classes = ['2xx', '3xx', '4xx', '5xx'].map((value) => ({ value, does: 'the whole class' }));
      return [...classes, ...told(found)];
    }
    case 'type': {
      const types = (read: (type: string) => string): Map<string, number> =>
        newest(store.exchanges, (columns, row) => read(store.mediaTypes.name(columns.mediaType[row] ?? 0)));
      const without = { value: noMediaType, does: 'without a type' };
      return [...told(types(mediaTypeName)), ...told(types(mediaKind)), without];
    }
    case 'path':
      return told(newest(store.exchanges, (columns, row) => pathOf(store.text(columns.target[row] ?? 0))));
    case 'client':
      return told(newest(store.connections, (columns, row) => addressOf(store.text(columns.remote[row] ?? 0))));
    case 'slower':
    case 'faster':
      return ['10ms', '100ms', '1s'].map((value) => ({ value, does: '' }));
    case 'larger':
    case 'smaller':
      return ['1k', '100k', '1m'].map((value) => ({ value, does: '' }));
    case 'error':
      return ['app error', 'refused', 'client left', 'timed out'].map((value) => ({ value, does: '' }));
    default:
      return [];
  }
}

function told(found: ReadonlyMap<string, number>): { value: string; does: string }[] {
  return [...found].sort(([, a], [, b]) => b - a).map(([value, count]) => ({ value, does: `×${count}` }));
}

interface ReadTable<S extends typeof exchangeSchema | typeof connectionSchema> {
  readonly first: number;
  readonly last: number;
  readonly columns: Columns<S>;
  rowOf(id: number): number;
}

/** Values of the newest rows, with how often each stands there. */
function newest<S extends typeof exchangeSchema | typeof connectionSchema>(
  table: ReadTable<S>,
  read: (columns: Columns<S>, row: number) => string,
): Map<string, number> {
  const found = new Map<string, number>();
  for (let id = table.last; id >= Math.max(table.first, table.last - mostRead); id--) {
    const row = table.rowOf(id);
    const value = row < 0 ? '' : read(table.columns, row);
    if (value !== '') found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

function addressOf(remote: string): string {
  return remote.slice(0, Math.max(0, remote.lastIndexOf(':')));
}
