import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { WireBytes } from '../../src/core/trace/detail';
import type { MessageBody } from '../../src/core/trace/messages';
import { messageBody } from '../../src/vscode/contentDecoding';

const plain = Buffer.from('{"a": "ünï"} '.repeat(500));
const whole = (bytes: Uint8Array): WireBytes => ({
  bytes: new Uint8Array(bytes),
  truncated: false,
  size: bytes.length,
});

function decoded(coding: string, bytes: Uint8Array): Promise<MessageBody> {
  return messageBody(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}`, whole(bytes));
}

describe('The content of a message', () => {
  it('has its content codings undone', async () => {
    const cases: [string, Uint8Array][] = [
      ['gzip', gzipSync(plain)],
      ['br', brotliCompressSync(plain)],
      ['deflate', deflateSync(plain)],
      ['Deflate', deflateRawSync(plain)],
      ['br, gzip', gzipSync(brotliCompressSync(plain))],
      ['identity', plain],
    ];
    for (const [coding, bytes] of cases) {
      const body = await decoded(coding, bytes);
      assert.deepEqual(Buffer.from(body.bytes), plain, coding);
      const { truncated, size, decoded: undone, undecodable } = body;
      const name = coding === 'identity' ? '' : coding.toLowerCase();
      assert.deepEqual([truncated, size, undone, undecodable], [false, bytes.length, name, undefined]);
    }
  });

  it('is decoded as far as it is there', async () => {
    const text = randomBytes(20_000).toString('hex');
    for (const [coding, bytes] of [
      ['gzip', gzipSync(text)],
      ['br', brotliCompressSync(text)],
      ['deflate', deflateSync(text)],
    ] as const) {
      const half = whole(bytes.subarray(0, Math.floor(bytes.length / 2)));
      const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${bytes.length}`;
      const body = await messageBody(head, { ...half, truncated: true, size: bytes.length });
      assert.deepEqual([body.truncated, body.size, body.decoded], [true, bytes.length, coding]);
      const found = Buffer.from(body.bytes).toString();
      assert.ok(found.length > 10_000 && text.startsWith(found), `${coding}: ${found.length} characters`);
    }
  });

  it('does not burst from a few bytes', async () => {
    const bomb = gzipSync(new Uint8Array(200 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    const body = await decoded('gzip', bomb);
    assert.deepEqual([body.bytes.length, body.truncated], [1024 * 1024, true]);
    assert.ok(process.memoryUsage().rss - before < 60e6);
  });

  it('stays as it was sent where it cannot be decoded, and says why', async () => {
    const cases: [string, RegExp][] = [
      ['gzip', /not what its Content-Encoding says \(gzip\): /],
      ['zstd', /“zstd” is not decoded here/],
      ['gzip, gzip, gzip, gzip', /So many/],
    ];
    for (const [coding, why] of cases) {
      const body = await decoded(coding, plain);
      assert.match(body.undecodable ?? '', why);
      assert.deepEqual(Buffer.from(body.bytes), plain);
      assert.equal(body.decoded, '');
    }
  });
});
