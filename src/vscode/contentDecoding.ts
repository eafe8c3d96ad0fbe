import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Transform } from 'node:stream';
import { contentOf, fieldOf } from '../core/trace/content';
import type { WireBytes } from '../core/trace/detail';
import type { MessageBody } from '../core/trace/messages';

/**
 * The content of a message as somebody wants to read it: without the framing of chunks, its content codings undone
 * (RFC 9110 section 8.4). What was sent may be only partly there, damaged, or a few bytes that become gigabytes: so what
 * can be decoded is decoded up to a limit, and what cannot stays as it is, with a sentence that says why.
 */
export async function messageBody(head: string, body: WireBytes | undefined): Promise<MessageBody> {
  const { bytes, cut, ...sizes } = contentOf(head, body);
  const codings = (fieldOf(head, 'content-encoding') ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '' && each !== 'identity');
  const told = { truncated: cut, kept: bytes.length, ...sizes };
  const whole = { ...told, bytes, decoded: '' };
  if (codings.length === 0 || bytes.length === 0) return whole;
  const unknown = codings.find((coding) => !(coding in decoders));
  if (unknown !== undefined) return { ...whole, undecodable: `The content coding “${unknown}” is not decoded here.` };
  if (codings.length > mostCodings) return { ...whole, undecodable: 'So many content codings are not decoded here.' };
  let plain = bytes;
  let over = false;
  for (const coding of codings.reverse()) {
    const result = await decoded(plain, decoders[coding]?.(plain));
    if (result.bytes.length === 0 && result.problem !== undefined) {
      return { ...whole, undecodable: `It is not what its Content-Encoding says (${coding}): ${result.problem}.` };
    }
    plain = result.bytes;
    over ||= result.problem !== undefined || result.tooLarge;
  }
  return { ...told, bytes: plain, truncated: cut || over, decoded: codings.reverse().join(', ') };
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly tooLarge: boolean;
  /** What came in the way, where something did. */
  readonly problem?: string;
}

/** Takes what comes out until the end, an error or the limit. */
async function decoded(bytes: Uint8Array, decoder: Transform | undefined): Promise<Decoded> {
  if (!decoder) return { bytes, tooLarge: false };
  const pieces: Uint8Array[] = [];
  let length = 0;
  let problem: string | undefined;
  decoder.end(bytes);
  try {
    for await (const piece of decoder as AsyncIterable<Uint8Array>) {
      pieces.push(piece);
      length += piece.length;
      if (length > mostDecoded) break;
    }
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const all = new Uint8Array(Math.min(length, mostDecoded));
  let at = 0;
  for (const piece of pieces) {
    const kept = piece.subarray(0, mostDecoded - at);
    all.set(kept, at);
    at += kept.length;
  }
  return { bytes: all, tooLarge: length > mostDecoded, ...(problem === undefined ? {} : { problem }) };
}

// A body that was cut short ends in the middle: what came out until there counts.
const partial = { finishFlush: constants.Z_SYNC_FLUSH };

/** RFC 9110 section 8.4.1 and RFC 7932. */
const decoders: Readonly<Record<string, (bytes: Uint8Array) => Transform>> = {
  gzip: () => createGunzip(partial),
  'x-gzip': () => createGunzip(partial),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  // "deflate" is the zlib format (RFC 1950); some send what is inside of it (RFC 1951).
  deflate: ([first = 0, second = 0]) =>
    (first & 15) === 8 && (first * 256 + second) % 31 === 0 ? createInflate(partial) : createInflateRaw(partial),
};

const mostCodings = 3;
/** What is shown of a body, decoded: 16 times as much as is kept of it. */
const mostDecoded = 1024 * 1024;
