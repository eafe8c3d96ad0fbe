import { Buffer } from 'node:buffer';
import type { ExchangeDetail, LogLine, Mark, MarkName, Problem } from '../core/trace/detail';

/**
 * What is kept of an exchange for whoever looks closer. It packs itself into bytes when nothing changes any more: four
 * u32 (exchange, lengths of both heads, number of marks) and the u32 length of the rest, then the heads in latin-1,
 * the marks as three float64 each, and logs and problem as JSON.
 */
export class ColdData {
  requestHead = '';
  responseHead = '';
  problem: Problem | undefined;
  readonly #exchange: number;
  /** Three numbers a mark: position of its name, when, size or NaN. */
  readonly #marks: number[] = [];
  readonly #logs: LogLine[] = [];

  constructor(exchange: number) {
    this.#exchange = exchange;
  }

  mark(name: MarkName, at: number, size = NaN): void {
    if (this.#marks.length < 3 * mostMarks) this.#marks.push(markNames.indexOf(name), at, size);
  }

  log(line: LogLine): void {
    if (this.#logs.length < mostLogLines) this.#logs.push(line);
  }

  /** The most bytes that `write` needs. */
  get size(): number {
    const fixed = prefix + this.requestHead.length + this.responseHead.length + 8 * this.#marks.length;
    return this.#plain ? fixed : fixed + Buffer.byteLength(this.#rest());
  }

  /** Packs itself into `bytes` at `at`; returns where it ends. */
  write(bytes: Buffer, at: number): number {
    const rest = this.#plain ? '' : this.#rest();
    bytes.writeUInt32LE(this.#exchange, at);
    bytes.writeUInt32LE(this.requestHead.length, at + 4);
    bytes.writeUInt32LE(this.responseHead.length, at + 8);
    bytes.writeUInt32LE(this.#marks.length, at + 12);
    bytes.writeUInt32LE(Buffer.byteLength(rest), at + 16);
    let end = at + prefix;
    end += bytes.write(this.requestHead + this.responseHead, end, 'latin1');
    for (const number of this.#marks) end = bytes.writeDoubleLE(number, end);
    return rest === '' ? end : end + bytes.write(rest, end);
  }

  /** What stands in `bytes` at `at`; undefined where that is of another exchange. */
  static read(bytes: Buffer, at: number, exchange: number): ExchangeDetail | undefined {
    if (bytes.readUInt32LE(at) !== exchange) return undefined;
    const cold = new ColdData(exchange);
    const [request, response, marks, rest] = [4, 8, 12, 16].map((offset) => bytes.readUInt32LE(at + offset)) as Lengths;
    let end = at + prefix;
    cold.requestHead = bytes.toString('latin1', end, (end += request));
    cold.responseHead = bytes.toString('latin1', end, (end += response));
    for (let index = 0; index < marks; index++, end += 8) cold.#marks.push(bytes.readDoubleLE(end));
    if (rest > 0) {
      const parsed = JSON.parse(bytes.toString('utf8', end, end + rest)) as { logs: LogLine[]; problem?: Problem };
      cold.#logs.push(...parsed.logs);
      cold.problem = parsed.problem;
    }
    return cold.detail;
  }

  get detail(): ExchangeDetail {
    const marks: Mark[] = [];
    for (let index = 0; index < this.#marks.length; index += 3) {
      const [name = 0, at = NaN, size = NaN] = this.#marks.slice(index, index + 3);
      const sized = Number.isNaN(size) ? {} : { size };
      marks.push({ name: markNames[name] ?? 'recv', at, ...sized, provenance: 'measured' });
    }
    return {
      exchange: this.#exchange,
      requestHead: this.requestHead,
      responseHead: this.responseHead,
      marks,
      logs: [...this.#logs],
      ...(this.problem && { problem: this.problem }),
    };
  }

  get #plain(): boolean {
    return this.#logs.length === 0 && this.problem === undefined;
  }

  #rest(): string {
    return JSON.stringify({ logs: this.#logs, problem: this.problem });
  }
}

type Lengths = [request: number, response: number, marks: number, rest: number];

const prefix = 20;

const markNames: readonly MarkName[] = [
  'recv',
  'start_response',
  'yield',
  'write()',
  'close()',
  'stall',
  'drain',
  '100 Continue',
];
const mostMarks = 500;
const mostLogLines = 1000;
