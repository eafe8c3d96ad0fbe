/**
 * The media types of a trace's responses, by number: a row has a byte for it. They are counted from 1 in the order in which
 * they first came, and never forgotten: an app has a few. 0 is none.
 */
export class MediaTypes {
  readonly #names: string[] = [];

  put({ first, names }: NewMediaTypes): void {
    names.forEach((name, index) => (this.#names[first - 1 + index] = name));
  }

  /** "text/html", in small letters and without parameters; empty where there is none. */
  name(number: number): string {
    return number === otherMediaType ? 'other' : (this.#names[number - 1] ?? '');
  }

  all(): NewMediaTypes {
    return { first: 1, names: [...this.#names] };
  }
}

/** As they travel: the first has the number `first`, the others follow. */
export interface NewMediaTypes {
  readonly first: number;
  readonly names: readonly string[];
}

/** The number of every type that came when there were as many as a byte tells apart, and of what is too long to be one. */
export const otherMediaType = 255;
