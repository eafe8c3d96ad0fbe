/**
 * Framing once more, written independently of the core and as plainly as can be: what an accepted request must look
 * like on the wire. It judges requests that the core has accepted, so it only needs to know the strict form.
 */

/** Why the head must not have been accepted, or how its body is framed. */
export type Judgement = { readonly fault: string } | { readonly body: 'chunked' | number };

/** @param text a head without the empty line that ends it, latin-1 */
export function judgeHead(text: string): Judgement {
  const [first = '', ...lines] = text.split('\r\n');
  if (/[\r\n\0]/.test(text.replaceAll('\r\n', ''))) return { fault: 'a bare CR, a bare LF or a NUL in the head' };
  if (!/^[^ ]+ [^ ]+ HTTP\/1\.[0-9]$/.test(first)) return { fault: 'the request line has not three parts' };
  const values = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (name === '' || /[\s"(),/:;<=>?@[\\\]{}\x80-\xff]/.test(name)) return { fault: `the field name of “${line}”` };
    const value = /[^ \t](?:[^]*[^ \t])?/.exec(line.slice(colon + 1))?.[0] ?? '';
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  const lengths = values.get('content-length') ?? [];
  const codings = values.get('transfer-encoding') ?? [];
  if (lengths.length + codings.length > 1) return { fault: 'more than one field that frames the body' };
  const [coding] = codings;
  if (coding !== undefined) {
    if (first.endsWith('1.0')) return { fault: 'a transfer coding in HTTP/1.0' };
    return coding.toLowerCase() === 'chunked' ? { body: 'chunked' } : { fault: `the transfer coding “${coding}”` };
  }
  const [length = '0'] = lengths;
  return /^[0-9]+$/.test(length) ? { body: Number(length) } : { fault: `the length “${length}”` };
}

/** The body that chunks carry; undefined unless the text is one whole chunked body and nothing else. */
export function dechunked(wire: string): string | undefined {
  let body = '';
  let at = 0;
  for (;;) {
    const end = wire.indexOf('\r\n', at);
    const size = /^[0-9a-f]+(?=[ \t]*;|$)/i.exec(wire.slice(at, Math.max(at, end)))?.[0];
    if (size === undefined) return undefined;
    at = end + 2;
    const length = parseInt(size, 16);
    if (length === 0) break;
    body += wire.slice(at, at + length);
    at += length;
    if (wire.slice(at, at + 2) !== '\r\n') return undefined;
    at += 2;
  }
  while (!wire.startsWith('\r\n', at)) {
    const end = wire.indexOf('\r\n', at);
    if (end < 0) return undefined;
    at = end + 2;
  }
  return at + 2 === wire.length ? body : undefined;
}
