import { base64Of, isPlain, utf8Of } from './bytes';
import type { CurlCall } from './curl';

/**
 * curl for PowerShell. How PowerShell hands a double quote to a program differs between its versions (about_Parsing,
 * "Passing arguments that contain quote characters"), so nothing is handed over but the name of a file: what curl is told
 * stands in there, as its manual describes (`--config`). In PowerShell's single quotes everything is literal but the quote
 * (about_Quoting_Rules), for which it takes the curved ones too; two of a kind stand for one.
 */
export function powerShell({ url, options, body, notes }: CurlCall): string {
  const inline = body !== undefined && isSafe(body.replace(/[\t\n\r]/g, ''));
  const config = [
    `url = ${configValue(url)}`,
    ...options.map(({ name, value }) => (value === undefined ? name : `${name} = ${configValue(value)}`)),
    ...(inline ? [`data-raw = ${configValue(body)}`] : []),
  ];
  const lines = notes.map((note) => `# ${note}`);
  lines.push('$request = [IO.Path]::GetTempFileName()', written('$request', `${config.join('\n')}\n`));
  if (body === undefined || inline) lines.push('curl.exe --config $request', 'Remove-Item $request');
  else {
    lines.push(
      '$body = [IO.Path]::GetTempFileName()',
      `[IO.File]::WriteAllBytes($body, [Convert]::FromBase64String('${base64Of(body)}'))`,
      'curl.exe --config $request --data-binary "@$body"',
      'Remove-Item $request, $body',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** As text, where it can be seen whole; it is stored in UTF-8, without a byte order mark. */
function written(variable: string, bytes: string): string {
  const text = utf8Of(bytes);
  if (text === undefined || !isPlain(text.replaceAll('\n', ''))) {
    return `[IO.File]::WriteAllBytes(${variable}, [Convert]::FromBase64String('${base64Of(bytes)}'))`;
  }
  return `[IO.File]::WriteAllText(${variable}, '${text.replace(/['\u2018-\u201b]/g, '$&$&')}')`;
}

function isSafe(bytes: string): boolean {
  const text = utf8Of(bytes);
  return text !== undefined && isPlain(text);
}

function configValue(bytes: string): string {
  const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  return `"${bytes.replace(/["\\]/g, '\\$&').replace(/[\t\n\r]/g, (byte) => escapes[byte] ?? byte)}"`;
}
