import { unquote } from './environ';

/** Where an app is mounted (PEP 3333, SCRIPT_NAME): it sees the paths below as if they began at its root. */
export interface ScriptName {
  /** As the environ has it: bytes decoded as latin-1, not percent-encoded. Empty: the app has the whole server. */
  readonly variable: string;
  /** As a browser is told: percent-encoded, with a slash at its end. */
  readonly path: string;
}

/**
 * Reads what a user writes: `/app`, `app`, `/app/`; plain or percent-encoded.
 *
 * @returns the name, or a sentence that says what is wrong with the text
 */
export function parseScriptName(text: string): ScriptName | string {
  const trimmed = text.trim().replace(/^\/|\/$/g, '');
  if (trimmed === '') return { variable: '', path: '/' };
  const mistake = mistakeIn(trimmed);
  if (mistake !== undefined) return `“${text}” is no path for lifeline.scriptName: ${mistake}. Write it like /shop.`;
  // A path that has its percent-encoding already keeps it.
  const path = encodeURI(trimmed).replace(/%25(?=[0-9A-Fa-f]{2})/g, '%');
  return { variable: unquote(`/${path}`), path: `/${path}/` };
}

/** Whether a request's path, still percent-encoded, lies below the name: `/app` and `/app/x` below `/app`, not `/apple`. */
export function isBelow(path: string, { variable }: ScriptName): boolean {
  if (variable === '') return true;
  const decoded = unquote(path);
  return decoded.startsWith(variable) && (decoded.length === variable.length || decoded[variable.length] === '/');
}

function mistakeIn(path: string): string | undefined {
  if (/[?#]/.test(path)) return 'a path has no “?” or “#”';
  if (/[\s\p{Cc}\p{Cs}]|%00/u.test(path)) return 'it has a character that no path has';
  if (path.includes(':')) return 'it is the path alone, without scheme and host';
  const segments = unquote(path).split('/');
  if (segments.some((segment) => ['', '.', '..'].includes(segment))) return 'it has an empty segment, “.” or “..”';
  return undefined;
}
