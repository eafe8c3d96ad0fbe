import { isSecretField } from '../../src/core/trace/secretFields';

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
      return { name, value: line.slice(colon + 1).trim(), secret: isSecretField(name.trim()) };
    });
  return { firstLine, fields };
}
