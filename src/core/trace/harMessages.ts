import { parseCookie, parseSetCookie } from 'cookie';
import type { Content, Cookie, Header, QueryString, Request, Response } from 'har-format';
import type { ExchangeRow } from './columns';
import type { ExchangeDetail } from './detail';
import { isSecretField } from './secretFields';

/**
 * The request and the response of an exchange as HAR describes them, read from their heads as they stood on the wire.
 * What could let a reader of the file act as somebody else is masked: names stay, values go.
 */
const masked = '(masked)';
const maskedComment = 'Masked by Request Lifeline';

/** Ends every head: the CRLF of its last line and the empty line. */
const headEnd = 4;

/** @param local "address:port" of the server: the host where the request names none */
export function harRequest(
  exchange: ExchangeRow,
  local: string,
  detail: ExchangeDetail | undefined,
  text: (id: number) => string,
): Request {
  const head = readHead(detail?.requestHead ?? '');
  const [, , version = ''] = head.firstLine.split(' ');
  const target = text(exchange.target);
  const host = head.fields.find(({ name }) => name.toLowerCase() === 'host')?.value;
  return {
    method: text(exchange.method),
    url: absoluteUrl(target, host === undefined || host === '' ? local : host),
    httpVersion: version,
    cookies: cookiesOf(head.fields),
    headers: head.fields.map(maskField),
    queryString: queryOf(target),
    headersSize: head.size,
    bodySize: head.size < 0 ? -1 : Math.max(0, exchange.bytesIn - head.size),
  };
}

export function harResponse(
  exchange: ExchangeRow,
  detail: ExchangeDetail | undefined,
  text: (id: number) => string,
): Response {
  const head = readHead(detail?.responseHead ?? '');
  const [, version = '', reason = ''] = /^(\S+) \d{3} ?(.*)$/.exec(head.firstLine) ?? [];
  const field = (wanted: string): string | undefined =>
    head.fields.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const bodySize = head.size < 0 ? -1 : Math.max(0, exchange.bytesOut - head.size);
  const content: Content = {
    size: contentSize(text(exchange.method), exchange.status, bodySize, field('content-length'), detail),
    // As browsers write it where a response names no type.
    mimeType: field('content-type') ?? 'x-unknown',
  };
  return {
    status: exchange.status,
    statusText: reason,
    httpVersion: version,
    cookies: head.fields
      .filter(({ name }) => name.toLowerCase() === 'set-cookie')
      .map(({ value }) => setCookieOf(value)),
    headers: head.fields.map(maskField),
    content,
    redirectURL: field('location') ?? '',
    headersSize: head.size,
    bodySize,
  };
}

/** Bytes of the body without its framing: as announced, else as the app yielded them, else as sent. */
function contentSize(
  method: string,
  status: number,
  bodySize: number,
  contentLength: string | undefined,
  detail: ExchangeDetail | undefined,
): number {
  if (method === 'HEAD' || status === 204 || status === 304 || bodySize <= 0) return 0;
  if (contentLength !== undefined) return Math.min(bodySize, Number(contentLength));
  const yielded = (detail?.marks ?? [])
    .filter(({ name }) => name === 'yield' || name === 'write()')
    .reduce((sum, { size = 0 }) => sum + size, 0);
  return yielded > 0 ? Math.min(bodySize, yielded) : bodySize;
}

interface Head {
  readonly firstLine: string;
  readonly fields: readonly Header[];
  /** Bytes on the wire; -1 where there is no head. */
  readonly size: number;
}

/** Takes a head apart that was parsed before, or one that was refused: what makes no field is left out. */
function readHead(text: string): Head {
  const trimmed = text.replace(/(\r?\n)+$/, '');
  const [firstLine = '', ...lines] = trimmed.split(/\r?\n/);
  const fields = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
  });
  return { firstLine, fields, size: trimmed === '' ? -1 : trimmed.length + headEnd };
}

function maskField({ name, value }: Header): Header {
  return isSecretField(name) ? { name, value: masked, comment: maskedComment } : { name, value };
}

function cookiesOf(fields: readonly Header[]): Cookie[] {
  return fields
    .filter(({ name }) => name.toLowerCase() === 'cookie')
    .flatMap(({ value }) => Object.keys(parseCookie(value)))
    .map((name) => ({ name, value: masked, comment: maskedComment }));
}

function setCookieOf(field: string): Cookie {
  const { name, path, domain, expires, httpOnly, secure, sameSite } = parseSetCookie(field);
  return {
    name,
    value: masked,
    comment: maskedComment,
    ...(path === undefined ? {} : { path }),
    ...(domain === undefined ? {} : { domain }),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
    ...(httpOnly === undefined ? {} : { httpOnly }),
    ...(secure === undefined ? {} : { secure }),
    ...(typeof sameSite === 'string' ? { sameSite } : {}),
  };
}

function queryOf(target: string): QueryString[] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  return target
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? { name: decode(pair), value: '' }
        : { name: decode(pair.slice(0, equals)), value: decode(pair.slice(equals + 1)) };
    });
}

/** application/x-www-form-urlencoded; text that is no UTF-8 stays as it came. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch (error) {
    if (error instanceof URIError) return spaced;
    throw error;
  }
}

/** A request target (RFC 9112 section 3.2) as the absolute URL that HAR wants, with what no URL may hold escaped. */
function absoluteUrl(target: string, host: string): string {
  const absolute = /^https?:\/\//i.test(target);
  const url = absolute ? target : `http://${host}${target.startsWith('/') ? '' : '/'}${target}`;
  return url
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25')
    .replace(/[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%[\]]/g, (character) => encodeLatin1(character))
    .replace(/^([a-z]+:\/\/[^/?#]*)(.*)$/i, (_, authority: string, rest: string) => {
      return authority + rest.replace(/[[\]]/g, (character) => encodeLatin1(character));
    });
}

/** The text of a request is latin-1, one character a byte. */
function encodeLatin1(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
