import { assertNever } from '../../../../src/core/assertNever';

/**
 * JSON (RFC 8259) as it was written: numbers keep their digits, names that stand twice are there twice, and what was cut off
 * is there as far as it goes. `JSON.parse` does none of that. It goes on without recursion, so depth costs no stack.
 */
export interface JsonDocument {
  /** In the order of the text: what is within a value follows it. */
  readonly nodes: readonly JsonNode[];
  /** The text ends before the value does. */
  readonly cut: boolean;
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'word';

export interface JsonNode {
  readonly kind: JsonKind;
  /** The name of a member, decoded. */
  readonly name?: string;
  /** 0 for the whole. */
  readonly depth: number;
  /** As written: all of it for a value that holds no others, else nothing. */
  readonly source: string;
  /** Members or elements. */
  readonly count: number;
  /** Where the node after all that is within this one stands. */
  readonly next: number;
}

/** Where and why a text is no JSON. */
export interface JsonProblem {
  readonly at: number;
  readonly expected: string;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What may come next. */
type Expected = 'value' | 'first element' | 'first name' | 'name' | 'colon' | 'comma' | 'end';

const blanks = /[ \t\n\r]*/y;
const numberRun = /[-+.0-9eE]+/y;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
const begunNumber = /^-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*|(?:\.[0-9]+)?[eE][+-]?)?)?$/;
const words = ['true', 'false', 'null'] as const;

export function readJson(text: string): JsonDocument | JsonProblem {
  return new Reader(text).read();
}

/** A text as it was meant; what is cut or out of order stays as it is written. */
export function decodedString(source: string): string {
  try {
    return JSON.parse(source) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return source.replace(/^"/, '');
    throw error;
  }
}

class Reader {
  readonly #text: string;
  readonly #nodes: Writable<JsonNode>[] = [];
  /** Places of the objects and arrays that are open. */
  readonly #open: number[] = [];
  #at = 0;
  #expected: Expected = 'value';
  #name: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonDocument | JsonProblem {
    for (;;) {
      this.#skipBlanks();
      if (this.#at >= this.#text.length) return this.#ended(this.#expected !== 'end');
      const before = this.#expected;
      const step = this.#step(this.#text[this.#at] ?? '');
      if (step === 'cut') return this.#ended(true);
      if (step === 'wrong') return { at: this.#at, expected: expectedText[before] };
    }
  }

  #step(character: string): 'read' | 'cut' | 'wrong' {
    switch (this.#expected) {
      case 'first element':
        return character === ']' ? this.#close() : this.#value(character);
      case 'value':
        return this.#value(character);
      case 'first name':
        return character === '}' ? this.#close() : this.#member();
      case 'name':
        return this.#member();
      case 'colon':
        return character === ':' ? this.#take('value') : 'wrong';
      case 'comma':
        return this.#afterValue(character);
      case 'end':
        return 'wrong';
      default:
        return assertNever(this.#expected);
    }
  }

  #take(expected: Expected): 'read' {
    this.#at++;
    this.#expected = expected;
    return 'read';
  }

  #afterValue(character: string): 'read' | 'wrong' {
    const within = this.#nodes[this.#open.at(-1) ?? -1]?.kind;
    if (character === ',') return this.#take(within === 'object' ? 'name' : 'value');
    return character === (within === 'object' ? '}' : ']') ? this.#close() : 'wrong';
  }

  #close(): 'read' {
    const opened = this.#nodes[this.#open.pop() ?? -1];
    if (opened) opened.next = this.#nodes.length;
    return this.#take(this.#open.length > 0 ? 'comma' : 'end');
  }

  #member(): 'read' | 'cut' | 'wrong' {
    const end = this.#stringEnd();
    if (end === 'wrong') return 'wrong';
    if (end === 'cut') return 'cut';
    this.#name = decodedString(this.#text.slice(this.#at, end));
    this.#at = end;
    this.#expected = 'colon';
    return 'read';
  }

  #value(character: string): 'read' | 'cut' | 'wrong' {
    if (character === '{' || character === '[') {
      this.#add(character === '{' ? 'object' : 'array', '');
      this.#open.push(this.#nodes.length - 1);
      return this.#take(character === '{' ? 'first name' : 'first element');
    }
    if (character === '"') return this.#scalar('string', this.#stringEnd());
    if (/[-0-9]/.test(character)) return this.#scalar('number', this.#numberEnd());
    return this.#scalar('word', this.#wordEnd());
  }

  #scalar(kind: JsonKind, end: number | 'cut' | 'wrong'): 'read' | 'cut' | 'wrong' {
    if (end === 'wrong') return 'wrong';
    this.#add(kind, this.#text.slice(this.#at, end === 'cut' ? undefined : end));
    if (end === 'cut') return 'cut';
    this.#at = end;
    this.#expected = this.#open.length > 0 ? 'comma' : 'end';
    return 'read';
  }

  #add(kind: JsonKind, source: string): void {
    const parent = this.#nodes[this.#open.at(-1) ?? -1];
    if (parent) parent.count++;
    const name = parent?.kind === 'object' ? this.#name : undefined;
    const next = this.#nodes.length + 1;
    this.#nodes.push({
      kind,
      ...(name === undefined ? {} : { name }),
      depth: this.#open.length,
      source,
      count: 0,
      next,
    });
  }

  /** Where the text that begins here ends (section 7). */
  #stringEnd(): number | 'cut' | 'wrong' {
    if (this.#text[this.#at] !== '"') return 'wrong';
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (character === '"') return at + 1;
      if (character < ' ') return 'wrong';
      if (character !== '\\') continue;
      const escape = this.#text.slice(at + 1, at + 6);
      const length = /^["\\/bfnrt]/.test(escape) ? 1 : /^u[0-9A-Fa-f]{4}/.test(escape) ? 5 : 0;
      if (length === 0) {
        const begun = at + 1 + escape.length === this.#text.length && /^(?:u[0-9A-Fa-f]{0,3})?$/.test(escape);
        return begun ? 'cut' : 'wrong';
      }
      at += length;
    }
    return 'cut';
  }

  /** A number that stands at the end may go on there, but is one. */
  #numberEnd(): number | 'cut' | 'wrong' {
    numberRun.lastIndex = this.#at;
    const run = numberRun.exec(this.#text)?.[0] ?? '';
    const end = this.#at + run.length;
    if (number.test(run)) return end;
    return end === this.#text.length && begunNumber.test(run) ? 'cut' : 'wrong';
  }

  #wordEnd(): number | 'cut' | 'wrong' {
    const rest = this.#text.slice(this.#at, this.#at + 5);
    const whole = words.find((word) => rest.startsWith(word));
    if (whole) return this.#at + whole.length;
    const begun = this.#at + rest.length === this.#text.length && words.some((word) => word.startsWith(rest));
    return begun ? 'cut' : 'wrong';
  }

  #skipBlanks(): void {
    blanks.lastIndex = this.#at;
    this.#at += blanks.exec(this.#text)?.[0].length ?? 0;
  }

  #ended(cut: boolean): JsonDocument | JsonProblem {
    if (this.#nodes.length === 0) return { at: this.#at, expected: expectedText.value };
    for (const place of this.#open) {
      const node = this.#nodes[place];
      if (node) node.next = this.#nodes.length;
    }
    return { nodes: this.#nodes, cut };
  }
}

const expectedText: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'first element': 'a value or “]”',
  'first name': 'a name in quotes or “}”',
  name: 'a name in quotes',
  colon: '“:”',
  comma: '“,” or the end of what is open',
  end: 'nothing more',
};
