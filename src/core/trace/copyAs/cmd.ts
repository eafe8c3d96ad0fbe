import type { CurlCall } from './curl';

/**
 * curl for the Command Prompt of Windows, which has two readers. The program splits its command line: in double quotes
 * `\"` is a quote, and backslashes count only before one (Microsoft, "Parsing C command-line arguments"). Before it,
 * cmd.exe obeys `& | < > ( ) ^ % ! "` unless a caret stands before each (Microsoft, "cmd", Remarks; "Everyone quotes
 * command line arguments the wrong way"): the quotes have one too, so that cmd.exe sees no quotes at all. A caret behind
 * each % makes a name of which there is no variable.
 *
 * A line break has no sound form, a tab completes names, letters beyond ASCII depend on the code page, and a line has
 * at most 8,191 characters: such a request is not written.
 *
 * @returns the text, or why there is none
 */
export function cmd({ url, options, body, notes }: CurlCall): { text: string } | { unable: string } {
  const values = [url, ...options.map(({ value = '' }) => value), body ?? ''];
  if (values.some((value) => /[^\x20-\x7e]/.test(value))) {
    return {
      unable: 'The Command Prompt can hold neither line breaks nor letters beyond ASCII. Copy it for PowerShell.',
    };
  }
  const words = ['curl.exe', cmdWord(url)];
  for (const { name, value } of options) {
    words.push(`--${name}`);
    if (value !== undefined) words.push(cmdWord(value));
  }
  if (body !== undefined) words.push('--data-raw', cmdWord(body));
  const line = words.join(' ');
  if (line.length > 8191) return { unable: 'It is too long for the Command Prompt. Copy it for PowerShell.' };
  return { text: `${notes.map((note) => `rem ${note}\r\n`).join('')}${line}\r\n` };
}

function cmdWord(text: string): string {
  const argument = `"${text.replace(/(\\*)("|$)/g, (_, slashes: string, end: string) => {
    return slashes + slashes + (end === '' ? '' : '\\"');
  })}"`;
  return argument.replace(/(?<=%).|[()!^"<>&|%]/g, '^$&');
}
