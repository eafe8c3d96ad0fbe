import { Buffer } from 'node:buffer';
import type { ExchangeDetail, LogLine, Mark, MarkName, Problem } from '../core/trace/detail';
import type { MemoryBlock } from './memoryBlock';

/**
 * What is kept of an exchange for whoever looks closer. It packs itself into a block of memory when nothing changes any
 * more: its id, the lengths of both heads, of the marks and of the rest as numbers, then three numbers a mark, then both
 * heads in latin-1, and logs and problem as JSON.
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

  /** The room that `write` needs, in units of 8 bytes. */
  get size(): number {
    const text = this.requestHead.length + this.responseHead.length + Buffer.byteLength(this.#rest());
    return prefix + this.#marks.length + Math.ceil(text / 8);
  }

  /** Packs itself into a block, from `at` on, in units of 8 bytes; returns where it ends. */
  write({ numbers, bytes }: MemoryBlock, at: number): number {
    const rest = this.#rest();
    numbers[at] = this.#exchange;
    numbers[at + 1] = this.requestHead.length;
    numbers[at + 2] = this.responseHead.length;
    numbers[at + 3] = this.#marks.length;
    numbers[at + 4] = Buffer.byteLength(rest);
    let end = at + prefix;
    for (const number of this.#marks) numbers[end++] = number;
    let byte = 8 * end;
    byte += bytes.write(this.requestHead, byte, 'latin1');
    byte += bytes.write(this.responseHead, byte, 'latin1');
    if (rest !== '') byte += bytes.write(rest, byte);
    return Math.ceil(byte / 8);
  }

  /** What stands in a block at `at`; undefined where that is of another exchange. */
  static read({ numbers, bytes }: MemoryBlock, at: number, exchange: number): ExchangeDetail | undefined {
    const [id, request = 0, response = 0, marks = 0, rest = 0] = numbers.subarray(at, at + prefix);
    if (id !== exchange) return undefined;
    const cold = new ColdData(exchange);
    const text = at + prefix + marks;
    cold.#marks.push(...numbers.subarray(at + prefix, text));
    let byte = 8 * text;
    cold.requestHead = bytes.toString('latin1', byte, (byte += request));
    cold.responseHead = bytes.toString('latin1', byte, (byte += response));
    if (rest > 0) {
      const parsed = JSON.parse(bytes.toString('utf8', byte, byte + rest)) as { logs: LogLine[]; problem?: Problem };
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

  /** Logs and problem, as most exchanges have none of them: then it is empty. */
  #rest(): string {
    if (this.#logs.length === 0 && this.problem === undefined) return '';
    return JSON.stringify({ logs: this.#logs, problem: this.problem });
  }
}

const prefix = 5;

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
