import * as grammar from './grammar';
import { refusal } from './httpError';

/** How the end of a request body is found. */
export type BodyFraming =
  { readonly kind: 'none' } | { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' };

/**
 * Decides the framing of a request body, step by step as RFC 9112 section 6.3 does. Where the RFC lets a server choose
 * between guessing and refusing, this one refuses: a guess is how requests are smuggled.
 *
 * @throws {HttpError} 400, or 501 for a transfer coding that is not known
 */
export function bodyFraming(version: '1.0' | '1.1', names: readonly string[], values: readonly string[]): BodyFraming {
  let length: string | undefined;
  let coding: string | undefined;
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    const value = values[index] ?? '';
    if (name === 'content-length') {
      // Step 5: several fields, or a list, are refused even where all their values agree.
      if (length !== undefined) {
        throw refusal(400, 'duplicate-content-length', 'There is more than one Content-Length field (RFC 9112, 6.3).');
      }
      length = value;
    } else if (name === 'transfer-encoding') {
      coding = coding === undefined ? value : `${coding},${value}`;
    }
  }
  if (coding !== undefined) {
    // Steps 3 and 4. A 1.0 client does not know transfer codings (RFC 9112, 6.1).
    if (version === '1.0') {
      throw refusal(400, 'transfer-encoding-in-1.0', 'HTTP/1.0 has no Transfer-Encoding (RFC 9112, 6.1).');
    }
    if (length !== undefined) {
      throw refusal(
        400,
        'length-and-coding',
        'Content-Length and Transfer-Encoding exclude each other (RFC 9112, 6.1).',
      );
    }
    if (coding.toLowerCase() === 'chunked') return { kind: 'chunked' };
    const codings = grammar.listElements(coding);
    if (codings.filter((each) => each === 'chunked').length > 1 || codings.at(-1) !== 'chunked') {
      throw refusal(400, 'bad-transfer-encoding', 'The last transfer coding must be chunked, once (RFC 9112, 6.3).');
    }
    throw refusal(501, 'coding-not-supported', `The transfer coding “${coding}” is not supported, only chunked.`);
  }
  // Step 7: a request without either field has no body.
  if (length === undefined) return { kind: 'none' };
  // Steps 5 and 6.
  if (!grammar.contentLength.test(length)) {
    throw refusal(400, 'bad-content-length', 'The value of Content-Length is not a number (RFC 9110, 8.6).');
  }
  const bytes = Number(length);
  if (!Number.isSafeInteger(bytes)) throw refusal(413, 'body-too-large', 'The request body is too large.');
  return bytes === 0 ? { kind: 'none' } : { kind: 'length', length: bytes };
}

/** How the end of a response body is marked. */
export type ResponseFraming = 'none' | 'length' | 'chunked' | 'close';

/** RFC 9112 section 6.3 again, from the sender's side. */
export function responseFraming(
  method: string,
  version: '1.0' | '1.1',
  status: number,
  hasLength: boolean,
): ResponseFraming {
  // Steps 1 and 2: these have no body, whatever their fields say.
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return 'none';
  if (hasLength) return 'length';
  return version === '1.1' ? 'chunked' : 'close';
}
