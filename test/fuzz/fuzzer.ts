import { HttpConnection } from '../../src/core/http/httpConnection';
import { defaultLimits, type Limits } from '../../src/core/http/limits';
import { mutated } from './mutations';
import { observe, Violation, type Core, type Delivery, type Rule } from './observation';
import { Random } from './random';

/** A rule broken by an input, which is as small as could be found. */
export interface Finding {
  readonly rule: Rule;
  readonly message: string;
  /** Decides limits, splits and FIN: `check(bytes, seed)` shows the finding again. */
  readonly seed: number;
  readonly bytes: Buffer;
}

/**
 * Mutates wire cases and gives each input to the HTTP core several times: whole, byte by byte, in random pieces, with
 * the events taken at once or late. Inputs that lead to a new sequence of events are mutated on.
 */
export class Fuzzer {
  readonly findings: Finding[] = [];
  inputs = 0;
  executions = 0;
  /** Different sequences of events that inputs have led to. */
  readonly #sequences = new Set<string>();
  readonly #corpus: Buffer[];
  readonly #random: Random;
  readonly #core: Core;

  constructor(corpus: readonly Uint8Array[], seed: number, core: Core = HttpConnection) {
    this.#core = core;
    this.#corpus = corpus.map((bytes) => Buffer.from(bytes));
    this.#random = new Random(seed);
  }

  get sequences(): number {
    return this.#sequences.size;
  }

  /** Tries one input. */
  step(): void {
    const bytes = mutated(this.#corpus, this.#random);
    const seed = this.#random.below(2 ** 32);
    const outcome = check(bytes, seed, this.#core);
    this.inputs++;
    this.executions += outcome.executions;
    if (outcome.violation) this.#found(bytes, seed, outcome.violation);
    else this.#learn(bytes, outcome.events);
  }

  #found(bytes: Buffer, seed: number, violation: Violation): void {
    const { rule, message } = violation;
    // The first ones of a rule mostly have one cause.
    if (this.findings.filter((finding) => finding.rule === rule).length >= mostOfARule) return;
    const smallest = minimised(bytes, (candidate) => check(candidate, seed, this.#core).violation?.rule === rule);
    this.findings.push({
      rule,
      message: check(smallest, seed, this.#core).violation?.message ?? message,
      seed,
      bytes: smallest,
    });
  }

  #learn(bytes: Buffer, events: readonly string[]): void {
    const sequence = events.map(kind).join();
    if (this.#sequences.has(sequence) || this.#sequences.size >= mostSequences) return;
    this.#sequences.add(sequence);
    if (bytes.length > 0 && bytes.length < 2000) this.#corpus.push(bytes);
  }
}

interface Outcome {
  readonly violation?: Violation;
  readonly events: readonly string[];
  readonly executions: number;
}

/** Gives the bytes to the core in several ways, which the seed decides, and compares what it makes of them. */
export function check(bytes: Buffer, seed: number, core: Core = HttpConnection): Outcome {
  const random = new Random(seed);
  const limits = random.chance(50) ? defaultLimits : tightLimits;
  const deliveries = deliveriesOf(bytes, random);
  let events: string[] | undefined;
  let executions = 0;
  try {
    for (const delivery of deliveries) {
      const seen = timed(() => observe(delivery, limits, core));
      executions++;
      events ??= seen;
      if (seen.join('\n') !== events.join('\n')) {
        const pieces = `${delivery.pieces.length} pieces, ${delivery.eager} events at a time`;
        const said = `${JSON.stringify(seen)} (${pieces}) instead of ${JSON.stringify(events)}`;
        throw new Violation('any split gives the same events', said);
      }
    }
  } catch (error) {
    if (error instanceof Violation) return { violation: error, events: [], executions };
    throw error;
  }
  return { events: events ?? [], executions };
}

function deliveriesOf(bytes: Buffer, random: Random): Delivery[] {
  const fin = random.chance(50);
  const each = bytes.length < 1000 ? 1 : 1 + random.below(bytes.length);
  return [
    { pieces: [bytes], fin, eager: Infinity, early: false },
    { pieces: [bytes], fin, eager: 0, early: true },
    { pieces: cut(bytes, multiples(each, bytes.length)), fin, eager: Infinity, early: false },
    { pieces: cut(bytes, places(bytes, random)), fin, eager: Infinity, early: true },
    { pieces: cut(bytes, places(bytes, random)), fin, eager: random.below(4), early: random.chance(50) },
  ];
}

function multiples(step: number, end: number): number[] {
  return Array.from({ length: Math.ceil(end / step) }, (_, index) => index * step);
}

/** Random places, some of them beside the end of a line, where readers have their seams. */
function places(bytes: Buffer, random: Random): number[] {
  return Array.from({ length: 1 + random.below(12) }, () => {
    const place = random.below(bytes.length + 1);
    return random.chance(50) ? place : Math.max(0, bytes.indexOf('\n', place) + random.below(3) - 1);
  }).sort((a, b) => a - b);
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  return [0, ...at]
    .map((from, index) => bytes.subarray(from, at[index] ?? bytes.length))
    .filter(({ length }) => length > 0);
}

/** The time of a busy machine says nothing, so what was slow has three more chances to be fast. */
function timed(run: () => string[]): string[] {
  for (let tries = 0; ; tries++) {
    const began = performance.now();
    const seen = run();
    const took = performance.now() - began;
    if (took < mostMs) return seen;
    if (tries === 3) throw new Violation('the time per input is bounded', `it took ${Math.round(took)} ms`);
  }
}

/** A part of the bytes that still fails: pieces are left out as long as that is so, halves first, then single bytes. */
function minimised(bytes: Buffer, fails: (candidate: Buffer) => boolean): Buffer {
  let tries = 0;
  for (let size = Math.ceil(bytes.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < bytes.length && tries < mostTries; tries++) {
      const candidate = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
      if (fails(candidate)) bytes = candidate;
      else at += size;
    }
  }
  return bytes;
}

/** A message or an event without what differs from input to input. */
function kind(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/(?<= )[0-9]{4,}|(?<= )[0-9](?= )/g, 'n');
}

const tightLimits: Limits = { ...defaultLimits, requestLine: 64, head: 256, fields: 5, body: 100 };
const mostMs = 500;
const mostOfARule = 3;
const mostSequences = 20_000;
const mostTries = 3000;
