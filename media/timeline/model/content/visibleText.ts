/**
 * Text from somewhere else, as it can be shown. What cannot be seen, or changes how the rest is read, becomes a mark, written
 * as Python writes it: controls (ANSI codes begin with one), what turns the direction of writing around, and bytes that
 * are no text.
 */
export type Piece = string | Mark;

export interface Mark {
  /** "\x1b", "\u202e", "\xff"; several of one meaning in a row are one mark. */
  readonly shown: string;
  /** What it is, in words. */
  readonly meaning: string;
}

/** Joiners stay: scripts and emoji are made with them. So do tabs and line ends. */
const unseen = /(?![\t\n\u200c\u200d]|\r\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/gu;
const direction = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Beyond this, marks are text among the text: their number costs, and what is mostly marks is not read but scrolled past. */
const mostMarks = 2000;

export function visible(text: string): Piece[] {
  const pieces = new Pieces();
  addVisible(pieces, text);
  return pieces.list;
}

/** The same as one text, for names and titles, where no mark can stand. */
export function visibleText(text: string): string {
  return text.replace(unseen, escaped);
}

/**
 * Bytes as what they say in a charset. In UTF-8, each byte that says nothing is a mark.
 *
 * @param charset a label of the Encoding Standard; one that nobody knows counts as UTF-8
 * @param cut the bytes are only the beginning of all: a character may end in the middle
 */
export function visibleBytes(bytes: Uint8Array, charset = 'utf-8', cut = false): Piece[] {
  const decoder = decoderOf(charset);
  const pieces = new Pieces();
  if (decoder.encoding !== 'utf-8') {
    addVisible(pieces, decoder.decode(bytes, { stream: cut }));
    return pieces.list;
  }
  for (let at = 0; at < bytes.length;) {
    const end = validUntil(bytes, at);
    if (end > at) addVisible(pieces, decoder.decode(bytes.subarray(at, end)));
    if (end >= bytes.length || (cut && isBegun(bytes, end))) break;
    pieces.mark(`\\x${hex(bytes[end] ?? 0, 2)}`, 'no valid UTF-8');
    at = end + 1;
  }
  return pieces.list;
}

/** Pieces as one text. */
export function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.shown)).join('');
}

/** Whether bytes are text that somebody would read: UTF-8 without controls but those that part lines and columns. */
export function looksLikeText(bytes: Uint8Array, cut: boolean): boolean {
  return visibleBytes(bytes, 'utf-8', cut).every(
    (piece) => typeof piece === 'string' || !/^control|valid/.test(piece.meaning),
  );
}

/** Whether a charset can be read here. */
export function isKnownCharset(charset: string): boolean {
  try {
    new TextDecoder(charset);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function decoderOf(charset: string): TextDecoder {
  return new TextDecoder(isKnownCharset(charset) ? charset : 'utf-8', { ignoreBOM: true });
}

/** Puts pieces in a row: neighbours that are alike become one. */
class Pieces {
  readonly list: Piece[] = [];
  #marks = 0;

  text(text: string): void {
    const last = this.list.at(-1);
    if (typeof last === 'string') this.list[this.list.length - 1] = last + text;
    else if (text !== '') this.list.push(text);
  }

  mark(shown: string, meaning: string): void {
    const last = this.list.at(-1);
    if (typeof last === 'object' && last.meaning === meaning) {
      this.list[this.list.length - 1] = { shown: last.shown + shown, meaning };
    } else if (this.#marks < mostMarks) {
      this.#marks++;
      this.list.push({ shown, meaning });
    } else {
      this.text(shown);
    }
  }
}

function addVisible(pieces: Pieces, text: string): void {
  let from = 0;
  for (const { 0: found, index } of text.matchAll(unseen)) {
    pieces.text(text.slice(from, index));
    pieces.mark(escaped(found), meaningOf(found));
    from = index + found.length;
  }
  pieces.text(text.slice(from));
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function meaningOf(character: string): string {
  if (character === '\ufffd') return 'replacement character: bytes that are no text in this charset';
  if (direction.test(character)) return 'changes the direction of writing';
  return /\p{Cc}/u.test(character) ? 'control character' : 'cannot be seen';
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Lowest and highest second byte after a first one: what is too long, a surrogate or beyond Unicode is excluded here. */
function secondByte(first: number): readonly [from: number, to: number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}

/** Bytes of the character that begins so (RFC 3629 section 4); 0 where none does. */
function lengthAfter(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** How many bytes from `at` on are of one character, as far as they are there and right. */
function goodBytes(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = lengthAfter(first);
  let good = Math.min(1, length);
  while (good > 0 && good < length) {
    const byte = bytes[at + good] ?? 0;
    const [from, to] = good === 1 ? secondByte(first) : ([0x80, 0xbf] as const);
    if (byte < from || byte > to) break;
    good++;
  }
  return good;
}

function validUntil(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = lengthAfter(bytes[at] ?? 0);
    if (length === 0 || goodBytes(bytes, at) < length) break;
    at += length;
  }
  return at;
}

/** The bytes end within a character that is right so far. */
function isBegun(bytes: Uint8Array, at: number): boolean {
  const length = lengthAfter(bytes[at] ?? 0);
  return length > bytes.length - at && goodBytes(bytes, at) === bytes.length - at;
}
