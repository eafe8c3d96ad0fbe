import { HttpConnection } from '../../../src/core/http/httpConnection';
import { defaultLimits, type Limits } from '../../../src/core/http/limits';
import type { RequestHead } from '../../../src/core/http/requestHead';

/**
 * What the core makes of a client's bytes, in the notation of `test/wire`. Requests that are complete are answered with
 * an empty 200.
 */
export function eventsOf(pieces: readonly Uint8Array[], fin: boolean, limits: Limits = defaultLimits): string[] {
  const connection = new HttpConnection(latin1, limits);
  const seen: string[] = [];
  let body = '';
  const flushBody = (): void => {
    if (body !== '') seen.push(`body ${visible(body)}`);
    body = '';
  };
  const complete = (): boolean => {
    flushBody();
    connection.sendHead(empty200, 'now', false);
    connection.sendEnd();
    seen.push(`end, ${connection.keepAlive ? 'keep-alive' : 'close'}`);
    if (connection.keepAlive) connection.startNext();
    return connection.keepAlive;
  };
  const run = (): void => {
    for (;;) {
      const event = connection.nextEvent();
      if (event === 'need data' || event === 'paused') return;
      switch (event.type) {
        case 'request':
          seen.push(...headLines(event.head));
          if (event.head.framing.kind === 'none' && !complete()) return;
          break;
        case 'body':
          body += latin1(event.bytes, 0, event.bytes.length);
          break;
        case 'end':
          if (!complete()) return;
          break;
        case 'refused':
          flushBody();
          seen.push(`refused ${event.error.status} ${event.error.code}`);
          return;
        case 'closed':
          seen.push('closed');
          return;
      }
    }
  };
  for (const piece of pieces) {
    connection.receive(piece);
    run();
  }
  if (fin) {
    connection.receiveEnd();
    run();
  }
  flushBody();
  return seen;
}

function headLines(head: RequestHead): string[] {
  const lines = [`request ${head.method} ${visible(head.target)} HTTP/${head.version}`];
  const plain = head.query === '' ? head.path : `${head.path}?${head.query}`;
  const origin = plain === head.target && head.query === '';
  const unusual = !origin || /[^!-~]/.test(head.path) || head.path === '*';
  if (unusual) lines.push(visible(`path ${head.path} query ${head.query}`).trimEnd());
  if (head.expectsContinue) lines.push('expects 100-continue');
  const hostField = head.values[head.names.indexOf('host')];
  if (head.host !== hostField) lines.push(`host ${head.host ?? ''}`);
  head.names.forEach((name, index) => lines.push(`${name}: ${visible(head.values[index] ?? '')}`.trimEnd()));
  return lines;
}

/** Text with every byte that is not visible ASCII written as the wire cases write it. */
export function visible(text: string): string {
  return text
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replace(/[^ -~]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.subarray(start, end)).toString('latin1');
}

const empty200 = { status: 200, reason: 'OK', fields: '', contentLength: 0, hasDate: false, hasServer: false };
