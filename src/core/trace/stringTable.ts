/**
 * Interned strings by id. Ids grow; a recorder that has given out very many gives repeated strings new ids, so that the
 * old ones fall out of use and can be forgotten.
 */
export class StringTable {
  #first = 1;
  #texts: (string | undefined)[] = [];
  #roomy = crowd;

  /** The lowest id kept. */
  get first(): number {
    return this.#first;
  }

  /** Many strings have come since the last time that some were forgotten: worth a look which are in use. */
  get crowded(): boolean {
    return this.#texts.length > this.#roomy;
  }

  /** All are in use, or will be by rows that are still to come. */
  settle(): void {
    this.#roomy = 2 * this.#texts.length + crowd;
  }

  put(first: number, texts: readonly string[]): void {
    texts.forEach((text, index) => {
      const place = first + index - this.#first;
      if (place >= 0) this.#texts[place] = text;
    });
  }

  /** Empty for id 0, and where the string never arrived or is forgotten. */
  text(id: number): string {
    return this.#texts[id - this.#first] ?? '';
  }

  /** Every string from `first` on; empty where one never arrived. */
  all(): string[] {
    return Array.from(this.#texts, (text) => text ?? '');
  }

  /** Forgets the strings of lower ids. */
  forgetBefore(id: number): void {
    const count = Math.min(id - this.#first, this.#texts.length);
    this.#texts = this.#texts.slice(count);
    this.#first += count;
    this.#roomy = this.#texts.length + crowd;
  }
}

const crowd = 20_000;
