/** What is selected: an exchange, a connection, or nothing. */
export type Selection =
  | { readonly kind: 'exchange'; readonly id: number }
  | { readonly kind: 'connection'; readonly id: number }
  | { readonly kind: 'none' };

export const nothingSelected: Selection = { kind: 'none' };
