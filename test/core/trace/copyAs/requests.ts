import fc from 'fast-check';
import type { ExchangeDetail } from '../../../../src/core/trace/detail';

/** Requests as a hostile client may send them, for the tests of the forms in which they can be copied. */
export interface SentRequest {
  readonly method: string;
  readonly target: string;
  /** Text of bytes, one character each. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

export const local = '127.0.0.1:8888';

export function detailOf(
  { method, target, fields, body }: SentRequest,
  host = local,
): Pick<ExchangeDetail, 'requestHead' | 'requestBody'> {
  const all = [['Host', host] as const, ...fields];
  if (body !== undefined) all.push(['Content-Length', String(body.length)]);
  const lines = all.map(([name, value]) => `${name}: ${value}`);
  return {
    requestHead: [`${method} ${target} HTTP/1.1`, ...lines].join('\r\n'),
    ...(body === undefined
      ? {}
      : { requestBody: { bytes: Uint8Array.from(Buffer.from(body, 'latin1')), truncated: false, size: body.length } }),
  };
}

/** What a shell, or a string, could stumble over. */
const traps = [
  "'",
  '"',
  '`',
  '$',
  '$(touch stumbled)',
  '`touch stumbled`',
  '${HOME}',
  '\\',
  '\\\\"',
  "\\'",
  '!',
  '!!',
  '%',
  '%PATH%',
  '%s%n',
  '%^',
  '^',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
  ';',
  '#',
  '*',
  '?',
  '[a-c]',
  '{1,2}',
  '~',
  '@',
  '-',
  '--',
  '=',
  '//',
  '/*',
  '*/',
  '${`',
  'plain',
  '0',
  '7',
  ' x',
];
const bytes = [
  '\xc3\xa9',
  '\xe2\x80\x99',
  '\xe2\x80\x98',
  '\xe2\x80\xae',
  '\xe2\x80\xa8',
  '\xf0\x9f\x98\x80',
  '\xff',
  '\x80',
  '\xa0',
  '\x85',
];
const controls = ['\n', '\r\n', '\t', '\0', '\x03', '\x1b[201~', '\x7f', '\n-', "\n'@\n", '\x1a'];

const text = (units: readonly string[], most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...units), { maxLength: most }).map((parts) => parts.join(''));

const ascii = text(traps, 8);
const values = (units: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  units.map((value) => value.replace(/^[ \t]+|[ \t]+$/g, ''));
const name = fc.stringMatching(/^X-[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/);
const method = fc.constantFrom('GET', 'POST', 'PUT', "M'x`$|", 'DELETE');

const target = (tail: fc.Arbitrary<string>): fc.Arbitrary<string> => tail.map((end) => `/${end.replace(/[\s#]/g, '')}`);

export const asciiRequests: fc.Arbitrary<SentRequest> = fc.record({
  method,
  target: target(ascii),
  fields: fc.uniqueArray(fc.tuple(name, values(ascii)), { maxLength: 3, selector: ([each]) => each.toLowerCase() }),
  body: fc.option(ascii, { nil: undefined }),
});

export const requests: fc.Arbitrary<SentRequest> = fc.record({
  method,
  target: target(text([...traps, ...bytes], 8)),
  fields: fc.uniqueArray(fc.tuple(name, values(text([...traps, ...bytes, '\t'], 8))), {
    maxLength: 3,
    selector: ([each]) => each.toLowerCase(),
  }),
  body: fc.option(
    fc.oneof(
      text([...traps, ...bytes, ...controls], 10),
      fc.uint8Array({ maxLength: 40 }).map((each) => Buffer.from(each).toString('latin1')),
    ),
    { nil: undefined },
  ),
});
