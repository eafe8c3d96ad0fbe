import type { BodyFraming } from './framing';
import { bodyFraming } from './framing';
import * as grammar from './grammar';
import { refusal } from './httpError';

/** A request head that is complete and sound. Strings are latin-1: one character a byte. */
export interface RequestHead {
  readonly method: string;
  /** As received. */
  readonly target: string;
  /** The target's path, still percent-encoded, and its query without "?". "*" has the path "*". */
  readonly path: string;
  readonly query: string;
  readonly version: '1.0' | '1.1';
  /** Field names in lower case, in order of arrival; the values stand at the same positions. */
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** Value of Host, or the authority of an absolute-form target, which overrides it (RFC 9112 section 3.2.2). */
  readonly host: string | undefined;
  readonly framing: BodyFraming;
  /** The peer is willing to keep the connection (RFC 9112 section 9.3). */
  readonly keepAlive: boolean;
  readonly expectsContinue: boolean;
  /** The head as received, without the empty line that ends it. */
  readonly text: string;
}

export interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
}

/** @throws {HttpError} 400, or 505 for a major version other than 1 */
export function parseRequestLine(line: string): RequestLine {
  const match = grammar.requestLine.exec(line);
  if (!match) {
    throw refusal(400, 'bad-request-line', 'The request line is not “method SP target SP HTTP/1.1” (RFC 9112, 3).');
  }
  const [, method = '', target = '', major, minor] = match;
  if (major !== '1') {
    throw refusal(505, 'version-not-supported', `HTTP/${major}.${minor} is not spoken here; use HTTP/1.1.`);
  }
  // A later minor version is answered as 1.1, the highest that we speak (RFC 9110, 2.5).
  return { method, target, version: minor === '0' ? '1.0' : '1.1' };
}

/**
 * Checks what concerns the head as a whole.
 *
 * @throws {HttpError} where it must be refused
 */
export function requestHead(
  line: RequestLine,
  names: readonly string[],
  values: readonly string[],
  text: string,
): RequestHead {
  let host: string | undefined;
  let connection = '';
  let expectsContinue = false;
  for (let index = 0; index < names.length; index++) {
    const value = values[index] ?? '';
    const name = names[index];
    if (name === 'host') {
      if (host !== undefined)
        throw refusal(400, 'duplicate-host', 'There is more than one Host field (RFC 9112, 3.2).');
      if (!grammar.host.test(value)) throw refusal(400, 'bad-host', 'The value of Host is not “host[:port]”.');
      host = value;
    } else if (name === 'connection') {
      connection = connection ? `${connection},${value}` : value;
    } else if (name === 'expect') {
      if (value.toLowerCase() !== '100-continue') {
        throw refusal(417, 'expectation-failed', `The expectation “${value}” is not known (RFC 9110, 10.1.1).`);
      }
      // A 1.0 client cannot mean it (RFC 9110, 10.1.1).
      expectsContinue = line.version === '1.1';
    }
  }
  if (host === undefined && line.version === '1.1') {
    throw refusal(400, 'missing-host', 'An HTTP/1.1 request must have a Host field (RFC 9112, 3.2).');
  }
  const target = targetOf(line);
  return {
    method: line.method,
    target: line.target,
    path: target.path,
    query: target.query,
    version: line.version,
    names,
    values,
    host: target.authority ?? host,
    framing: bodyFraming(line.version, names, values),
    keepAlive: keepsAlive(line.version, connection),
    expectsContinue,
    text,
  };
}

/** RFC 9112 section 9.3 */
function keepsAlive(version: '1.0' | '1.1', connection: string): boolean {
  if (connection === '') return version === '1.1';
  const options = grammar.listElements(connection);
  if (options.includes('close')) return false;
  return version === '1.1' || options.includes('keep-alive');
}

/** The four forms of a request target (RFC 9112 section 3.2). */
function targetOf({ method, target }: RequestLine): { path: string; query: string; authority?: string } {
  if (method === 'CONNECT') {
    throw refusal(501, 'connect-not-supported', 'This server is no proxy: CONNECT is not supported.');
  }
  if (grammar.originForm.test(target)) return splitQuery(target);
  if (target === '*' && method === 'OPTIONS') return { path: '*', query: '' };
  const absolute = grammar.absoluteForm.exec(target);
  if (absolute) {
    const [, authority = '', rest = ''] = absolute;
    if (!grammar.host.test(authority)) throw refusal(400, 'bad-target', 'The host of the request target is malformed.');
    return { ...splitQuery(rest.startsWith('/') ? rest : `/${rest}`), authority };
  }
  throw refusal(400, 'bad-target', 'The request target is neither a path nor an http:// URL (RFC 9112, 3.2).');
}

function splitQuery(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}
