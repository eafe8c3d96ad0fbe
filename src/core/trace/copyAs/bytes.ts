/** Bytes as text and text as bytes, without the platform: a string of bytes has one character each, U+0000 to U+00FF. */

export function latin1Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return pieces.join('');
}

/** What bytes say in UTF-8; undefined where they are none. */
export function utf8Of(bytes: string): string | undefined {
  if (!/[^\0-\x7f]/.test(bytes)) return bytes;
  const escaped = bytes.replace(/[^]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/**
 * Text that can be pasted into a terminal or read in an editor as what it is: no control character, which the line editor
 * would obey in spite of any quotes (the end of a bracketed paste is one), and nothing unseen that turns text around.
 * Line feeds are told apart by who asks.
 */
export function isPlain(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 section 4. */
export function base64Of(bytes: string): string {
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = NaN, third = NaN] = [at, at + 1, at + 2].map((index) => bytes.charCodeAt(index));
    const group = (first << 16) | (second << 8) | third;
    const digit = (shift: number): string => digits[(group >> shift) & 63] ?? '';
    encoded += digit(18) + digit(12);
    encoded += Number.isNaN(second) ? '=' : digit(6);
    encoded += Number.isNaN(third) ? '=' : digit(0);
  }
  return encoded;
}
