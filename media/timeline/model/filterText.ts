import type { PhaseName } from '../../../src/core/trace/phases';
import { filterFields, filterPhases, phaseExample, readTime, type FilterName } from './filterFields';

/**
 * The text of a filter as terms, all of which have to hold:
 *
 *     filter  = [ term *( space term ) ]
 *     term    = [ "-" ] ( field ":" value *( "," value ) / "phase." name compare time / text )
 *     compare = ">" / ">=" / "<" / "<="
 *
 * Quotes hold together what has spaces, commas or a colon; in them, a backslash stands before a quote or a backslash.
 * What cannot be read is named, and the rest holds without it.
 */
export type Term = { readonly negated: boolean } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: FilterName; readonly values: readonly string[] }
  | { readonly kind: 'phase'; readonly phase: PhaseName; readonly compare: Compare; readonly time: string }
);

export type Compare = '>' | '>=' | '<' | '<=';

export interface Filter {
  readonly terms: readonly Term[];
  /** What cannot be read, as sentences. */
  readonly problems: readonly string[];
}

export const noFilter: Filter = { terms: [], problems: [] };

/** A word of the text: from where to where it stands. */
export interface Word {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly closed: boolean;
}

export function readFilter(text: string): Filter {
  const terms: Term[] = [];
  const problems: string[] = [];
  for (const word of wordsOf(text)) {
    const term = word.closed ? termOf(word.text) : `A quote is not closed: ${word.text}`;
    if (typeof term === 'string') problems.push(term);
    else if (term) terms.push(term);
  }
  return { terms, problems };
}

/** Parts the text where spaces stand outside quotes. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/(?:"(?:\\.|[^"\\])*"|[^\s"]|"(?:\\.|\\$|[^"\\])*$)+/gsu)) {
    const word = match[0];
    const rest = word.replace(/"(?:\\.|[^"\\])*"/gsu, '');
    words.push({ from: match.index, to: match.index + word.length, text: word, closed: !rest.includes('"') });
  }
  return words;
}

/** Reading it again gives the same terms. */
export function printFilter(terms: readonly Term[]): string {
  return terms.map((term) => `${term.negated ? '-' : ''}${printTerm(term)}`).join(' ');
}

function printTerm(term: Term): string {
  if (term.kind === 'phase') return `phase.${term.phase}${term.compare}${term.time}`;
  if (term.kind === 'text') return quotedText(term.text);
  return `${term.field}:${term.values.map((value) => (/[\s",]/u.test(value) ? quoted(value) : value)).join(',')}`;
}

/** A text that would be read as something else stands in quotes. */
function quotedText(text: string): string {
  return /[\s"]/u.test(text) || text.startsWith('-') || asked.test(text) ? quoted(text) : text;
}

export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A name, and what it is asked with. */
const asked = /^([a-z]+(?:\.[a-z]*)?)(:|[<>]=?)/iu;

/** A sentence where it cannot be read; undefined where there is nothing in it. */
function termOf(word: string): Term | string | undefined {
  const negated = word.startsWith('-');
  const rest = negated ? word.slice(1) : word;
  if (rest === '') return 'Write what to leave out behind the minus, such as -path:/static.';
  const [head, name = '', sign = ''] = asked.exec(rest) ?? [];
  if (head === undefined) {
    const text = unquoted(rest);
    return text === '' ? undefined : { kind: 'text', negated, text };
  }
  const value = rest.slice(head.length);
  const lower = name.toLowerCase();
  if (lower.startsWith('phase.')) return phaseTerm(negated, lower.slice(6), sign, unquoted(value));
  return fieldTerm(negated, lower, sign, value);
}

function phaseTerm(negated: boolean, name: string, sign: string, time: string): Term | string {
  const phase = filterPhases.find((each) => each === name);
  if (!phase) return `There is no phase.${name}. The phases are: ${filterPhases.join(', ')}.`;
  if (sign === ':') return `Compare the phase with a time, such as phase.${phase}>50ms.`;
  if (Number.isNaN(readTime(time))) return `phase.${phase}${sign} needs a time, such as 50ms or 1.5s.`;
  return { kind: 'phase', negated, phase, compare: sign as Compare, time };
}

function fieldTerm(negated: boolean, name: string, sign: string, rest: string): Term | string {
  const field = filterFields.find((each) => each.name === name);
  if (!field) {
    const names = filterFields.map((each) => `${each.name}:`).join(' ');
    return `There is no ${name}${sign} to filter by. There are ${names} and ${phaseExample}; text with a colon stands in quotes.`;
  }
  if (sign !== ':') return `Write ${name} with a colon, such as ${field.example}.`;
  const values = (field.several ? partsOf(rest) : [rest]).map(unquoted).filter((value) => value !== '');
  if (values.length === 0 && !field.bare) return `${name}: needs a value, such as ${field.example}.`;
  const unreadable = values.find((value) => !field.reads(value));
  if (unreadable !== undefined) return `${name}:${unreadable} cannot be read. Write it such as ${field.example}.`;
  return { kind: 'field', negated, field: field.name, values };
}

/** Parts where commas stand outside quotes. */
function partsOf(text: string): string[] {
  return [...text.matchAll(/(?:"(?:\\.|[^"\\])*"|[^,"])+/gsu)].map(([part]) => part);
}

function unquoted(text: string): string {
  return text.replace(/"((?:\\.|[^"\\])*)"/gsu, (_, inner: string) => inner.replace(/\\(.)/gsu, '$1'));
}
