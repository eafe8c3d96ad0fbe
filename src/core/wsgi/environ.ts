import type { RequestHead } from '../http/requestHead';

/**
 * The WSGI environ of a request (PEP 3333), as the payload of a `call` frame: name NUL value NUL ..., in latin-1.
 * PEP 3333's "native strings" are latin-1 decoded bytes, so the text of the head goes in unchanged. The worker adds
 * the `wsgi.*` objects.
 */

/** What does not change while a server listens. */
export function serverVariables(server: {
  name: string;
  port: number;
  software: string;
  /** Empty, or where the app is mounted: see `ScriptName`. */
  scriptName: string;
}): string {
  return pairs({
    SCRIPT_NAME: server.scriptName,
    SERVER_NAME: server.name,
    SERVER_PORT: String(server.port),
    SERVER_SOFTWARE: server.software,
    GATEWAY_INTERFACE: 'CGI/1.1',
  });
}

/** What does not change while a connection lasts. */
export function connectionVariables(remote: { address: string; port: number }): string {
  return pairs({ REMOTE_ADDR: remote.address, REMOTE_PORT: String(remote.port) });
}

export interface Environ {
  /** The variables that depend on the request, to be put after those of the server and the connection. */
  readonly text: string;
  /** Fields that were not passed to the app, as their names could pose as others in the environ. */
  readonly dropped: readonly string[];
}

/**
 * The variables of one request. The head's path must hold no %00: see `hasNul`.
 *
 * @param mounted length of the script name, below which the path must lie
 */
export function requestVariables(head: RequestHead, mounted: number): Environ {
  let text = `REQUEST_METHOD\0${head.method}\0PATH_INFO\0${unquote(head.path).slice(mounted)}\0QUERY_STRING\0${head.query}\0REQUEST_URI\0${head.target}\0SERVER_PROTOCOL\0HTTP/${head.version}`;
  let dropped: string[] = none;
  let joined: Map<string, string> | undefined;
  const { names, values } = head;
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? '';
    const variable = variableOf(name);
    if (variable === '') {
      // "X_Real_IP" would stand in the environ as "X-Real-IP" does; a client could pose as a proxy with it.
      dropped = [...dropped, name];
      continue;
    }
    const value = name === 'host' ? (head.host ?? '') : (values[index] ?? '');
    if (names.indexOf(name) === index && !names.includes(name, index + 1)) {
      text += `\0${variable}\0${value}`;
    } else {
      joined ??= new Map<string, string>();
      const before = joined.get(variable);
      // RFC 9110 section 5.3 joins fields by commas; RFC 6265 section 5.4 knows cookies only by semicolons.
      joined.set(variable, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
    }
  }
  if (head.host !== undefined && !names.includes('host')) text += `\0HTTP_HOST\0${head.host}`;
  joined?.forEach((value, variable) => (text += `\0${variable}\0${value}`));
  return { text, dropped };
}

/** The path holds an encoded NUL, which no file name and no honest client has. */
export function hasNul(path: string): boolean {
  return path.includes('%00');
}

const none: string[] = [];

function pairs(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}\0${value}\0`)
    .join('');
}

/** Percent-decoding to latin-1; what is not an encoded byte stays as it is. */
export function unquote(path: string): string {
  if (!path.includes('%')) return path;
  return path.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** Field names repeat from request to request: the names of their variables are kept, up to a bound. */
const variables = new Map<string, string>([
  ['content-type', 'CONTENT_TYPE'],
  ['content-length', 'CONTENT_LENGTH'],
]);

/** `HTTP_...`, or empty for a name that has an underscore. */
function variableOf(name: string): string {
  let variable = variables.get(name);
  if (variable === undefined) {
    variable = name.includes('_') ? '' : `HTTP_${name.toUpperCase().replaceAll('-', '_')}`;
    if (variables.size < 1000) variables.set(name, variable);
  }
  return variable;
}
