import type { Field } from '../../../../src/core/trace/heads';

export interface CookiePair {
  readonly name: string;
  readonly value: string;
}

/** A cookie as a response sets it (RFC 6265 section 4.1), with its attributes as they were sent. */
export interface SetCookie extends CookiePair {
  readonly attributes: readonly string[];
}

/** All cookies of a request in their order (RFC 6265 section 4.2.1), values as they are: what quotes mean is up to the app. */
export function cookiesOf(fields: readonly Field[]): CookiePair[] {
  return valuesOf(fields, 'cookie')
    .flatMap((value) => value.split(';'))
    .filter((pair) => bare(pair) !== '')
    .map(pairOf);
}

export function setCookiesOf(fields: readonly Field[]): SetCookie[] {
  return valuesOf(fields, 'set-cookie').map((value) => {
    const [pair = '', ...attributes] = value.split(';');
    return { ...pairOf(pair), attributes: attributes.map(bare).filter((each) => each !== '') };
  });
}

function valuesOf(fields: readonly Field[], wanted: string): string[] {
  return fields.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
}

/** Without an equals sign, what stands there is a value without a name, as in browsers. */
function pairOf(pair: string): CookiePair {
  const equals = pair.indexOf('=');
  if (equals < 0) return { name: '', value: bare(pair) };
  return { name: bare(pair.slice(0, equals)), value: bare(pair.slice(equals + 1)) };
}

/** Not `trim`, for which 0xA0, a byte of some letters, is a space. */
function bare(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, '');
}
