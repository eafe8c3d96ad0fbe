import { contentOf } from '../content';
import type { ExchangeDetail } from '../detail';
import { maskedValue, readHead } from '../heads';
import { latin1Of } from './bytes';

/**
 * A request as it is written down to be sent again by another client. All text is bytes, one character each, as it stood
 * on the wire; what belongs to one hop or to the framing is gone, for the next client makes its own.
 */
export interface CopiedRequest {
  readonly method: string;
  /** "127.0.0.1:8888", to which the URL goes. */
  readonly authority: string;
  /** As received: "/a?b", "http://other/a", "*". */
  readonly target: string;
  /** HTTP/1.0 */
  readonly old: boolean;
  readonly fields: readonly CopiedField[];
  /** The client could read a compressed response. */
  readonly compressed: boolean;
  /** Undefined where it announced none. */
  readonly body?: string;
  /**
   * What the reader has to know, as comments. They are of letters, digits and `,.:` alone: a shell that takes no comments
   * when it is typed at (zsh) finds nothing in them that it could run.
   */
  readonly notes: readonly string[];
}

export interface CopiedField {
  readonly name: string;
  readonly value: string;
}

/** Belong to one connection (RFC 9110 section 7.6.1), to the framing (RFC 9112 section 6) or to how it is sent (10.1.1). */
const ofOneHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'expect',
]);

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const requestLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/;
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * @param local "address:port" of the server's end
 * @param revealed positions of the fields whose secrets may be seen
 * @returns undefined where no sound head arrived
 */
export function copiedRequest(
  detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'>,
  local: string,
  revealed: readonly number[],
): CopiedRequest | undefined {
  const { firstLine, fields: all } = readHead(detail.requestHead);
  const [, method, target, minor] = requestLine.exec(firstLine) ?? [];
  if (method === undefined || target === undefined) return undefined;
  if (!all.every(({ name, value }) => token.test(name) && fieldValue.test(value))) return undefined;

  const valueOf = (wanted: string): string | undefined => all.find(({ name }) => name.toLowerCase() === wanted)?.value;
  const authority = authorityFor(local, valueOf('host'));
  const encodings = valueOf('accept-encoding');
  const compressed = encodings !== undefined && /\b(?:gzip|deflate|br|zstd)\b/i.test(encodings);
  const listed = all
    .filter(({ name }) => name.toLowerCase() === 'connection')
    .flatMap(({ value }) => value.split(',').map((each) => each.trim().toLowerCase()));
  const dropped = new Set([...ofOneHop, ...listed]);
  if (compressed) dropped.add('accept-encoding');

  const masked = new Set<string>();
  const fields: CopiedField[] = [];
  for (const [index, { name, value, secret }] of all.entries()) {
    const lower = name.toLowerCase();
    if (dropped.has(lower) || (lower === 'host' && value === authority)) continue;
    const hidden = secret && !revealed.includes(index);
    if (hidden) masked.add(name);
    fields.push({ name, value: hidden ? maskedValue : value });
  }

  const { content, cut } = requestBodyOf(detail);
  const announced = valueOf('transfer-encoding') !== undefined || valueOf('content-length') !== undefined;
  const none = !announced || (content === '' && !cut && (method === 'GET' || method === 'HEAD'));
  return {
    method,
    authority,
    target,
    old: minor === '0',
    fields,
    compressed,
    ...(none ? {} : { body: content }),
    notes: [
      ...(masked.size > 0
        ? [`Masked: ${[...masked].join(', ')}. Put the values in, or reveal them in the inspector and copy again.`]
        : []),
      ...(cut && !none ? [`Only the first ${content.length} bytes of the body were kept.`] : []),
    ],
  };
}

/** The data of the body, without the framing of chunks, as far as it was kept; `cut`: there was more. */
export function requestBodyOf(detail: Pick<ExchangeDetail, 'requestHead' | 'requestBody'>): {
  content: string;
  cut: boolean;
} {
  const { bytes, cut } = contentOf(detail.requestHead, detail.requestBody);
  return { content: latin1Of(bytes), cut };
}

/** The address that the client named, where it is surely this server: "localhost" and its port; else the server's own. */
function authorityFor(local: string, host: string | undefined): string {
  const port = /:\d+$/.exec(local)?.[0] ?? '';
  return host?.toLowerCase() === `localhost${port}` ? host : local;
}

/** The URL of a request whose client takes nothing but URLs: its own form of the target is lost. */
export function urlOf({ authority, target }: CopiedRequest): string | undefined {
  const path = /^http:\/\/[^/?#]*([/?].*)?$/i.test(target) ? target.replace(/^http:\/\/[^/?#]*/i, '') : target;
  if (path !== '' && !/^[/?]/.test(path)) return undefined;
  const escaped = path.replace(/[^\x21-\x7e]|["<>\\^`{|}#]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `http://${authority}${escaped.startsWith('/') ? '' : '/'}${escaped}`;
}

/** Fields for a client that takes one value a name: several are one list (RFC 9110 section 5.3); cookies have their own. */
export function joinedFields(fields: readonly CopiedField[]): CopiedField[] {
  const joined = new Map<string, CopiedField>();
  for (const field of fields) {
    const key = field.name.toLowerCase();
    const before = joined.get(key);
    const value = before ? `${before.value}${key === 'cookie' ? '; ' : ', '}${field.value}` : field.value;
    joined.set(key, { name: before?.name ?? field.name, value });
  }
  return [...joined.values()];
}

/** A client that resolves "." and ".." asks for something else. */
export function hasDotSegments({ target }: CopiedRequest): boolean {
  return /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(target.replace(/\?.*/s, ''));
}
