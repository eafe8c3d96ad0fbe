import { HttpConnection } from './http/httpConnection';
import { defaultLimits } from './http/limits';
import type { RequestHead } from './http/requestHead';
import type { ModelChange } from './trace/concurrency';
import { latin1Of } from './trace/copyAs/bytes';
import { isSecretField } from './trace/secretFields';
import type { EnvironVariable, ShownEnviron } from './trace/shownEnviron';
import { connectionVariables, requestVariables, serverVariables } from './wsgi/environ';

/**
 * The environ that the app was given (PEP 3333), made again by what made it: it follows from the request's head and from
 * a few facts about the server, so nothing of it has to be kept.
 */
export interface EnvironFacts {
  /** The request's head as received, without the empty line. */
  readonly head: string;
  /** "address:port" of the client */
  readonly remote: string;
  /** Where the server listened, and below which path the app was: see `serverVariables`. */
  readonly server: Parameters<typeof serverVariables>[0];
  /** How the app was called; undefined where that is not known. */
  readonly concurrency: Pick<ModelChange, 'model' | 'slots'> | undefined;
}

export function environOf({ head: text, remote, server, concurrency }: EnvironFacts): ShownEnviron {
  const head = parsed(text);
  if (!head) return { absent: 'The head of the request is no longer what the server accepts.' };
  const [, address = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(remote) ?? [];
  const { text: own, dropped } = requestVariables(head, server.scriptName.length);
  const client = connectionVariables({ address, port: Number(port) });
  const parts = (serverVariables(server) + client + own).split('\0');
  const variables: EnvironVariable[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const [name = '', value = ''] = parts.slice(index, index + 2);
    const known = origins[name];
    const field = known ? undefined : fieldOrigin(name, head, text);
    variables.push({
      name,
      value,
      text: true,
      origin: known?.[0] ?? field?.origin ?? '',
      reference: known ? known[1] : environVariables,
      secret: field !== undefined && isSecretField(field.name),
    });
  }
  variables.push(...objects(head, concurrency));
  return { variables: variables.sort((a, b) => (a.name < b.name ? -1 : 1)), dropped };
}

/** It was accepted once; limits may have been larger then. */
function parsed(text: string): RequestHead | undefined {
  const most = Number.MAX_SAFE_INTEGER;
  const limits = { ...defaultLimits, requestLine: most, head: most, fields: most, body: most };
  const connection = new HttpConnection((bytes, start, end) => latin1Of(bytes.subarray(start, end)), limits);
  connection.receive(Uint8Array.from(`${text}\r\n\r\n`, (character) => character.charCodeAt(0)));
  const event = connection.nextEvent();
  return typeof event === 'object' && event.type === 'request' ? event.head : undefined;
}

/** From which fields a variable was made, with the name as the client wrote it first. */
function fieldOrigin(variable: string, head: RequestHead, text: string): { name: string; origin: string } {
  const lower = variable
    .replace(/^HTTP_/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  const count = head.names.filter((name) => name === lower).length;
  const line = text.split('\r\n').find((each) => each.slice(0, lower.length + 1).toLowerCase() === `${lower}:`);
  const name = line?.slice(0, lower.length) ?? lower;
  if (lower === 'host' && head.host !== head.values[head.names.indexOf('host')]) {
    return { name, origin: 'target: its authority' };
  }
  return { name, origin: count > 1 ? `${count} fields ${name}, joined` : `field ${name}` };
}

/** What the bridge adds in the app's process; values as Python writes them. */
function objects(head: RequestHead, concurrency: EnvironFacts['concurrency']): EnvironVariable[] {
  const { model, slots = 1 } = concurrency ?? {};
  const several = (wanted: string): string => {
    if (model === undefined) return '(not known)';
    return model === wanted && slots > 1 ? 'True' : 'False';
  };
  const input = head.framing.kind === 'none' ? '<the body: empty>' : '<the body, as it arrives>';
  const rows: [name: string, value: string, origin: string, reference: string][] = [
    ['wsgi.version', '(1, 0)', 'bridge', environVariables],
    ['wsgi.url_scheme', "'http'", 'bridge', 'PEP 3333, URL Reconstruction'],
    ['wsgi.input', input, 'bridge', streams],
    ['wsgi.errors', '<a stream: see App log>', 'bridge', streams],
    ['wsgi.multithread', several('threads'), 'concurrency model', environVariables],
    ['wsgi.multiprocess', several('processes'), 'concurrency model', environVariables],
    ['wsgi.run_once', 'False', 'bridge', environVariables],
    ['wsgi.file_wrapper', '<class FileWrapper>', 'bridge', 'PEP 3333, Optional Platform-Specific File Handling'],
    ['wsgi.input_terminated', 'True', 'bridge', ''],
  ];
  return rows.map(([name, value, origin, reference]) => ({
    name,
    value,
    text: false,
    origin,
    reference,
    secret: false,
  }));
}

const environVariables = 'PEP 3333, environ Variables';
const streams = 'PEP 3333, Input and Error Streams';

/** Of all variables that are made of no field: where they come from, and where it is said what they mean. */
const origins: Readonly<Record<string, readonly [origin: string, reference: string]>> = {
  REQUEST_METHOD: ['request line: method', environVariables],
  PATH_INFO: ['target: path, decoded', environVariables],
  QUERY_STRING: ['target: after “?”', environVariables],
  REQUEST_URI: ['target, as received', 'RFC 9112, 3.2. Request Target'],
  SERVER_PROTOCOL: ['request line: version', environVariables],
  SCRIPT_NAME: ['lifeline.scriptName', environVariables],
  SERVER_NAME: ['listening socket', environVariables],
  SERVER_PORT: ['listening socket', environVariables],
  SERVER_SOFTWARE: ['server', 'RFC 3875, 4.1.17. SERVER_SOFTWARE'],
  GATEWAY_INTERFACE: ['server', 'RFC 3875, 4.1.4. GATEWAY_INTERFACE'],
  REMOTE_ADDR: ['socket pair', 'RFC 3875, 4.1.8. REMOTE_ADDR'],
  REMOTE_PORT: ['socket pair', ''],
};
