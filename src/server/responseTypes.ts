import { otherMediaType, type NewMediaTypes } from '../core/trace/mediaTypes';

/**
 * Gives the media type of each response its number in the trace.
 *
 * A response has the type of the one before it, as a rule. So that is compared first, in its place, and no string is made.
 */
export class ResponseTypes {
  readonly #numbers = new Map<string, number>();
  #new: string[] = [];
  /** The type that came last as it was written, with the character that ended it. */
  #last = nothing;
  #lastNumber = 0;

  /**
   * @param fields header lines, each ended by CRLF
   * @returns 0 where they name no type
   */
  numberIn(fields: string): number {
    const at = valueAt(fields);
    if (at < 0) return 0;
    return fields.startsWith(this.#last, at) ? this.#lastNumber : this.#next(fields, at);
  }

  /** Those that nobody was told of yet. */
  take(): NewMediaTypes | undefined {
    const names = this.#new;
    if (names.length === 0) return undefined;
    this.#new = [];
    return { first: this.#numbers.size - names.length + 1, names };
  }

  #next(fields: string, at: number): number {
    let end = at;
    while (end < fields.length && fields[end] !== ';' && fields[end] !== '\r') end++;
    this.#lastNumber = this.#numberOf(fields.slice(at, end).trim().toLowerCase());
    this.#last = fields.slice(at, end + 1) || nothing;
    return this.#lastNumber;
  }

  #numberOf(name: string): number {
    if (name === '') return 0;
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    if (number === otherMediaType || name.length > longest) return otherMediaType;
    this.#numbers.set(name, number);
    this.#new.push(name);
    return number;
  }
}

/** What stands where there is no type. */
const nothing = '\r';

/** Where the value of Content-Type begins; -1 where there is none. */
function valueAt(fields: string): number {
  for (const name of usual) {
    const at = fields.indexOf(name);
    if (at === 0 || (at > 0 && fields.charCodeAt(at - 1) === lineFeed)) return at + name.length;
  }
  const found = unusual.exec(fields);
  return found ? found.index + found[0].length : -1;
}

/** As frameworks write it, and the bridge: to look for these takes a tenth of the time. */
const usual = ['Content-Type: ', 'content-type: '];
const unusual = /^content-type:/im;
const lineFeed = 10;
/** A type and its subtype have at most 127 characters each (RFC 6838 section 4.2). */
const longest = 255;
