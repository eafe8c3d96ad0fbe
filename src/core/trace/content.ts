import type { WireBytes } from './detail';
import { readHead } from './heads';

/** The content of a message: its body without the framing of chunks, content codings still applied. */
export interface Content {
  readonly bytes: Uint8Array;
  /** There was more of it, or was to be. */
  readonly cut: boolean;
  /** Bytes of content that there were; framing may be among them where not all are kept. */
  readonly size: number;
  /** Bytes that there should be, by Content-Length. */
  readonly announced?: number;
}

/** @param head as received or sent, sound: it says how the body is framed */
export function contentOf(head: string, body: WireBytes | undefined): Content {
  const wire = body?.bytes ?? none;
  const length = fieldOf(head, 'content-length');
  const chunked = fieldOf(head, 'transfer-encoding') !== undefined;
  const { bytes, whole } = chunked ? unchunked(wire) : { bytes: wire, whole: wire.length >= Number(length ?? 0) };
  const size = body && body.size > wire.length ? body.size : bytes.length;
  const announced = length === undefined || chunked ? {} : { announced: Number(length) };
  return { bytes, cut: !whole || body?.truncated === true, size, ...announced };
}

/** The value of a field; of several, the first. */
export function fieldOf(head: string, wanted: string): string | undefined {
  return readHead(head).fields.find(({ name }) => name.toLowerCase() === wanted)?.value;
}

/** The data of a body that came in chunks (RFC 9112 section 7.1), as far as it is there. */
function unchunked(wire: Uint8Array): { bytes: Uint8Array; whole: boolean } {
  const pieces: Uint8Array[] = [];
  for (let at = 0; ;) {
    const line = sizeLine(wire, at);
    if (!line) return { bytes: joined(pieces), whole: false };
    if (line.size === 0) return { bytes: joined(pieces), whole: true };
    pieces.push(wire.subarray(line.end, line.end + line.size));
    at = line.end + line.size + 2;
    if (at > wire.length) return { bytes: joined(pieces), whole: false };
  }
}

/** The size that a chunk begins with, and where its data begin; undefined where the line is none, or not whole. */
function sizeLine(wire: Uint8Array, from: number): { size: number; end: number } | undefined {
  const feed = wire.indexOf(lineFeed, from);
  if (feed <= from || wire[feed - 1] !== carriageReturn) return undefined;
  const text = String.fromCharCode(...wire.subarray(from, Math.min(feed, from + longestSize)));
  const size = Number.parseInt(/^[0-9A-Fa-f]+/.exec(text)?.[0] ?? '', 16);
  return Number.isNaN(size) ? undefined : { size, end: feed + 1 };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const none = new Uint8Array(0);
const lineFeed = 10;
const carriageReturn = 13;
/** Digits beyond these do not change what is there. */
const longestSize = 32;
