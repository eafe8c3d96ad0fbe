import type { Random } from './random';

/** What requests are smuggled with, and what parsers trip over. */
const tokens = [
  ...['\r', '\n', '\r\n', '\r\n\r\n', '\n\n', '\0', ' ', '\t', ':', ';', ',', '0', '1', '+', '-', '0x', '\x80', '\xff'],
  ...['\x0b', '\x0c', '\x7f', '%00', '#', '?', '*', '"', '\\'],
  ...['Content-Length: 5\r\n', 'Content-Length: 0\r\n', 'Content-Length: +5\r\n', 'Content-Length: 5, 5\r\n'],
  ...[
    'Content-Length : 5\r\n',
    'Content-Length:\r\n',
    'Content-Length: 99999999999999999999\r\n',
    'content-length:1\n',
  ],
  ...['Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: identity\r\n', 'Transfer-Encoding: chunked, chunked\r\n'],
  ...['Transfer-Encoding:\tchunked \r\n', 'Transfer-Encoding\t: chunked\r\n', 'Transfer-Encoding: gzip, chunked\r\n'],
  ...['Transfer-Encoding: xchunked\r\n', ' Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: chunked;a=b\r\n'],
  ...['Host: a\r\n', 'Host:\r\n', 'Connection: close\r\n', 'Connection: keep-alive\r\n', 'Expect: 100-continue\r\n'],
  ...[
    '0\r\n\r\n',
    '1\r\na\r\n',
    '5\r\nhello\r\n0\r\n\r\n',
    'ffffffffffffffff\r\n',
    '5;a=b\r\nhello\r\n',
    '0\r\nA: b\r\n\r\n',
  ],
  ...['GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello'],
  ...['POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', ' HTTP/1.0\r\n', ' HTTP/1.1\r\n', 'HTTP/2.0'],
].map((text) => Buffer.from(text, 'latin1'));

type Mutation = (bytes: Buffer, random: Random, corpus: readonly Buffer[]) => Buffer;

const mutations: readonly Mutation[] = [
  function flipBit(bytes, random) {
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  function changeByte(bytes, random) {
    const copy = Buffer.from(bytes);
    copy[random.below(copy.length)] = random.below(256);
    return copy;
  },
  function insertToken(bytes, random) {
    return spliced(bytes, random.below(bytes.length + 1), 0, random.pick(tokens));
  },
  function insertLine(bytes, random) {
    return spliced(bytes, lineStart(bytes, random), 0, random.pick(tokens));
  },
  function overwriteWithToken(bytes, random) {
    const token = random.pick(tokens);
    return spliced(bytes, random.below(bytes.length + 1), token.length, token);
  },
  function spliceTwo(bytes, random, corpus) {
    const other = random.pick(corpus);
    return Buffer.concat([
      bytes.subarray(0, random.below(bytes.length + 1)),
      other.subarray(random.below(other.length)),
    ]);
  },
  function appendAnother(bytes, random, corpus) {
    return Buffer.concat([bytes, random.pick(corpus)]);
  },
  function duplicateLine(bytes, random) {
    const start = lineStart(bytes, random);
    const end = bytes.indexOf('\n', start) + 1 || bytes.length;
    return spliced(bytes, start, 0, bytes.subarray(start, end));
  },
  function repeatSlice(bytes, random) {
    const at = random.below(bytes.length);
    const slice = bytes.subarray(at, at + 1 + random.below(random.chance(80) ? 8 : 64));
    const times = random.chance(95) ? 1 + random.below(8) : 1 + random.below(Math.ceil(80_000 / slice.length));
    return spliced(bytes, at, 0, Buffer.concat(Array.from({ length: times }, () => slice)));
  },
  function truncate(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length + 1));
  },
  function removeSlice(bytes, random) {
    return spliced(bytes, random.below(bytes.length), 1 + random.below(random.chance(80) ? 3 : 64), Buffer.alloc(0));
  },
  function changeNumber(bytes, random) {
    const digits = [...bytes.toString('latin1').matchAll(/[0-9]+/g)];
    if (digits.length === 0) return bytes;
    const { 0: text, index } = random.pick(digits);
    const number = random.pick(['0', '1', String(Number(text) + 1), String(Math.max(0, Number(text) - 1)), `0${text}`]);
    return spliced(bytes, index, text.length, Buffer.from(number));
  },
];

/** Some bytes of the corpus after one to six mutations; seldom longer than 100,000 bytes. */
export function mutated(corpus: readonly Buffer[], random: Random): Buffer {
  let bytes = random.pick(corpus);
  for (let left = 1 + random.below(random.chance(80) ? 3 : 6); left > 0; left--) {
    if (bytes.length === 0 || bytes.length > 100_000) break;
    bytes = random.pick(mutations)(bytes, random, corpus);
  }
  return bytes;
}

function spliced(bytes: Buffer, at: number, removed: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
}

/** Where one of the lines begins. */
function lineStart(bytes: Buffer, random: Random): number {
  return bytes.indexOf('\n', random.below(bytes.length)) + 1;
}
