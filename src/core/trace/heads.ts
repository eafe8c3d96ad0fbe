import { isSecretField } from './secretFields';

/** A request or response head as received: the first line and the fields, in order, as text. */
export interface Head {
  readonly firstLine: string;
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly value: string;
  /** May let others in who see it: masked until the user wants to see it. */
  readonly secret: boolean;
}

/** Takes what is there; a line that is no field stands as a value without a name. */
export function readHead(text: string): Head {
  const [firstLine = '', ...lines] = text.split(/\r\n|\n/);
  const fields = lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      if (colon < 0) return { name: '', value: line, secret: false };
      const name = line.slice(0, colon);
      return { name, value: withoutMargins(line.slice(colon + 1)), secret: isSecretField(name.trim()) };
    });
  return { firstLine, fields };
}

/** What stands for a value that is not shown. */
export const maskedValue = '(masked)';

/**
 * A head as text in which secrets are masked.
 * @param revealed positions of the fields whose secrets may be seen
 */
export function maskedHead(text: string, revealed: readonly number[]): string {
  const { firstLine, fields } = readHead(text);
  const lines = fields.map(({ name, value, secret }, index) => {
    if (name === '') return value;
    return `${name}: ${secret && !revealed.includes(index) ? maskedValue : value}`;
  });
  return [firstLine, ...lines].join('\n');
}

/** Without OWS at its ends (RFC 9110 section 5.6.3). Not `trim`, for which 0xA0, a byte of some letters, is a space. */
function withoutMargins(text: string): string {
  const blank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let [from, to] = [0, text.length];
  while (from < to && blank(from)) from++;
  while (to > from && blank(to - 1)) to--;
  return text.slice(from, to);
}
