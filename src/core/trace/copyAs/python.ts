import { hasDotSegments, joinedFields, urlOf, type CopiedRequest } from './request';

/**
 * Python with the requests library. Its literals are ASCII (The Python Language Reference, 2.4.1): every other byte is
 * `\xNN`, in text too, for http.client sends the text of fields as latin-1, one byte a character.
 */
export function pythonRequests(request: CopiedRequest): { text: string } | { unable: string } {
  const url = urlOf(request);
  if (url === undefined)
    return { unable: `Python requests can ask for URLs alone, and this asked for ${request.target}.` };
  const fields: [string, string | undefined][] = joinedFields(request.fields).map(({ name, value }) => [name, value]);
  const sent = new Set(fields.map(([name]) => name.toLowerCase()));
  // None takes away what requests would send of its own accord.
  const own = ['User-Agent', 'Accept', ...(request.compressed ? [] : ['Accept-Encoding'])];
  for (const name of own) if (!sent.has(name.toLowerCase())) fields.push([name, undefined]);
  const notes = [...request.notes];
  if (hasDotSegments(request)) notes.push('The path has dot segments, which requests resolves.');
  const lines = [
    ...notes.map((note) => `# ${note}`),
    'import requests',
    '',
    'response = requests.request(',
    `    ${literal(request.method)},`,
    `    ${literal(url)},`,
    ...(fields.length === 0
      ? []
      : [
          '    headers={',
          ...fields.map(
            ([name, value]) => `        ${literal(name)}: ${value === undefined ? 'None' : literal(value)},`,
          ),
          '    },',
        ]),
    ...(request.body === undefined ? [] : [`    data=b${literal(request.body)},`]),
    '    allow_redirects=False,',
    ')',
    'print(response.status_code, response.reason)',
    'print(response.text)',
  ];
  return { text: `${lines.join('\n')}\n` };
}

/** Reads the same as text and, behind a "b", as bytes. */
function literal(bytes: string): string {
  const escapes: Readonly<Record<string, string>> = { "'": "\\'", '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const escaped = bytes.replace(/[^\x20-\x7e]|['\\]/g, (byte) => {
    return escapes[byte] ?? `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `'${escaped}'`;
}
