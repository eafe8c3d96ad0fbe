/** A Content-Type (RFC 9110 section 8.3.1) or a Content-Disposition (RFC 6266): a value and its parameters. */
export interface MediaType {
  /** "text/html", in small letters; empty where there is none. */
  readonly type: string;
  /** By name in small letters; where one stands twice, the first counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const parameter = /;[ \t]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[^])*)"|([^;\s]*))/gy;

export function mediaTypeOf(field: string): MediaType {
  const type = /^[^;]*/.exec(field)?.[0] ?? '';
  const parameters = new Map<string, string>();
  parameter.lastIndex = type.length;
  for (let found = parameter.exec(field); found; found = parameter.exec(field)) {
    const [, name = '', quoted, plain = ''] = found;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted === undefined ? plain : quoted.replace(/\\([^])/g, '$1'));
    // Blanks may stand before the next semicolon.
    while (field[parameter.lastIndex] === ' ' || field[parameter.lastIndex] === '\t') parameter.lastIndex++;
  }
  return { type: type.trim().toLowerCase(), parameters };
}
