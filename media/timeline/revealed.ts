/**
 * What of one exchange's secrets the user wants to see: for each place that has some, the positions of those that are
 * revealed. It is forgotten when something else is selected.
 */
export type SecretPlace = 'requestHead' | 'responseHead' | 'cookies' | 'setCookies' | 'requestBody' | 'responseBody';

export type Revealed = Readonly<Partial<Record<SecretPlace, readonly number[]>>>;

/** What a part asks for with its event `reveal`. */
export interface Revelation {
  readonly place: SecretPlace;
  readonly index: number;
}

export const nothingRevealed: Revealed = {};

export function revealedWith(revealed: Revealed, { place, index }: Revelation): Revealed {
  return { ...revealed, [place]: [...(revealed[place] ?? []), index] };
}
