import type { Buffer } from 'node:buffer';
import type { ResponseHead } from '../core/http/responseHead';
import type { Finding, Problem } from '../core/trace/detail';
import { fromWorker, headFlags } from '../core/wsgi/frames';
import { FrameError } from './frameReader';

/**
 * What stands in the frames of an app worker. The app can write into the worker's pipe, by accident or not: nothing that
 * comes out of it may harm the server, so each frame is measured before it is read.
 */

/** Bytes that the payload of each kind has at least. */
const leastPayload: Readonly<Record<(typeof fromWorker)[keyof typeof fromWorker], number>> = {
  [fromWorker.ready]: 2,
  [fromWorker.failed]: 2,
  [fromWorker.clock]: 24,
  [fromWorker.started]: 9,
  [fromWorker.head]: 30,
  [fromWorker.chunk]: 9,
  [fromWorker.end]: 24,
  [fromWorker.reply]: 58,
  [fromWorker.raised]: 27,
  [fromWorker.readBody]: 4,
  [fromWorker.log]: 9,
  [fromWorker.aborted]: 8,
  [fromWorker.finding]: 10,
  [fromWorker.connects]: 2,
};
const least = new Float64Array(256).fill(Infinity);
for (const [type, bytes] of Object.entries(leastPayload)) least[Number(type)] = bytes;

/** @throws {FrameError} for a type that is none, and for a payload that is too short for its type */
export function assertPayload(type: number, length: number): void {
  if (!(length >= (least[type] ?? Infinity))) throw new FrameError(`of type ${type} and ${length} bytes`);
}

/**
 * The app's head, as it stands in a `head` or `reply` frame from `start` to `end`, without its times.
 *
 * @throws {FrameError}
 */
export function headIn(bytes: Buffer, start: number, end: number): ResponseHead {
  const flags = bytes.readUInt8(start + 1);
  const fieldsAt = start + 30 + bytes.readUInt16LE(start + 28);
  if (fieldsAt > end) throw new FrameError('of a head that is longer than the frame');
  return {
    status: bytes.readUInt16LE(start + 2),
    reason: bytes.toString('latin1', start + 30, fieldsAt),
    fields: bytes.toString('latin1', fieldsAt, end),
    contentLength: bytes.readDoubleLE(start + 20),
    hasDate: (flags & headFlags.date) !== 0,
    hasServer: (flags & headFlags.server) !== 0,
  };
}

/**
 * What failed in the app: the JSON of a `raised` or `failed` frame.
 *
 * @throws {FrameError}
 */
export function problemIn(bytes: Buffer, start: number, end: number): Problem {
  const fields = jsonIn(bytes, start, end);
  const { code, message, traceback } = fields;
  if (!areText(code, message, traceback)) throw new FrameError('of a problem that is none');
  return { ...(fields as Omit<Problem, 'fault'>), fault: 'app' };
}

/**
 * What a `finding` frame says, without its time.
 *
 * @throws {FrameError}
 */
export function findingIn(bytes: Buffer, start: number, end: number): Omit<Finding, 'at'> {
  const fields = jsonIn(bytes, start, end);
  const { level, code, message, reference } = fields;
  if (!areText(level, code, message, reference)) throw new FrameError('of a finding that is none');
  return fields as Omit<Finding, 'at'>;
}

/** How much processor time a call took, in ms; NaN where it is not known. */
export function processorTime(bytes: Buffer, at: number): number {
  const time = bytes.readDoubleLE(at);
  return time >= 0 && time < Infinity ? time : NaN;
}

/** What a worker says of itself: process id, Python's version, and what was found ("hello.py:application"). */
export interface WorkerIdentity {
  readonly pid: number;
  readonly python: string;
  readonly app: string;
}

/** @throws {FrameError} */
export function identityIn(bytes: Buffer, start: number, end: number): WorkerIdentity {
  const fields = jsonIn(bytes, start, end);
  const { pid, python, app } = fields;
  if (typeof pid !== 'number' || !areText(python, app)) throw new FrameError('of a worker that is none');
  return fields as unknown as WorkerIdentity;
}

function jsonIn(bytes: Buffer, start: number, end: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    throw new FrameError('whose text is no JSON');
  }
  if (typeof value !== 'object' || value === null) throw new FrameError('whose JSON is no object');
  return { ...value };
}

function areText(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
