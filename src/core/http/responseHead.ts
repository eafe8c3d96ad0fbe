import type { ResponseFraming } from './framing';

/** A response head as the app gave it: sound, but without the fields that the server adds. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  /** Header lines in latin-1, each ended by CRLF. Whoever made them has refused CR and LF inside. */
  readonly fields: string;
  /** Value of the app's own Content-Length, among `fields`; -1 where it set none. */
  readonly contentLength: number;
  readonly hasDate: boolean;
  readonly hasServer: boolean;
}

export const serverName = 'Request-Lifeline';

/**
 * The head as it goes over the wire, the empty line included. Date and Server are added unless the app set them
 * (RFC 9110 sections 6.6.1 and 10.2.4).
 */
export function responseHeadText(
  response: ResponseHead,
  version: '1.0' | '1.1',
  framing: ResponseFraming,
  keepAlive: boolean,
  date: string,
): string {
  const { status, reason, fields } = response;
  let text = `HTTP/1.1 ${status} ${reason}\r\n${fields}`;
  if (!response.hasDate) text += `Date: ${date}\r\n`;
  if (!response.hasServer) text += `Server: ${serverName}\r\n`;
  if (framing === 'chunked') text += 'Transfer-Encoding: chunked\r\n';
  if (!keepAlive) text += 'Connection: close\r\n';
  else if (version === '1.0') text += 'Connection: keep-alive\r\n';
  return `${text}\r\n`;
}
