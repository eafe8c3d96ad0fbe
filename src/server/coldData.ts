import { Buffer } from 'node:buffer';
import type { ExchangeDetail, Finding, LogLine, Mark, MarkName, Problem, WireBytes } from '../core/trace/detail';
import { KeptBody } from './keptBody';
import type { MemoryBlock } from './memoryBlock';

/**
 * What is kept of an exchange for whoever looks closer. It packs itself into a block of memory when nothing changes any
 * more: its id, the lengths of both heads, of the marks, of the rest and of the request's body as numbers, how much of that
 * there was and whether it came to its end; then three numbers a mark, both heads in latin-1, the body, and what most
 * exchanges have none of as JSON. The body of the response is kept elsewhere: see `DetailStore`.
 */
export class ColdData {
  requestHead = '';
  responseHead = '';
  /** What arrived of a head that was refused, or never became complete, in latin-1. */
  brokenHead = '';
  problem: Problem | undefined;
  #body: KeptBody | undefined;
  #responseBody: KeptBody | undefined;
  readonly #exchange: number;
  /** Three numbers a mark: position of its name, when, size or NaN. What finds no room here stands in the list. */
  readonly #room: Float64Array;
  readonly #moreMarks: number[] = [];
  /** Numbers that stand in the room. */
  #inRoom = 0;
  readonly #logs: LogLine[] = [];
  readonly #findings: Finding[] = [];
  #logCharacters = 0;

  /** @param room for the first marks; it is the exchange's own as long as anything may be written or read here */
  constructor(exchange: number, room: Float64Array) {
    this.#exchange = exchange;
    this.#room = room;
  }

  mark(name: MarkName, at: number, size = NaN): void {
    const position = markNames.indexOf(name);
    const free = this.#inRoom;
    if (free + 3 <= this.#room.length) {
      this.#room[free] = position;
      this.#room[free + 1] = at;
      this.#room[free + 2] = size;
      this.#inRoom += 3;
    } else if (free + this.#moreMarks.length < 3 * mostMarks) this.#moreMarks.push(position, at, size);
  }

  /** @param last the body of the request is complete */
  bodyBytes(bytes: Uint8Array, last: boolean): void {
    this.#body ??= new KeptBody();
    this.#body.add(bytes);
    if (last) this.#body.end();
  }

  /** A block of the response's body with its framing, as they go out. */
  sent(before: string, block: Uint8Array, after: string): void {
    if (block.length === 0) return; // then it has no framing either
    this.#responseBody ??= new KeptBody();
    this.#responseBody.add(before);
    this.#responseBody.add(block);
    this.#responseBody.add(after);
  }

  /** The response is complete, with what ends its body. */
  sentAll(ending: string): void {
    if (ending !== '') (this.#responseBody ??= new KeptBody()).add(ending);
    this.#responseBody?.end();
  }

  /** As far as it was sent. */
  get responseBody(): WireBytes | undefined {
    return this.#responseBody?.copy();
  }

  /** Hands over what was sent. */
  takeResponseBody(): KeptBody | undefined {
    const body = this.#responseBody;
    this.#responseBody = undefined;
    return body;
  }

  /** Keeps the first lines, and says so where it keeps no more. */
  log(line: LogLine): void {
    if (this.#logs.length === mostLogLines || this.#logCharacters > mostLogCharacters) return;
    this.#logCharacters += line.text.length;
    const full = this.#logs.length === mostLogLines - 1 || this.#logCharacters > mostLogCharacters;
    this.#logs.push(full ? { ...line, text: logsEnd } : line);
  }

  find(finding: Finding): void {
    if (this.#findings.length < mostFindings) this.#findings.push(finding);
  }

  /** The room that `write` needs, in units of 8 bytes. */
  get size(): number {
    const body = this.#body?.length ?? 0;
    const bytes = this.requestHead.length + this.responseHead.length + body + bytesOf(this.#rest());
    return prefix + this.#inRoom + this.#moreMarks.length + Math.ceil(bytes / 8);
  }

  /** Packs itself into a block, from `at` on, in units of 8 bytes. */
  write({ numbers, bytes }: MemoryBlock, at: number): void {
    const rest = this.#rest();
    numbers[at] = this.#exchange;
    numbers[at + 1] = this.requestHead.length;
    numbers[at + 2] = this.responseHead.length;
    numbers[at + 3] = this.#inRoom + this.#moreMarks.length;
    numbers[at + 4] = bytesOf(rest);
    numbers[at + 5] = this.#body?.length ?? noBody;
    numbers[at + 6] = this.#body?.size ?? 0;
    numbers[at + 7] = this.#body?.complete === true ? 1 : 0;
    let end = at + prefix;
    for (let index = 0; index < this.#inRoom; index++) numbers[end++] = this.#room[index] ?? NaN;
    for (const number of this.#moreMarks) numbers[end++] = number;
    let byte = 8 * end;
    byte += bytes.write(this.requestHead, byte, 'latin1');
    byte += bytes.write(this.responseHead, byte, 'latin1');
    if (this.#body) byte += this.#body.write(bytes, byte);
    if (rest !== '') bytes.write(rest, byte);
  }

  /** What stands in a block at `at`; undefined where that is of another exchange. */
  static read({ numbers, bytes }: MemoryBlock, at: number, exchange: number): ExchangeDetail | undefined {
    const [id, request = 0, response = 0, marks = 0, rest = 0, body = noBody, size = 0, complete] = numbers.subarray(
      at,
      at + prefix,
    );
    if (id !== exchange) return undefined;
    const text = at + prefix + marks;
    const cold = new ColdData(exchange, numbers.subarray(at + prefix, text));
    cold.#inRoom = marks;
    let byte = 8 * text;
    cold.requestHead = bytes.toString('latin1', byte, (byte += request));
    cold.responseHead = bytes.toString('latin1', byte, (byte += response));
    if (body !== noBody) cold.#body = KeptBody.of(bytes.subarray(byte, (byte += body)), size, complete === 1);
    if (rest > 0) {
      const { brokenHead, logs, findings, problem } = JSON.parse(bytes.toString('utf8', byte, byte + rest)) as Rest;
      cold.brokenHead = brokenHead;
      cold.#logs.push(...logs);
      cold.#findings.push(...findings);
      cold.problem = problem;
    }
    return cold.detail;
  }

  get detail(): ExchangeDetail {
    const marks: Mark[] = [];
    const numbers = [...this.#room.subarray(0, this.#inRoom), ...this.#moreMarks];
    for (let index = 0; index < numbers.length; index += 3) {
      const [name = 0, at = NaN, size = NaN] = numbers.slice(index, index + 3);
      const sized = Number.isNaN(size) ? {} : { size };
      marks.push({ name: markNames[name] ?? 'recv', at, ...sized, provenance: 'measured' });
    }
    return {
      exchange: this.#exchange,
      requestHead: this.requestHead,
      ...(this.brokenHead !== '' && { brokenHead: this.brokenHead }),
      ...(this.#body && { requestBody: this.#body.copy() }),
      responseHead: this.responseHead,
      marks,
      logs: [...this.#logs],
      findings: [...this.#findings],
      ...(this.problem && { problem: this.problem }),
    };
  }

  /** What most exchanges have none of: then it is empty. */
  #rest(): string {
    const { brokenHead, problem } = this;
    if (this.#logs.length === 0 && this.#findings.length === 0 && problem === undefined && brokenHead === '') return '';
    const rest: Rest = { brokenHead, logs: this.#logs, findings: this.#findings, problem };
    return JSON.stringify(rest);
  }
}

interface Rest {
  readonly brokenHead: string;
  readonly logs: readonly LogLine[];
  readonly findings: readonly Finding[];
  readonly problem: Problem | undefined;
}

function bytesOf(text: string): number {
  return text === '' ? 0 : Buffer.byteLength(text);
}

const prefix = 8;
/** Stands for the length of a body where there is none; an empty one may have been cut short. */
const noBody = -1;
/** The numbers of the marks that most exchanges have at most: recv, start_response, a few yields, close(). */
export const usualMarks = 3 * 8;

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
const mostFindings = 50;
const mostLogCharacters = 256 * 1024;
const logsEnd = 'What the app wrote from here on is not kept.\n';
