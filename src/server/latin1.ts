import { Buffer } from 'node:buffer';
import type { Latin1Decoder } from '../core/http/input';

/** Node's own decoder: several times as fast as what the core could do by itself. */
export const latin1: Latin1Decoder = (bytes, start, end) => {
  const buffer = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString('latin1', start, end);
};
