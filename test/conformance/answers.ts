import { visible } from '../core/http/events';
import type { Served } from './reading';

/** A response, as a client finds it in what it received. */
export interface Answer {
  /** Undefined for a body without a head, as HTTP/0.9 has it. */
  readonly status: number | undefined;
  /** What the echo says of the request; undefined where the body is not the echo's. */
  readonly echo: Served | undefined;
}

/**
 * The final responses in the text that a connection brought. Interim ones are read over.
 *
 * @param methods the methods of the requests, as far as they are known: the answer to HEAD has no body
 */
export function answersIn(received: string, methods: readonly string[]): Answer[] {
  const answers: Answer[] = [];
  let at = 0;
  while (at < received.length) {
    const head = /^HTTP\/1\.[01] (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(received.slice(at));
    if (!head) {
      // BaseHTTPServer answers what it takes for HTTP/0.9 with a page alone.
      answers.push({ status: undefined, echo: echoIn(received.slice(at)) });
      break;
    }
    const [whole, code, fields = ''] = head;
    const status = Number(code);
    at += whole.length;
    if (status < 200) continue;
    const method = methods[answers.length] ?? 'GET';
    const body = method === 'HEAD' ? { text: '', bytes: 0 } : bodyAt(received, at, fields);
    answers.push({ status, echo: method === 'HEAD' ? { method, path: '', body: '' } : echoIn(body.text) });
    at += body.bytes;
  }
  return answers;
}

function bodyAt(received: string, at: number, fields: string): { text: string; bytes: number } {
  const length = /^content-length:[ \t]*(\d+)/im.exec(fields)?.[1];
  if (length !== undefined) return { text: received.slice(at, at + Number(length)), bytes: Number(length) };
  if (!/^transfer-encoding:[ \t]*chunked/im.test(fields)) {
    return { text: received.slice(at), bytes: received.length - at };
  }
  let text = '';
  let next = at;
  for (;;) {
    const line = /^([0-9a-f]+)[^\r\n]*\r\n/i.exec(received.slice(next, next + 100));
    if (!line) break;
    const size = parseInt(line[1] ?? '0', 16);
    next += line[0].length;
    text += received.slice(next, next + size);
    next += size + 2;
    if (size === 0) break;
  }
  return { text, bytes: next - at };
}

function echoIn(body: string): Served | undefined {
  const echo = /^echo (\S+) ([^\n]*)\n([\s\S]*)$/.exec(body);
  if (!echo) return undefined;
  const [, method = '', path = '', rest = ''] = echo;
  return { method, path: visible(path), body: visible(rest) };
}
