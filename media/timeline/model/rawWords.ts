import type { RawKind, RawSpan } from '../../../src/core/trace/rawSpans';
import { counted } from '../format';

/** What a span of bytes is, and where it is said so: see `referenceUrl`. */
interface RawWords {
  readonly label: string;
  readonly reference: string;
}

const chunked = 'RFC 9112, 7.1. Chunked Transfer Coding';
const trailers = 'RFC 9112, 7.1.2. Chunked Trailer Section';

const words: Readonly<Record<RawKind, RawWords>> = {
  method: { label: 'Method', reference: 'RFC 9110, 9. Methods' },
  target: { label: 'Request target', reference: 'RFC 9112, 3.2. Request Target' },
  version: { label: 'HTTP version', reference: 'RFC 9112, 2.3. HTTP Version' },
  status: { label: 'Status code', reference: 'RFC 9110, 15. Status Codes' },
  reason: { label: 'Reason phrase', reference: 'RFC 9112, 4. Status Line' },
  space: { label: 'Space', reference: 'RFC 9112, 3. Request Line' },
  lineEnd: { label: 'Line end', reference: 'RFC 9112, 2.2. Message Parsing' },
  emptyLine: { label: 'Empty line before the request, ignored', reference: 'RFC 9112, 2.2. Message Parsing' },
  fieldName: { label: 'Field name', reference: 'RFC 9110, 5.1. Field Names' },
  colon: { label: 'Colon', reference: 'RFC 9112, 5. Field Syntax' },
  margin: { label: 'White space, not part of the value', reference: 'RFC 9110, 5.6.3. Whitespace' },
  fieldValue: { label: 'Field value', reference: 'RFC 9110, 5.5. Field Values' },
  noField: { label: 'No field: not “name: value”', reference: 'RFC 9112, 5. Field Syntax' },
  headEnd: { label: 'Empty line: end of the head', reference: 'RFC 9112, 2.1. Message Format' },
  content: { label: 'Content', reference: 'RFC 9110, 6.4. Content' },
  chunkSize: { label: 'Chunk size', reference: chunked },
  chunkExtension: { label: 'Chunk extension', reference: 'RFC 9112, 7.1.1. Chunk Extensions' },
  chunkData: { label: 'Chunk data', reference: chunked },
  chunkEnd: { label: 'End of the chunk', reference: chunked },
  lastChunk: { label: 'Last chunk', reference: chunked },
  trailerName: { label: 'Trailer field name', reference: trailers },
  trailerValue: { label: 'Trailer field value', reference: trailers },
  trailersEnd: { label: 'Empty line: end of the body', reference: trailers },
  malformed: { label: 'Malformed', reference: 'RFC 9112, 2.2. Message Parsing' },
  rest: { label: 'Not read', reference: '' },
};

export function wordsOf({ kind }: RawSpan): RawWords {
  return words[kind];
}

/** "4 bytes at 0x2f" */
export function extentOf({ from, to }: RawSpan): string {
  return `${counted(to - from, 'byte')} at ${from} (0x${from.toString(16)})`;
}

/** What stands around names and values: it is shown among the bytes, and is no part by itself. */
const between: ReadonlySet<RawKind> = new Set(['space', 'lineEnd', 'colon', 'margin', 'chunkEnd', 'chunkExtension']);

/**
 * The parts of a message as lines to read: the first line, a line for each field and each chunk. Each is a list of
 * positions of spans.
 */
export function rawLines(spans: readonly RawSpan[]): number[][] {
  const lines: number[][] = [];
  let before: RawSpan | undefined;
  for (const [index, span] of spans.entries()) {
    const last = lines.at(-1);
    if (last && before && goesOn(before, span)) last.push(index);
    else lines.push([index]);
    before = span;
  }
  return lines.filter((line) => line.some((index) => isPart(spans[index])));
}

/** A line goes on up to its end; the data of a chunk stand behind its size. */
function goesOn(before: RawSpan, span: RawSpan): boolean {
  if (before.kind === 'lineEnd') return span.kind === 'chunkData';
  if (before.kind === 'chunkData') return span.kind === 'chunkEnd';
  return !alone.has(before.kind);
}

/** Nothing follows on their lines. */
const alone: ReadonlySet<RawKind> = new Set(['emptyLine', 'headEnd', 'content', 'chunkEnd', 'trailersEnd']);

/** It has a meaning of its own. */
export function isPart(span: RawSpan | undefined): span is RawSpan {
  return span !== undefined && !between.has(span.kind);
}

/** Bytes as text that shows each for what it is: what is not printable ASCII is escaped. */
export function printable(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += escapeOf(byte);
  return text;
}

function escapeOf(byte: number): string {
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  const short = { 9: '\\t', 10: '\\n', 13: '\\r' }[byte];
  return short ?? `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** What bytes say in UTF-8, where that is more than ASCII and can be shown without harm. */
export function utf8In(bytes: Uint8Array): string | undefined {
  if (bytes.every((byte) => byte < 0x80)) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /[\p{C}\p{Zl}\p{Zp}]/u.test(text) ? undefined : text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Text of one character a byte, as text to be seen. */
export function textAsBytes(text: string): { readonly escaped: string; readonly utf8: string | undefined } {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return { escaped: printable(bytes), utf8: utf8In(bytes) };
}

/** One byte in a column of text: arrows for CR, LF and tab, a dot for a space and a full stop for what has no picture. */
export function cellOf(byte: number): string {
  return pictures[byte] ?? (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');
}

const pictures: Readonly<Record<number, string>> = { 9: '→', 10: '↵', 13: '←', 32: '·' };
