import { base64Of, utf8Of } from './bytes';
import { hasDotSegments, joinedFields, urlOf, type CopiedRequest } from './request';

/**
 * JavaScript with fetch (Fetch Standard, 5.2 to 5.4). The value of a field is a string of bytes there; text of a body is
 * sent as UTF-8. Everything that is not seen, or would end a string, is escaped. Fields stand as pairs, for an object has
 * names that mean something else ("__proto__").
 */
export function fetchCall(request: CopiedRequest): { text: string } | { unable: string } {
  const { method, body } = request;
  const url = urlOf(request);
  if (url === undefined) return { unable: `fetch can ask for URLs alone, and this asked for ${request.target}.` };
  if (/^(?:connect|trace|track)$/i.test(method)) return { unable: `fetch refuses the method ${method}.` };
  if (body !== undefined && body !== '' && /^(?:get|head)$/i.test(method)) {
    return { unable: `fetch sends no body with ${method.toUpperCase()}.` };
  }
  const fields = joinedFields(request.fields);
  const notes = [...request.notes];
  if (hasDotSegments(request)) notes.push('The path has dot segments, which fetch resolves.');
  if (fields.some(({ name }) => /^(?:host|cookie|origin|referer)$/i.test(name))) {
    notes.push('A browser sends its own Host, Cookie, Origin and Referer. Node.js sends these.');
  }
  const typed = fields.some(({ name }) => name.toLowerCase() === 'content-type');
  const lines = [
    ...notes.map((note) => `// ${note}`),
    `const response = await fetch(${literal(url)}, {`,
    `  method: ${literal(method)},`,
    ...(fields.length === 0
      ? []
      : ['  headers: [', ...fields.map(({ name, value }) => `    [${literal(name)}, ${literal(value)}],`), '  ],']),
    ...(body === undefined || /^(?:get|head)$/i.test(method) ? [] : [`  body: ${bodyOf(body, typed)},`]),
    "  redirect: 'manual',",
    '});',
    'console.log(response.status, await response.text());',
  ];
  return { text: `${lines.join('\n')}\n` };
}

/** Bytes have no type; a string would get one where the request has none. */
function bodyOf(bytes: string, typed: boolean): string {
  const text = utf8Of(bytes);
  if (text === undefined) return `Uint8Array.from(atob('${base64Of(bytes)}'), (byte) => byte.charCodeAt(0))`;
  return typed ? literal(text) : `new TextEncoder().encode(${literal(text)})`;
}

/** Characters beyond the basic plane are two units, each escaped alone, which a string takes as well. */
function literal(text: string): string {
  const escapes: Readonly<Record<string, string>> = { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const escaped = text.replace(/['\\]|[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const short = escapes[character];
    if (short !== undefined) return short;
    return Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join('');
  });
  return `'${escaped}'`;
}
