import { bytesOf } from './bytes';

/** A name and its value, as bytes: what they say in UTF-8, and where they say nothing, is up to who shows them. */
export interface Pair {
  readonly name: Uint8Array;
  readonly value: Uint8Array;
}

/**
 * Reads application/x-www-form-urlencoded as the URL Standard does, section 5.1, and Python's `parse_qsl` with blank values.
 *
 * @param text one character a byte, as it stood on the wire
 */
export function urlencodedPairs(text: string): Pair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return { name: decoded(name), value: decoded(value) };
    });
}

/** The pairs of a request target (RFC 9112 section 3.2), which carries no fragment. */
export function queryPairs(target: string): Pair[] {
  const start = target.indexOf('?');
  return start < 0 ? [] : urlencodedPairs(target.slice(start + 1));
}

/** A percent sign that two digits do not follow stands for itself. */
function decoded(text: string): Uint8Array {
  return bytesOf(
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
  );
}
