/** The bytes of a text that has one character for each, U+0000 to U+00FF. */
export function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}
