/** The environ of one call (PEP 3333) as it is shown: made again from what is kept of the request. */
export type ShownEnviron =
  | {
      readonly variables: readonly EnvironVariable[];
      /** Names of fields that were not passed to the app: with their underscore they could pose as others. */
      readonly dropped: readonly string[];
    }
  /** Why there was none, or why it cannot be told, in a sentence. */
  | { readonly absent: string };

export interface EnvironVariable {
  readonly name: string;
  /** Text as the app has it, one character a byte ("native string"); of what is no string, how Python writes it. */
  readonly value: string;
  /** A str of Python. */
  readonly text: boolean;
  /** Where it comes from, in a few words: "request line", "field Cookie". */
  readonly origin: string;
  /** Where it is said what it means: "PEP 3333, environ Variables". */
  readonly reference: string;
  /** May let others in who see it. */
  readonly secret: boolean;
}
