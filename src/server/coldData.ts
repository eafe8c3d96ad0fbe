import type { ExchangeDetail, LogLine, Mark, MarkName, Problem } from '../core/trace/detail';

/** What is kept of an exchange for whoever looks closer. Marks are packed as numbers: most are never looked at. */
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

  /** What it occupies, roughly, in bytes: V8 keeps latin-1 text in a byte a character. */
  get size(): number {
    let size = 300 + this.requestHead.length + this.responseHead.length + 8 * this.#marks.length;
    for (const line of this.#logs) size += 64 + 2 * line.text.length;
    if (this.problem) size += 200 + 2 * (this.problem.traceback?.length ?? 0);
    return size;
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
}

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
