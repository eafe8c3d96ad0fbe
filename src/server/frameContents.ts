import type { Buffer } from 'node:buffer';
import type { ResponseHead } from '../core/http/responseHead';
import type { Finding, Problem } from '../core/trace/detail';
import { headFlags } from '../core/wsgi/frames';

/** The app's head, as it stands in a `head` or `reply` frame from `start` to `end`, without its times. */
export function headIn(bytes: Buffer, start: number, end: number): ResponseHead {
  const flags = bytes.readUInt8(start + 1);
  const fieldsAt = start + 30 + bytes.readUInt16LE(start + 28);
  return {
    status: bytes.readUInt16LE(start + 2),
    reason: bytes.toString('latin1', start + 30, fieldsAt),
    fields: bytes.toString('latin1', fieldsAt, end),
    contentLength: bytes.readDoubleLE(start + 20),
    hasDate: (flags & headFlags.date) !== 0,
    hasServer: (flags & headFlags.server) !== 0,
  };
}

/** What failed in the app: the JSON of a `raised` or `failed` frame. */
export function problemIn(bytes: Buffer, start: number, end: number): Problem {
  return { fault: 'app', ...(JSON.parse(bytes.toString('utf8', start, end)) as Omit<Problem, 'fault'>) };
}

/** What a `finding` frame says, without its time. */
export function findingIn(bytes: Buffer, start: number, end: number): Omit<Finding, 'at'> {
  return JSON.parse(bytes.toString('utf8', start, end)) as Omit<Finding, 'at'>;
}
