import { isPlain, utf8Of } from './bytes';
import type { CurlCall } from './curl';

/**
 * curl for a POSIX shell. In single quotes every character stands for itself, and a single quote ends them (POSIX.1-2024,
 * Shell Command Language, 2.2.2 Single-Quotes). What is not plain text goes through printf, whose format gives any byte as
 * an octal number (POSIX.1-2024, File Format Notation); a shell has it built in, so that no length is too much.
 */
export function posixShell({ url, options, body, notes }: CurlCall): string {
  const words = [shellWord(url)];
  for (const { name, value } of options)
    words.push(value === undefined ? `--${name}` : `--${name} ${shellWord(value)}`);
  let source = '';
  const text = body === undefined ? undefined : plainLines(body);
  if (text !== undefined) words.push(`--data-raw ${quoted(text)}`);
  else if (body !== undefined) {
    source = `printf ${printfFormat(body)} | `;
    words.push('--data-binary @-');
  }
  return `${notes.map((note) => `# ${note}\n`).join('')}${source}curl ${words.join(' \\\n  ')}\n`;
}

function shellWord(bytes: string): string {
  const text = plainLines(bytes);
  // A substitution loses line feeds at its end; no word here has any.
  return text === undefined ? `"$(printf ${printfFormat(bytes)})"` : quoted(text);
}

/** Undefined where it is not text in UTF-8, or has more than line feeds in it that are not seen. */
function plainLines(bytes: string): string | undefined {
  const text = utf8Of(bytes);
  return text !== undefined && isPlain(text.replaceAll('\n', '')) ? text : undefined;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A first "-" would be an option; "!" is left to no history of commands; a digit behind three octal ones is its own. */
function printfFormat(bytes: string): string {
  const escaped = bytes.replace(/[^ "#$&(-,.-~]|[\\%]/g, (byte) => {
    if (byte === '%') return '%%';
    if (byte === '\n') return String.raw`\n`;
    return `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `'${escaped}'`;
}
