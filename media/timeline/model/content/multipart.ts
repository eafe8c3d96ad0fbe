import { latin1Of } from '../../../../src/core/trace/copyAs/bytes';
import { readHead, type Field } from '../../../../src/core/trace/heads';
import { mediaTypeOf } from './mediaType';

/** One part of a form (RFC 7578). Names are as they stood on the wire, one character a byte. */
export interface FormPart {
  readonly name: string;
  /** Only where it is a file. */
  readonly filename?: string;
  /** Its Content-Type; empty where it has none. */
  readonly type: string;
  readonly fields: readonly Field[];
  readonly content: Uint8Array;
  /** The delimiter after it is there. */
  readonly complete: boolean;
}

export interface Multipart {
  readonly parts: readonly FormPart[];
  /** The closing delimiter is there. */
  readonly closed: boolean;
}

/** Takes a multipart body apart (RFC 2046 section 5.1.1), as far as it is there. */
export function multipartOf(bytes: Uint8Array, boundary: string): Multipart {
  // The first delimiter may stand at the very beginning, without the line end that belongs to it.
  const wire = `\r\n${latin1Of(bytes)}`;
  const delimiter = new RegExp(`\\r\\n--${boundary.replace(/[^]/g, escapedCharacter)}(?:(--)|[ \\t]*\\r\\n)`, 'g');
  const parts: FormPart[] = [];
  let found = delimiter.exec(wire);
  while (found && found[1] === undefined) {
    const start = delimiter.lastIndex;
    // Nothing may stand between two delimiters: then they share a line end.
    delimiter.lastIndex = start - 2;
    found = delimiter.exec(wire);
    parts.push(partOf(wire, bytes, start, found?.index));
  }
  return { parts, closed: found !== null };
}

/** @param end where the delimiter after it begins; undefined where there is none */
function partOf(wire: string, bytes: Uint8Array, start: number, end: number | undefined): FormPart {
  const until = end ?? wire.length;
  const headEnd = wire.startsWith('\r\n', start) ? start - 2 : wire.indexOf('\r\n\r\n', start);
  const hasContent = headEnd >= 0 && headEnd + 4 <= until;
  const { fields } = readHead(`\r\n${wire.slice(start, Math.max(start, hasContent ? headEnd : until))}`);
  const valueOf = (wanted: string): string => fields.find(({ name }) => name.toLowerCase() === wanted)?.value ?? '';
  const { parameters } = mediaTypeOf(valueOf('content-disposition'));
  const filename = parameters.get('filename') ?? parameters.get('filename*');
  return {
    name: parameters.get('name') ?? '',
    ...(filename === undefined ? {} : { filename }),
    type: valueOf('content-type'),
    fields,
    content: hasContent ? bytes.subarray(headEnd + 4 - 2, until - 2) : new Uint8Array(0),
    complete: end !== undefined,
  };
}

function escapedCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
