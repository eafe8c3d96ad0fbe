import { utf8Of } from './copyAs/bytes';
import { requestBodyOf } from './copyAs/request';
import type { ExchangeDetail } from './detail';
import { readHead } from './heads';

/**
 * A request that is being edited to be sent again. What stands in it is what is sent: a character of the head is a byte,
 * fields keep their order and their case, and nothing is added but the framing of the body, as long as that is wanted.
 */
export interface Draft {
  readonly method: string;
  readonly target: string;
  /** "HTTP/1.1" */
  readonly version: string;
  readonly fields: readonly DraftField[];
  readonly body: DraftBody;
  /** Content-Length follows the body, and a chunked body gets its framing; else fields and body go as they stand. */
  readonly framed: boolean;
}

export interface DraftField {
  readonly name: string;
  readonly value: string;
  /** It is sent. */
  readonly on: boolean;
}

export type DraftBody =
  /** Sent as UTF-8. Editors of text know one kind of line end, so the other one is noted. */
  | { readonly kind: 'text'; readonly text: string; readonly lineEnd: '\n' | '\r\n' }
  /** What arrived, byte for byte: it is no text, or none that would be the same after editing. */
  | { readonly kind: 'kept'; readonly length: number }
  /** Only its beginning was kept, so it cannot be sent. */
  | { readonly kind: 'lost'; readonly length: number };

/** The bytes to be sent, one character each; or why they cannot be. */
export type DraftBytes = { readonly head: string; readonly body: string } | { readonly unable: string };

const requestLine = /^(\S+) (.*) (HTTP\/\d\.\d)$/;

/** Undefined where no complete request head arrived. */
export function draftOf(detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'>): Draft | undefined {
  const { firstLine, fields } = readHead(detail.requestHead);
  const [, method, target, version] = requestLine.exec(firstLine) ?? [];
  if (method === undefined || target === undefined || version === undefined) return undefined;
  return {
    method,
    target,
    version,
    fields: fields.map(({ name, value }) => ({ name, value, on: true })),
    body: bodyOf(detail),
    framed: true,
  };
}

/** @param kept the data of the body that arrived, without the framing of chunks */
export function draftBytes(draft: Draft, kept: string): DraftBytes {
  const [unable] = draftErrors(draft);
  if (unable !== undefined) return { unable };
  const content = contentOf(draft.body, kept);
  const fields = sentFields(draft, content.length);
  const lines = [
    `${draft.method} ${draft.target} ${draft.version}`,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ];
  const head = `${lines.join('\r\n')}\r\n\r\n`;
  return { head, body: draft.framed && isChunked(fields) ? chunked(content) : content };
}

/** Why it cannot be sent as it stands in the form: another head would arrive than the one that shows. */
export function draftErrors({ method, target, version, fields, body }: Draft): string[] {
  const errors: string[] = [];
  const check = (what: string, text: string): void => {
    if (/[\r\n\0]/.test(text)) errors.push(`${what} has a line break or a NUL in it. Take it out.`);
    else if (/[^\0-\xff]/.test(text))
      errors.push(`${what} has “${/[^\0-\xff]/u.exec(text)?.[0] ?? ''}”, which is no byte. Percent-encode it.`);
  };
  check('The method', method);
  check('The target', target);
  check('The version', version);
  for (const { name, value } of fields.filter(({ on }) => on)) {
    check(`The name of ${name || 'a field'}`, name);
    check(`The value of ${name || 'a field without a name'}`, value);
  }
  if (body.kind === 'lost')
    errors.push(`Only the first ${body.length} bytes of the body were kept. Write another body.`);
  return errors;
}

/** What the server will not like, or may not read as it looks. Nothing of it hinders the sending: one may want to see it. */
export function draftWarnings(draft: Draft, kept: number): string[] {
  const { method, target, version, body, framed } = draft;
  const length = body.kind === 'text' ? contentOf(body, '').length : kept;
  const fields = sentFields(draft, length);
  const named = (wanted: string): DraftField[] => fields.filter(({ name }) => name.toLowerCase() === wanted);
  const warnings: string[] = [];
  if (!token.test(method)) warnings.push('The method is no token: the server will refuse the request (RFC 9110, 9.1).');
  if (target === '' || /[^\x21-\x7e\x80-\uffff]/.test(target)) {
    warnings.push('The target is empty or has a space in it: the server will refuse the request (RFC 9112, 3.2).');
  }
  const odd = fields.find(({ name }) => !token.test(name));
  if (odd) warnings.push(`“${odd.name}” is no name of a field: the server will refuse the request (RFC 9110, 5.1).`);
  if (version !== 'HTTP/1.0' && named('host').length !== 1) {
    warnings.push('There has to be one Host: the server will refuse the request (RFC 9112, 3.2).');
  }
  const [lengths, encodings] = [named('content-length'), named('transfer-encoding')];
  if (lengths.length > 0 && encodings.length > 0) {
    warnings.push(
      'Content-Length and Transfer-Encoding stand together: the server will refuse the request (RFC 9112, 6.1).',
    );
  } else if (encodings.length > 0) {
    if (!framed)
      warnings.push('The body goes as it stands here: write the framing of chunks yourself (RFC 9112, 7.1).');
  } else if (lengths.length === 0 && length > 0) {
    warnings.push('Without Content-Length the server takes the body for another request (RFC 9112, 6.3).');
  } else if (lengths.some(({ value }) => /^\d+$/.test(value) && Number(value) !== length)) {
    const more = Number(lengths[0]?.value) > length;
    warnings.push(
      `The body has ${length} bytes and Content-Length says ${lengths[0]?.value ?? ''}: the server will ${more ? 'wait for the rest' : 'take the rest for another request'}.`,
    );
  }
  return warnings;
}

/** The fields that go out, in order, with the length of the body where that is kept right. */
export function sentFields({ method, fields, framed }: Draft, length: number): DraftField[] {
  const sent = fields.filter(({ on }) => on);
  if (!framed || isChunked(sent)) return sent;
  const right = sent.map((field) => (isLength(field) ? { ...field, value: String(length) } : field));
  // One that is switched off stays away, too.
  if (fields.some(isLength) || (length === 0 && !['POST', 'PUT', 'PATCH'].includes(method))) return right;
  return [...right, { name: 'Content-Length', value: String(length), on: true }];
}

export function isLength({ name }: Pick<DraftField, 'name'>): boolean {
  return name.toLowerCase() === 'content-length';
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function isChunked(fields: readonly DraftField[]): boolean {
  return fields.some(
    ({ name, value }) => name.toLowerCase() === 'transfer-encoding' && /(?:^|[, \t])chunked[ \t]*$/i.test(value),
  );
}

/** A body as one chunk (RFC 9112 section 7.1). */
function chunked(content: string): string {
  return content === '' ? '0\r\n\r\n' : `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`;
}

function bodyOf(detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'>): DraftBody {
  const { content, cut } = requestBodyOf(detail);
  if (cut) return { kind: 'lost', length: content.length };
  const text = utf8Of(content);
  const [crlf, lf] = [content.match(/\r\n/g)?.length ?? 0, content.match(/\n/g)?.length ?? 0];
  const returns = content.match(/\r/g)?.length ?? 0;
  const even = returns === crlf && (crlf === 0 || crlf === lf);
  if (text === undefined || !even || /\p{Cc}/u.test(text.replace(/[\t\n\r]/g, ''))) {
    return { kind: 'kept', length: content.length };
  }
  return { kind: 'text', text: text.replaceAll('\r\n', '\n'), lineEnd: crlf > 0 ? '\r\n' : '\n' };
}

/** Bytes of the body that is to be sent, without the framing of chunks. */
export function bodyLength(body: DraftBody): number {
  if (body.kind === 'lost') return 0;
  return body.kind === 'kept' ? body.length : contentOf(body, '').length;
}

function contentOf(body: DraftBody, kept: string): string {
  return body.kind === 'text' ? utf8Bytes(body.text.replaceAll('\n', body.lineEnd)) : kept;
}

/** The bytes of a text in UTF-8, one character each; halves of characters become U+FFFD. */
function utf8Bytes(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(/%([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
